// SPDX-License-Identifier: Apache-2.0
// The switches that break parts of the shop.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace vedette::demo {

enum class Mode { on, off, slow };

std::string_view text(Mode mode);
std::optional<Mode> parse_mode(std::string_view text);

// The names are fixed: storefront, login, catalogue, payments, visa.
class Switches {
 public:
  Mode of(std::string_view name) const;
  // False when there is no such switch.
  bool set(std::string_view name, Mode mode);
  const std::map<std::string, Mode, std::less<>>& all() const { return modes_; }

 private:
  std::map<std::string, Mode, std::less<>> modes_{{"storefront", Mode::on},
                                                  {"login", Mode::on},
                                                  {"catalogue", Mode::on},
                                                  {"payments", Mode::on},
                                                  {"visa", Mode::on}};
};

}  // namespace vedette::demo
