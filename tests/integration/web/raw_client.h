// SPDX-License-Identifier: Apache-2.0
// A client that sends any bytes whatever, and reads with a time limit.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tests/support/free_port.h"

namespace vedette::web {

class RawClient {
 public:
  // Throws std::system_error when it cannot connect.
  explicit RawClient(std::uint16_t port);

  // False when the peer has closed.
  bool send(std::string_view bytes);
  // Reads until `end` has come (and says so) or the peer closed or nothing came for 20 seconds.
  bool read_until(std::string_view end);
  // Reads to the end. True when the peer closed within the limit, whether cleanly or by a reset.
  bool read_to_end(std::chrono::milliseconds limit = std::chrono::seconds(20));
  const std::string& received() const { return received_; }

 private:
  // Bytes read; 0 at the end, nothing after the time limit.
  std::optional<std::size_t> read_some(std::chrono::milliseconds limit);

  test::Descriptor socket_;
  std::string received_;
};

}  // namespace vedette::web
