// SPDX-License-Identifier: Apache-2.0
#include "probes/net/answer_reader.h"

#include <algorithm>

namespace vedette::net {
namespace {

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace

bool AnswerReader::header_line(std::string_view line) {
  header_bytes_ += line.size();
  if (header_bytes_ > max_header_bytes || headers_.size() >= max_headers) {
    stopped_ = Stop::headers;
    return false;
  }
  if (line.starts_with("HTTP/")) {
    start_answer();
  } else if (in_headers_) {
    add_header(line);
  }
  return true;
}

void AnswerReader::start_answer() {
  headers_.clear();
  in_headers_ = true;
}

void AnswerReader::add_header(std::string_view line) {
  const bool folded = line.starts_with(' ') || line.starts_with('\t');
  const auto text = trim(line);
  if (text.empty()) {
    in_headers_ = false;
  } else if (folded && !headers_.empty()) {
    headers_.back().second.append(" ").append(text);
  } else if (const auto colon = text.find(':'); colon != std::string_view::npos) {
    headers_.emplace_back(trim(text.substr(0, colon)), trim(text.substr(colon + 1)));
  }
}

void AnswerReader::keep(std::string_view piece) {
  body_bytes_ += piece.size();
  if (body_.size() < cap_) {
    body_.append(piece.substr(0, std::min(piece.size(), cap_ - body_.size())));
  }
}

}  // namespace vedette::net
