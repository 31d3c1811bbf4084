// SPDX-License-Identifier: Apache-2.0
// Answers every HTTP request after exactly DELAY milliseconds, and tells in the body how long it
// really took, so that the truth of a client's clock can be judged apart from this server's own
// lateness.
#include <array>
#include <chrono>
#include <cstdlib>
#include <deque>
#include <string>

#include <fmt/core.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/bench/listen.h"

namespace {

using Clock = std::chrono::steady_clock;

struct Waiting {
  int socket;
  Clock::time_point asked;
};

void answer(const Waiting& waiting) {
  const auto took =
      std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - waiting.asked).count();
  const auto body = fmt::format("{:08}", took);
  const auto text = fmt::format(
      "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{}", body.size(), body);
  if (send(waiting.socket, text.data(), text.size(), MSG_NOSIGNAL) < 0) perror("send");
  close(waiting.socket);
}

// Requests are small and come whole right after the connection; a connection that sends nothing
// ends the program's use.
void take(int listener, std::deque<Waiting>& queue) {
  const int connection = accept(listener, nullptr, nullptr);
  if (connection < 0) return;
  std::array<char, 4096> request;
  if (recv(connection, request.data(), request.size(), 0) <= 0) {
    close(connection);
    return;
  }
  queue.push_back({connection, Clock::now()});
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::chrono::milliseconds delay(std::atoi(argv[1]));
  const int listener = listen_on_loopback().front();
  std::deque<Waiting> queue;
  while (true) {
    // Spins while somebody waits: a sleeping server could not be exact.
    pollfd readable{listener, POLLIN, 0};
    if (poll(&readable, 1, queue.empty() ? -1 : 0) > 0) take(listener, queue);
    while (!queue.empty() && Clock::now() >= queue.front().asked + delay) {
      answer(queue.front());
      queue.pop_front();
    }
  }
}
