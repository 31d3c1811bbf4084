// SPDX-License-Identifier: Apache-2.0
#include "probes/transcript.h"

#include <algorithm>

#include "probes/encoding.h"

namespace vedette {
namespace {

constexpr std::size_t min_secret = 4;
constexpr std::string_view stars = "***";

struct Range {
  std::size_t begin, end;
};

void find_all(std::string_view text, std::string_view secret, std::vector<Range>& found) {
  for (auto at = text.find(secret); at != text.npos; at = text.find(secret, at + 1)) {
    found.push_back({at, at + secret.size()});
  }
}

// A text that was cut at a bound may end within a secret.
void find_cut(std::string_view text, std::string_view secret, std::vector<Range>& found) {
  for (auto size = std::min(secret.size() - 1, text.size()); size >= min_secret; --size) {
    const bool may_be = text.back() == secret[size - 1];  // nearly always tells
    if (may_be && text.ends_with(secret.substr(0, size))) {
      found.push_back({text.size() - size, text.size()});
      return;
    }
  }
}

std::string without(std::string_view text, std::vector<Range>& found) {
  std::ranges::sort(found, {}, &Range::begin);
  std::string out;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < found.size();) {
    Range range = found[i++];
    while (i < found.size() && found[i].begin < range.end) {
      range.end = std::max(range.end, found[i++].end);
    }
    out += text.substr(kept, range.begin - kept);
    out += stars;
    kept = range.end;
  }
  out += text.substr(kept);
  return out;
}

// Servers write %2f as well as %2F.
void lower_hex(std::string& percent_encoded) {
  for (std::size_t at = 0; (at = percent_encoded.find('%', at)) != std::string::npos; at += 3) {
    for (std::size_t digit : {at + 1, at + 2}) {
      char& c = percent_encoded[digit];
      if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
    }
  }
}

std::string replace_all(std::string text, std::string_view what, std::string_view with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != text.npos; at += with.size()) {
    text.replace(at, what.size(), with);
  }
  return text;
}

// As Go and Rails write JSON.
std::string json_for_html(std::string_view secret) {
  std::string out = json_escape(secret);
  out = replace_all(std::move(out), "&", "\\u0026");
  out = replace_all(std::move(out), "<", "\\u003c");
  return replace_all(std::move(out), ">", "\\u003e");
}

}  // namespace

void Mask::add(std::string secret) {
  if (secret.size() < min_secret || std::ranges::find(secrets_, secret) != secrets_.end()) return;
  const auto at = std::ranges::find_if(
      secrets_, [&](const std::string& other) { return other.size() < secret.size(); });
  secrets_.insert(at, std::move(secret));
}

void Mask::add(const Mask& other) {
  for (const std::string& secret : other.secrets_) add(secret);
}

void Mask::add_with_encodings(const std::string& secret) {
  if (secret.size() < min_secret) return;
  add(secret);
  for (std::string encoded : {percent_encode(secret), form_encode(secret)}) {
    std::string lower = encoded;
    lower_hex(lower);
    add(std::move(encoded));
    add(std::move(lower));
  }
  add(json_escape(secret));
  add(replace_all(json_escape(secret), "/", "\\/"));  // as PHP writes JSON
  add(json_for_html(secret));
  add(html_escape(secret));
  add(base64(secret));
}

std::string Mask::apply(std::string_view text) const {
  std::vector<Range> found;
  for (const std::string& secret : secrets_) {
    find_all(text, secret, found);
    find_cut(text, secret, found);
  }
  return without(text, found);
}

void Transcript::add(std::string_view line) {
  const std::string_view taken = shorten(line, max_line);
  const std::string escaped = printable(taken);
  full_ = full_ || text_.size() + escaped.size() + 1 > max_bytes;
  if (full_) {
    left_out_ += line.size();
    return;
  }
  text_ += escaped;
  text_ += '\n';
  left_out_ += line.size() - taken.size();
}

}  // namespace vedette
