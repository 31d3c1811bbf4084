// SPDX-License-Identifier: Apache-2.0
// The listening sockets of a server of the benchmarks.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <vector>

#include <netinet/in.h>
#include <sys/socket.h>

// On one port of the kernel's choice, which is printed, at 127.0.0.1, 127.0.0.2 and so on.
inline std::vector<int> listen_on_loopback(unsigned addresses = 1) {
  std::vector<int> listeners;
  sockaddr_in address{};
  address.sin_family = AF_INET;
  for (unsigned i = 0; i < addresses; ++i) {
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK + i);
    if (bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
        listen(listener, 4096) != 0)
      std::exit(1);
    socklen_t size = sizeof address;
    getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
    listeners.push_back(listener);
  }
  std::printf("%d\n", ntohs(address.sin_port));
  std::fflush(stdout);
  return listeners;
}
