// SPDX-License-Identifier: Apache-2.0
// Calls in which other systems, such as a CI, tell of what was done: how they are proved, and how
// they become a change. Pure.
#pragma once

#include <expected>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "agent/incident/change.h"
#include "config/node.h"
#include "config/secret.h"
#include "probes/expect/expectation.h"
#include "probes/flow/capture.h"
#include "probes/flow/signature.h"
#include "probes/flow/text/template.h"

namespace vedette::receivers {

// A header that only the caller knows.
struct SharedHeader {
  std::string name;
  Secret value;
};

// Which components are concerned stands in the call itself: in the name of a repository, say.
struct ComponentsBy {
  flow::Template value;
  std::map<std::string, std::vector<std::string>> are;  // ids, by the value
};

struct Receiver {
  std::string name;  // calls come in at /hooks/changes/NAME; the author of its changes
  std::variant<SharedHeader, flow::Signature> proof;
  std::vector<std::string> components;  // ids; empty: it depends on the call
  std::optional<ComponentsBy> by;
  std::vector<expect::Expectation> when;  // what is not so tells of no change
  std::vector<flow::Capture> captures;
  flow::Template text;
  std::optional<flow::Template> at;  // when it was done; nothing: when the call came
  bool is_public = false;
};

// The section `change_receivers`. `components` are the configured ids.
std::vector<Receiver> read_receivers(config::Section& top,
                                     const std::vector<std::string>& components);

struct Refusal {
  enum class Kind {
    untrusted,   // no change: who called is not known
    irrelevant,  // no change of ours: `when` says so, or no component is concerned
    unreadable   // something that the text needs is not in it
  };
  Kind kind = Kind::untrusted;
  std::string why;  // one sentence, without a secret
};

// `call` came at `now`.
std::expected<incident::Change, Refusal> receive(const Receiver& receiver, const Answer& call,
                                                 Instant now);

}  // namespace vedette::receivers
