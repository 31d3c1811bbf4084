// SPDX-License-Identifier: Apache-2.0
// The listening socket of a server of the benchmarks.
#pragma once

#include <cstdio>
#include <cstdlib>

#include <netinet/in.h>
#include <sys/socket.h>

// On a port of 127.0.0.1 of the kernel's choice, which is printed.
inline int listen_on_loopback() {
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
      listen(listener, 4096) != 0)
    std::exit(1);
  socklen_t size = sizeof address;
  getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  std::printf("%d\n", ntohs(address.sin_port));
  std::fflush(stdout);
  return listener;
}
