// SPDX-License-Identifier: Apache-2.0
// What a step takes along from its answer for later steps.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "config/node.h"
#include "probes/flow/text/value.h"
#include "probes/jsonpath/path.h"
#include "probes/pattern.h"
#include "probes/result.h"

namespace vedette::flow {

struct Capture {
  struct Header {
    std::string name;
  };
  struct Cookie {
    std::string name;
  };
  struct Fact {  // of the result: "remote_address", "answers"
    std::string name;
  };

  std::string name;
  std::variant<jsonpath::Path, Header, Cookie, Pattern, Fact> from;
  std::string source;     // as configured: "$.id", "header Location"
  bool secret = false;    // masked wherever it might show
  bool optional = false;  // may be missing: then there is no value
};

// `capture: {intent: $.id, csrf: {header: X-CSRF}, code: {body: 'code=(\d+)', secret: true}}`.
std::vector<Capture> read_captures(config::Section& section);

struct Taken {
  Values values;
  std::string missing;  // the first that is not there, in one sentence; empty: all are, or may be
};
// Of several values that a source gives, the first.
Taken take(const std::vector<Capture>& captures, const Result& result);

}  // namespace vedette::flow
