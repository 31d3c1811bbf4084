// SPDX-License-Identifier: Apache-2.0
#include "agent/web/gzip.h"

#include <zlib.h>

#include "probes/ascii.h"

namespace vedette::web {
namespace {

// The bytes that zlib writes a gzip head around, and the window that it likes best.
constexpr int gzip_window = 15 + 16;
constexpr int level = 6;

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

bool is_refused(std::string_view parameters) {
  const auto weight = trimmed(parameters);
  return weight == "q=0" || weight == "q=0.0" || weight == "q=0.00" || weight == "q=0.000";
}

}  // namespace

std::string gzip(std::string_view text) {
  z_stream stream{};
  if (deflateInit2(&stream, level, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    return {};
  }
  std::string out(deflateBound(&stream, text.size()), '\0');
  // zlib does not write into its input, though it does not say so in its type.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const bool done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  out.resize(done ? stream.total_out : 0);
  deflateEnd(&stream);
  return out;
}

bool accepts_gzip(std::string_view accept_encoding) {
  while (!accept_encoding.empty()) {
    const auto end = accept_encoding.find(',');
    const auto coding = accept_encoding.substr(0, end);
    accept_encoding =
        end == std::string_view::npos ? std::string_view() : accept_encoding.substr(end + 1);
    const auto semicolon = coding.find(';');
    if (!same_without_case(trimmed(coding.substr(0, semicolon)), "gzip")) continue;
    return semicolon == std::string_view::npos || !is_refused(coding.substr(semicolon + 1));
  }
  return false;
}

}  // namespace vedette::web
