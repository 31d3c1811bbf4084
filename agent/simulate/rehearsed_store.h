// SPDX-License-Identifier: Apache-2.0
// The real store for the time of one rehearsal: a file in a folder of its own, which outlives a
// restart of the agent.
#pragma once

#include <expected>
#include <filesystem>
#include <memory>
#include <string>

#include "agent/store/store.h"

namespace vedette::simulate {

class RehearsedStore {
 public:
  // In memory, or in a folder under the system's temporary one, removed in the end.
  explicit RehearsedStore(bool on_disk);
  ~RehearsedStore();
  RehearsedStore(const RehearsedStore&) = delete;
  RehearsedStore& operator=(const RehearsedStore&) = delete;

  // Opens it, or closes and opens it again, as a restart of the agent does.
  std::expected<void, std::string> open();
  store::Store& operator*() const { return *store_; }
  store::Store* operator->() const { return store_.get(); }

 private:
  bool on_disk_;
  std::filesystem::path folder_;
  std::unique_ptr<store::Store> store_;
};

}  // namespace vedette::simulate
