// SPDX-License-Identifier: Apache-2.0
#include "tests/support/http_get.h"

#include <array>
#include <charconv>

#include <arpa/inet.h>
#include <fmt/core.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "tests/support/free_port.h"

namespace vedette::test {
namespace {

constexpr timeval limit{.tv_sec = 20, .tv_usec = 0};

Descriptor connect_to(std::uint16_t port) {
  Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  if (connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return Descriptor();
  return socket;
}

std::string read_all(int socket) {
  std::string bytes;
  std::array<char, 16384> buffer;
  for (ssize_t got; (got = recv(socket, buffer.data(), buffer.size(), 0)) > 0;) {
    bytes.append(buffer.data(), static_cast<std::size_t>(got));
  }
  return bytes;
}

HttpAnswer parse(const std::string& bytes) {
  HttpAnswer answer;
  const auto end = bytes.find("\r\n\r\n");
  if (end == std::string::npos || bytes.size() < 12) return answer;
  std::from_chars(bytes.data() + 9, bytes.data() + 12, answer.status);
  answer.head = bytes.substr(0, end);
  answer.body = bytes.substr(end + 4);
  return answer;
}

}  // namespace

HttpAnswer http_request(std::uint16_t port, const std::string& method, const std::string& path,
                        const std::string& extra_head, const std::string& body) {
  const Descriptor socket = connect_to(port);
  if (socket.get() < 0) return {};
  const auto request = fmt::format(
      "{} {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\nContent-Length: {}\r\n{}\r\n{}",
      method, path, port, body.size(), extra_head, body);
  if (send(socket.get(), request.data(), request.size(), MSG_NOSIGNAL) < 0) return {};
  return parse(read_all(socket.get()));
}

Descriptor half_a_request(std::uint16_t port) {
  Descriptor socket = connect_to(port);
  constexpr std::string_view half = "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ";
  if (send(socket.get(), half.data(), half.size(), MSG_NOSIGNAL) < 0) return Descriptor();
  return socket;
}

}  // namespace vedette::test
