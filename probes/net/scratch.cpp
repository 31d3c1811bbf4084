// SPDX-License-Identifier: Apache-2.0
#include "probes/net/scratch.h"

#include <utility>

#include <sys/random.h>

namespace vedette::net {

std::uint16_t Scratch::random16() {
  if (random_left_ == 0) {
    // Up to 256 bytes are always given at once.
    [[maybe_unused]] const auto got = ::getrandom(random_.data(), sizeof random_, 0);
    random_left_ = random_.size();
  }
  return random_[--random_left_];
}

Scratch::Buffer Scratch::buffer(std::size_t size) {
  if (size > usual_size) return {new char[size], LetsGo{}};
  if (spare_.empty()) return {new char[usual_size], LetsGo{shared_from_this()}};
  Buffer taken(spare_.back().release(), LetsGo{shared_from_this()});
  spare_.pop_back();
  return taken;
}

void Scratch::LetsGo::operator()(char* bytes) const {
  std::unique_ptr<char[]> kept(bytes);
  if (owner && owner->spare_.size() < max_spare) owner->spare_.push_back(std::move(kept));
}

}  // namespace vedette::net
