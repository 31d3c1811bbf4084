// SPDX-License-Identifier: Apache-2.0
// A TCP server for misbehaviour: it plays a script for each connection, on a thread and loopback
// port of its own.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/http_text.h"
#include "tests/support/tls_files.h"

namespace vedette::test {

// Text of a request (head and body as received) in, text of an answer out. Called on the server's
// thread.
using Handler = std::function<std::string(const std::string& request)>;

// What is done with one connection, step by step. After the last step it is closed in an orderly
// way; a peer that goes away earlier ends the script. Sending goes over TLS once handshake() was
// played.
class Script {
 public:
  // Accepts a TLS handshake. With `client_root_pem`, the peer must show a certificate issued by it.
  Script& handshake(const Identity& identity, const std::string& client_root_pem = {});
  // Reads one HTTP request: head, and the body that Content-Length announces. It is kept for
  // requests().
  Script& read_request();
  // Reads one line, which is kept for requests() without its line end.
  Script& read_line();
  Script& send(std::string bytes);
  // One byte, a pause, the next byte ...
  Script& drip(std::string bytes, std::chrono::milliseconds pause);
  // The same bytes again and again until the peer has enough (or `limit` bytes were sent).
  Script& repeat(std::string bytes, std::size_t limit = SIZE_MAX);
  Script& wait(std::chrono::milliseconds pause);
  // Silence until the peer goes away.
  Script& stall();
  // Reads and answers one HTTP request after the other until the peer goes away or an answer says
  // "Connection: close".
  Script& serve(Handler handler);
  // Ends the connection below TLS: FIN, without TLS' own goodbye.
  Script& hang_up();
  // Aborts the connection: RST.
  Script& reset();

  struct Step;
  const std::vector<Step>& steps() const { return *steps_; }

  Script();
  ~Script();
  Script(const Script&);
  Script& operator=(const Script&);

 private:
  Script& add(Step step);
  std::unique_ptr<std::vector<Step>> steps_;
};

class ScriptedServer {
 public:
  // `address` is "127.0.0.1" or "::1". Throws boost::system::system_error when `port` is taken; 0
  // never is.
  explicit ScriptedServer(Script script, const std::string& address = "127.0.0.1",
                          std::uint16_t port = 0);
  // The first connection plays the first script and so on; the last script is for all that follow.
  explicit ScriptedServer(std::vector<Script> scripts, const std::string& address = "127.0.0.1",
                          std::uint16_t port = 0);
  // Drops what is open. All threads and sockets are gone when it returns.
  ~ScriptedServer();
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  std::uint16_t port() const;
  // "127.0.0.1:1234" or "[::1]:1234".
  std::string authority() const;
  // "http://" or "https://" + authority() + path.
  std::string url(const std::string& path = "/") const;
  std::string https(const std::string& path = "/") const;

  // What happened so far; from any thread.
  int connections() const;
  int open_connections() const;
  std::vector<std::string> requests() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

// The script of an HTTP server that answers whatever is asked: plain, or over TLS.
Script http_script(Handler handler);
Script https_script(const Identity& identity, Handler handler);

}  // namespace vedette::test
