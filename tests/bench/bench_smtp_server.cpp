// SPDX-License-Identifier: Apache-2.0
// Greets, answers EHLO and QUIT, and costs next to nothing: a Postfix on the same two cores would
// be what is measured. Prints its port, which is the same at sixteen addresses.
#include <array>
#include <string_view>
#include <vector>

#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/bench/listen.h"

namespace {

constexpr std::string_view greeting = "220 bench.test ESMTP bench\r\n";
constexpr std::string_view extensions =
    "250-bench.test\r\n250-PIPELINING\r\n250-SIZE 10240000\r\n250-8BITMIME\r\n250 DSN\r\n";
constexpr std::string_view goodbye = "221 2.0.0 Bye\r\n";

bool say(int connection, std::string_view text) {
  return send(connection, text.data(), text.size(), MSG_NOSIGNAL) > 0;
}

void take(int listener, std::vector<pollfd>& watched) {
  const int connection = accept(listener, nullptr, nullptr);
  if (connection < 0) return;
  const int on = 1;
  setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  say(connection, greeting);
  watched.push_back({connection, POLLIN, 0});
}

// Commands are short and come in one piece. False: the connection is over.
bool answer(int connection) {
  std::array<char, 4096> bytes;
  const auto size = recv(connection, bytes.data(), bytes.size(), 0);
  if (size <= 0) return false;
  const std::string_view command(bytes.data(), static_cast<std::size_t>(size));
  if (command.starts_with("QUIT")) {
    say(connection, goodbye);
    return false;
  }
  return say(connection, extensions);
}

}  // namespace

int main() {
  std::vector<pollfd> watched;
  for (const int listener : listen_on_loopback(16)) watched.push_back({listener, POLLIN, 0});
  const std::size_t listeners = watched.size();
  while (poll(watched.data(), watched.size(), -1) > 0) {
    for (std::size_t i = watched.size(); i-- > listeners;) {
      if (watched[i].revents == 0 || answer(watched[i].fd)) continue;
      close(watched[i].fd);
      watched.erase(watched.begin() + static_cast<std::ptrdiff_t>(i));
    }
    for (std::size_t i = 0; i < listeners; ++i) {
      if (watched[i].revents != 0) take(watched[i].fd, watched);
    }
  }
}
