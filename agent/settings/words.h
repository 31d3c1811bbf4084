// SPDX-License-Identifier: Apache-2.0
// Small reads that the sections of the settings share.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "config/node.h"

namespace vedette::settings {

// The items of a list, or none. What is no list is a problem.
const std::vector<config::Node>& items_of(config::Section& section, std::string_view key);

// A text for people and labels: one line of at most 128 bytes, without spaces at its ends. Empty
// after a problem.
std::string read_name(config::Section& section, std::string_view key);
std::string read_name(config::Section& section, std::string_view key, std::string fallback);

// A share, written as "25%" or "0.5%": 0.25, 0.005. `least` and `most` are shares too.
double read_share(config::Section& section, std::string_view key, double fallback, double least,
                  double most);

// Whether the key is there and says "none".
bool says_none(config::Section& section, std::string_view key);

// Finds names that are given twice.
class Names {
 public:
  // `what` is what they name: "check".
  explicit Names(std::string what) : what_(std::move(what)) {}
  // A name that was there before is a problem that names both places.
  void add(const std::string& name, const config::Place& place, config::Problems& problems);

 private:
  std::string what_;
  std::unordered_map<std::string, config::Place> places_;
};

}  // namespace vedette::settings
