// SPDX-License-Identifier: Apache-2.0
// What can be expected of a call that comes in.
#pragma once

#include <array>

#include "probes/answer.h"
#include "probes/expect/json_document.h"
#include "probes/expect/observed.h"

namespace vedette::flow {

inline constexpr std::array<expect::Subject, 3> webhook_subjects{{
    {.key = "headers", .words = "header", .kind = expect::Kind::named_texts, .alias = "header"},
    {.key = "body", .words = "body"},
    {.key = "json", .words = "JSON", .kind = expect::Kind::json},
}};

// What they see of a call. Both outlive it.
inline expect::Observed observed(const Answer& call, const expect::JsonDocument& document) {
  expect::Observed seen;
  seen.set(0, expect::NamedTexts(call.headers));
  seen.set(1, expect::Text(call.body));
  seen.set(2, &document);
  return seen;
}

}  // namespace vedette::flow
