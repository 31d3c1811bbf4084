// SPDX-License-Identifier: Apache-2.0
#include "probes/dns/tcp.h"

#include "probes/dns/rejected.h"

namespace vedette::dns {
namespace {

std::string framed(const std::string& message) {
  std::string out;
  out.reserve(message.size() + 2);
  out += static_cast<char>(message.size() >> 8U);
  out += static_cast<char>(message.size() & 0xffU);
  return out + message;
}

// In the words of a name service.
net::Failure of_name_service(net::Failure failure) {
  if (failure.reason == Reason::timeout) failure.reason = Reason::dns_timeout;
  if (failure.reason == Reason::protocol_error) failure.reason = Reason::dns_malformed;
  return failure;
}

}  // namespace

Awaitable<net::Expected<Message>> ask_over(net::Stream& stream, const Query& query,
                                           std::uint16_t id, Deadline deadline) {
  std::string bytes = framed(encode_query(query, id));
  const auto written = co_await stream.write(std::move(bytes), deadline);
  if (!written) co_return std::unexpected(of_name_service(written.error()));
  const auto length = co_await stream.read_exactly(2, deadline);
  if (!length) co_return std::unexpected(of_name_service(length.error()));
  const std::size_t size =
      static_cast<unsigned char>((*length)[0]) << 8U | static_cast<unsigned char>((*length)[1]);
  const auto answer = co_await stream.read_exactly(size, deadline);
  if (!answer) co_return std::unexpected(of_name_service(answer.error()));
  auto matched = match_answer(query, id, *answer);
  if (!matched) co_return std::unexpected(failure_of(std::move(matched.error())));
  co_return *std::move(matched);
}

}  // namespace vedette::dns
