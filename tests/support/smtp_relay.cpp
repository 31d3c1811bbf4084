// SPDX-License-Identifier: Apache-2.0
#include "tests/support/smtp_relay.h"

#include <array>
#include <optional>

#include <sys/socket.h>

namespace vedette::test {
namespace {

constexpr timeval patience{.tv_sec = 20, .tv_usec = 0};

// Reads lines from a socket, without their ends.
class Lines {
 public:
  explicit Lines(int socket) : socket_(socket) {}

  // Nothing when the peer has gone.
  std::optional<std::string> next() {
    for (;;) {
      const auto end = buffer_.find('\n');
      if (end != std::string::npos) {
        std::string line = buffer_.substr(0, end);
        buffer_.erase(0, end + 1);
        if (line.ends_with('\r')) line.pop_back();
        return line;
      }
      std::array<char, 4096> bytes;
      const ssize_t got = ::recv(socket_, bytes.data(), bytes.size(), 0);
      if (got <= 0) return std::nullopt;
      buffer_.append(bytes.data(), static_cast<std::size_t>(got));
    }
  }

 private:
  int socket_;
  std::string buffer_;
};

void say(int socket, const std::string& line) {
  const std::string wire = line + "\r\n";
  [[maybe_unused]] const auto sent = ::send(socket, wire.data(), wire.size(), MSG_NOSIGNAL);
}

// Up to the lone dot.
std::string read_message(Lines& lines) {
  std::string message;
  while (auto line = lines.next()) {
    if (*line == ".") break;
    if (line->starts_with('.')) line->erase(0, 1);
    message += *line + "\n";
  }
  return message;
}

}  // namespace

SmtpRelay::SmtpRelay(OnMessage on_message)
    : on_message_(std::move(on_message)), thread_([this] { serve(); }) {}

SmtpRelay::~SmtpRelay() {
  ::shutdown(listener_.fd(), SHUT_RDWR);
}

std::vector<std::string> SmtpRelay::messages() const {
  const std::lock_guard lock(mutex_);
  return messages_;
}

void SmtpRelay::serve() {
  for (;;) {
    const Descriptor socket(::accept4(listener_.fd(), nullptr, nullptr, SOCK_CLOEXEC));
    if (socket.get() < 0) return;
    ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    talk(socket.get());
  }
}

void SmtpRelay::talk(int socket) {
  Lines lines(socket);
  say(socket, "220 relay.shop.test");
  while (const auto line = lines.next()) {
    const std::string word = line->substr(0, 4);
    if (word == "DATA") {
      say(socket, "354 go on");
      say(socket, take(read_message(lines)));
    } else {
      say(socket, word == "QUIT" ? "221 bye" : "250 ok");
    }
    if (word == "QUIT") return;
  }
}

std::string SmtpRelay::take(const std::string& message) {
  {
    const std::lock_guard lock(mutex_);
    messages_.push_back(message);
  }
  return on_message_(message);
}

}  // namespace vedette::test
