// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/web/raw_client.h"

#include <array>
#include <cerrno>
#include <system_error>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

namespace vedette::web {

RawClient::RawClient(std::uint16_t port)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    throw std::system_error(errno, std::generic_category(), "connect");
  }
}

bool RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool RawClient::read_until(std::string_view end) {
  while (received_.find(end) == std::string::npos) {
    if (read_some(std::chrono::seconds(20)).value_or(0) == 0) return false;
  }
  return true;
}

bool RawClient::read_to_end(std::chrono::milliseconds limit) {
  const auto until = std::chrono::steady_clock::now() + limit;
  for (;;) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    if (left.count() <= 0) return false;
    const auto bytes = read_some(left);
    if (bytes == 0U) return true;
  }
}

std::optional<std::size_t> RawClient::read_some(std::chrono::milliseconds limit) {
  pollfd waiting{socket_.get(), POLLIN, 0};
  if (::poll(&waiting, 1, static_cast<int>(limit.count())) <= 0) return std::nullopt;
  std::array<char, 65536> buffer;
  const auto bytes = ::recv(socket_.get(), buffer.data(), buffer.size(), 0);
  if (bytes <= 0) return 0;
  received_.append(buffer.data(), static_cast<std::size_t>(bytes));
  return static_cast<std::size_t>(bytes);
}

}  // namespace vedette::web
