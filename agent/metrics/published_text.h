// SPDX-License-Identifier: Apache-2.0
// A text that one thread replaces and one other thread reads, neither ever waiting for the other.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <string_view>

namespace vedette::metrics {

// The reader announces the text it looks at (a hazard pointer); the writer keeps a replaced text
// that is being looked at until its next change. At most one text is kept that way.
class PublishedText {
 public:
  PublishedText() = default;
  ~PublishedText();
  PublishedText(const PublishedText&) = delete;
  PublishedText& operator=(const PublishedText&) = delete;

  // Writer thread only. An equal text costs one comparison.
  void set(std::string_view text);

  // Reader thread only: appends the text to `out`; false when it is empty.
  bool append_to(std::string& out) const;

 private:
  std::atomic<const std::string*> current_{nullptr};
  mutable std::atomic<const std::string*> being_read_{nullptr};
  std::unique_ptr<const std::string> retired_;
};

}  // namespace vedette::metrics
