// SPDX-License-Identifier: Apache-2.0
#include "tests/support/dns_server.h"

#include <array>
#include <cctype>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace vedette::test {

namespace asio = boost::asio;
using asio::ip::udp;

namespace {

constexpr auto with_error = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t header_size = 12;
constexpr unsigned type_a = 1;
constexpr unsigned type_aaaa = 28;

unsigned byte_at(std::string_view packet, std::size_t at) {
  return static_cast<unsigned char>(packet[at]);
}

void append16(std::string& out, unsigned value) {
  out += static_cast<char>(value >> 8U & 0xFFU);
  out += static_cast<char>(value & 0xFFU);
}

struct Question {
  std::string name;
  unsigned type = 0;
  std::string section;  // as it stands in the packet: name, type, class
};

std::optional<Question> read_question(std::string_view packet) {
  Question question;
  std::size_t at = header_size;
  while (at < packet.size() && packet[at] != 0) {
    const std::size_t length = byte_at(packet, at);
    if (at + 1 + length >= packet.size()) {
      return std::nullopt;
    }
    question.name += question.name.empty() ? "" : ".";
    for (const char c : packet.substr(at + 1, length)) {
      question.name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    at += 1 + length;
  }
  if (at + 5 > packet.size()) {
    return std::nullopt;
  }
  question.type = byte_at(packet, at + 1) << 8U | byte_at(packet, at + 2);
  question.section = packet.substr(header_size, at + 5 - header_size);
  return question;
}

std::string type_name(unsigned type) {
  return type == type_a ? "A" : type == type_aaaa ? "AAAA" : std::to_string(type);
}

unsigned response_code(DnsAnswer::Kind kind) {
  switch (kind) {
    case DnsAnswer::Kind::servfail:
      return 2;
    case DnsAnswer::Kind::nxdomain:
      return 3;
    case DnsAnswer::Kind::refused:
      return 5;
    default:
      return 0;
  }
}

std::string record_of(const std::string& address, unsigned type) {
  const auto parsed = asio::ip::make_address(address);
  std::string data;
  if (type == type_a) {
    const auto bytes = parsed.to_v4().to_bytes();
    data.assign(bytes.begin(), bytes.end());
  } else {
    const auto bytes = parsed.to_v6().to_bytes();
    data.assign(bytes.begin(), bytes.end());
  }
  std::string out("\xC0\x0C", 2);  // the name of the question
  append16(out, type);
  append16(out, 1);  // class IN
  append16(out, 0);
  append16(out, 60);  // seconds to live
  append16(out, static_cast<unsigned>(data.size()));
  return out + data;
}

std::vector<std::string> addresses_for(const DnsAnswer& answer, unsigned type) {
  if (answer.kind != DnsAnswer::Kind::addresses && answer.kind != DnsAnswer::Kind::wrong_id) {
    return {};
  }
  return type == type_a ? answer.v4 : type == type_aaaa ? answer.v6 : std::vector<std::string>{};
}

std::string reply(std::string_view query, const Question& question, const DnsAnswer& answer) {
  if (answer.kind == DnsAnswer::Kind::garbage) {
    return std::string(query.substr(0, 2)) + "\xFF\xFF\xFF\xFF no DNS at all";
  }
  const std::vector<std::string> addresses = addresses_for(answer, question.type);
  const unsigned id = byte_at(query, 0) << 8U | byte_at(query, 1);
  std::string out;
  append16(out, answer.kind == DnsAnswer::Kind::wrong_id ? id ^ 1U : id);
  append16(out, 0x8180U | response_code(answer.kind));  // a response; recursion desired, available
  append16(out, 1);
  append16(out, static_cast<unsigned>(addresses.size()));
  append16(out, 0);
  append16(out, 0);
  out += question.section;
  for (const std::string& address : addresses) {
    out += record_of(address, question.type);
  }
  return out;
}

}  // namespace

struct ScriptedDnsServer::Parts {
  Parts(std::map<std::string, DnsAnswer> known, DnsAnswer rest)
      : answers(std::move(known)),
        otherwise(std::move(rest)),
        socket(loop, udp::endpoint(asio::ip::make_address("127.0.0.1"), 0)) {
    asio::co_spawn(loop, receive(), [](std::exception_ptr) {});
    thread = std::thread([this] { loop.run(); });
  }

  ~Parts() {
    loop.stop();
    thread.join();
  }

  asio::awaitable<void> receive() {
    std::array<char, 4096> buffer{};
    for (;;) {
      udp::endpoint peer;
      const auto [error, size] =
          co_await socket.async_receive_from(asio::buffer(buffer), peer, with_error);
      if (error == asio::error::operation_aborted) {
        co_return;
      }
      if (!error && size > header_size) {
        asio::co_spawn(loop, answer_query(std::string(buffer.data(), size), peer),
                       [](std::exception_ptr) {});
      }
    }
  }

  asio::awaitable<void> answer_query(std::string query, udp::endpoint peer) {
    const std::optional<Question> question = read_question(query);
    if (!question) {
      co_return;
    }
    note(*question);
    const auto found = answers.find(question->name);
    const DnsAnswer& answer = found == answers.end() ? otherwise : found->second;
    if (answer.kind == DnsAnswer::Kind::silence) {
      co_return;
    }
    asio::steady_timer timer(loop, answer.delay);
    co_await timer.async_wait(with_error);
    const std::string bytes = reply(query, *question, answer);
    co_await socket.async_send_to(asio::buffer(bytes), peer, with_error);
  }

  void note(const Question& question) {
    const std::lock_guard lock(mutex);
    queries.push_back(question.name + " " + type_name(question.type));
  }

  const std::map<std::string, DnsAnswer> answers;
  const DnsAnswer otherwise;
  std::mutex mutex;
  std::vector<std::string> queries;
  asio::io_context loop{1};  // after what its coroutines refer to
  udp::socket socket;
  const std::uint16_t port = socket.local_endpoint().port();
  std::thread thread;
};

ScriptedDnsServer::ScriptedDnsServer(std::map<std::string, DnsAnswer> answers, DnsAnswer otherwise)
    : parts_(std::make_unique<Parts>(std::move(answers), std::move(otherwise))) {}

ScriptedDnsServer::~ScriptedDnsServer() = default;

std::uint16_t ScriptedDnsServer::port() const {
  return parts_->port;
}

std::string ScriptedDnsServer::address() const {
  return "127.0.0.1:" + std::to_string(port());
}

std::vector<std::string> ScriptedDnsServer::queries() const {
  const std::lock_guard lock(parts_->mutex);
  return parts_->queries;
}

}  // namespace vedette::test
