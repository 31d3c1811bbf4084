// SPDX-License-Identifier: Apache-2.0
// What a mail server says that it can do, in the same words for SMTP, IMAP and POP3.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vedette::mail {

class Capabilities {
 public:
  static constexpr std::size_t max_names = 500;  // more are left out

  // Kept in upper case, once.
  void add(std::string_view name);
  // Compared without case.
  bool has(std::string_view name) const;
  // "STARTTLS", "AUTH=PLAIN" ..., in the order in which they were offered.
  const std::vector<std::string>& names() const { return names_; }
  // SASL mechanisms: what stands behind "AUTH=".
  std::vector<std::string> mechanisms() const;
  bool empty() const { return names_.empty(); }

 private:
  std::vector<std::string> names_;
};

}  // namespace vedette::mail
