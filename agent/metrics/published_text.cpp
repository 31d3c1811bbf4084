// SPDX-License-Identifier: Apache-2.0
#include "agent/metrics/published_text.h"

namespace vedette::metrics {

PublishedText::~PublishedText() {
  delete current_.load();
}

void PublishedText::set(std::string_view text) {
  const std::string* before = current_.load(std::memory_order_relaxed);
  if (before == nullptr ? text.empty() : *before == text) return;
  auto next = text.empty() ? nullptr : std::make_unique<const std::string>(text);
  std::unique_ptr<const std::string> old(current_.exchange(next.release()));
  // A text retired earlier may still be looked at; then no newer one is, as there is one reader.
  // Looking at neither frees both; looking at one keeps that one.
  const std::string* looked_at = being_read_.load();
  if (old && looked_at == old.get()) {
    retired_ = std::move(old);
  } else if (retired_.get() != looked_at) {
    retired_.reset();
  }
}

bool PublishedText::append_to(std::string& out) const {
  const std::string* text = current_.load();
  // Announce, then look again: what is still current after the announcement cannot have been freed
  // before it.
  for (;;) {
    being_read_.store(text);
    const std::string* again = current_.load();
    if (again == text) break;
    text = again;
  }
  if (text != nullptr) out += *text;
  being_read_.store(nullptr, std::memory_order_release);
  return text != nullptr;
}

}  // namespace vedette::metrics
