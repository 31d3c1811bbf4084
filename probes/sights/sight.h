// SPDX-License-Identifier: Apache-2.0
// What a run shows of how the other side is made at present: its certificate, what a name resolves
// to, the version that it names. It changes when somebody does something there. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config/node.h"
#include "probes/jsonpath/path.h"
#include "probes/result.h"

namespace vedette::sights {

// One thing to look at, as configured.
struct Sight {
  struct Certificate {};
  struct Fact {
    std::string name;  // of Result::facts
    bool any_outcome;  // also seen by a run that failed
  };
  struct Banner {};
  struct Header {
    std::string name;
  };
  struct Body {};

  std::string what;  // for people: "certificate", "header Server", "json $.version"
  std::variant<Certificate, Fact, Banner, Header, jsonpath::Path, Body> from;
};

// One thing as a run saw it. Equal values mean that nothing was done to it.
struct Seen {
  std::string what;
  std::string value;  // for people, one line of at most `longest_value` bytes
};
inline constexpr std::size_t longest_value = 200;

// A list of words that fit the type of probe (certificate, remote_address, answer ...) and of
// `{header: NAME}`, `{json: PATH}`; at most 16.
std::vector<Sight> read_sights(const config::Node& list, std::string_view probe,
                               config::Problems& problems);

// Whether any of them is seen in Result::answer only.
bool need_answer(std::span<const Sight> sights);

// What this run saw of them; nothing of what it could not see.
std::vector<Seen> see(std::span<const Sight> sights, const Result& result);

}  // namespace vedette::sights
