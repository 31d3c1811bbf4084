// SPDX-License-Identifier: Apache-2.0
// An SMTP server that takes every message and lets the test say what becomes of it: altered, twice,
// late, never. Plain text, no sign-in, one session after the other, on a thread of its own.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/free_port.h"

namespace vedette::test {

class SmtpRelay {
 public:
  // Given the message with LF line ends and without stuffed dots; gives the server's word about it.
  // Called on the relay's thread before that word is sent.
  using OnMessage = std::function<std::string(const std::string& message)>;

  explicit SmtpRelay(OnMessage on_message);
  ~SmtpRelay();
  SmtpRelay(const SmtpRelay&) = delete;
  SmtpRelay& operator=(const SmtpRelay&) = delete;

  std::uint16_t port() const { return listener_.port(); }
  std::vector<std::string> messages() const;

 private:
  void serve();
  void talk(int socket);
  std::string take(const std::string& message);

  Listener listener_;
  OnMessage on_message_;
  mutable std::mutex mutex_;
  std::vector<std::string> messages_;
  std::jthread thread_;
};

}  // namespace vedette::test
