// SPDX-License-Identifier: Apache-2.0
// A section of the configuration with `${expressions}` in its texts, to be filled in at each run.
#pragma once

#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "config/node.h"
#include "probes/flow/text/template.h"

namespace vedette::flow {

class Section {
 public:
  // `type` is the kind of probe that the section is of. Mistakes in expressions are told with their
  // places; what they left is not filled in.
  static Section read(config::Node node, std::string_view type, config::Problems& problems);

  // Nothing is to be filled in: it is the same in each run.
  bool is_plain() const { return templates_->empty(); }
  // Calls `use` with each name that is referred to, and where.
  void for_each_name(
      const std::function<void(const std::string& name, const config::Place& place)>& use) const;
  bool refers_to(std::string_view name) const;

  const config::Node& node() const { return *node_; }
  // A copy with all values in it. The error is one sentence that names the key.
  std::expected<config::Node, std::string> fill(const Scope& scope) const;

 private:
  struct Spot {
    Template text;
    Place place;
    std::string key;  // the nearest: "url"
  };
  using Spots = std::map<const config::Node*, Spot>;

  void collect(const config::Node& node, std::string_view type, std::vector<std::string>& path,
               Spots& spots, config::Problems& problems) const;
  std::expected<void, std::string> fill_in(const config::Node& source, config::Node& copy,
                                           const Scope& scope) const;

  std::shared_ptr<const config::Node> node_;
  std::shared_ptr<const Spots> templates_;  // by the scalars of *node_
};

}  // namespace vedette::flow
