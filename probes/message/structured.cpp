// SPDX-License-Identifier: Apache-2.0
#include "probes/message/structured.h"

namespace vedette::message {
namespace {

class Scanner {
 public:
  Scanner(std::string_view field, std::string_view marks) : rest_(field), marks_(marks) {}

  std::vector<Piece> scan() {
    std::vector<Piece> out;
    while (!rest_.empty() && out.size() < max_pieces) {
      const char c = rest_.front();
      if (is_blank(c)) {
        rest_.remove_prefix(1);
      } else if (c == '(') {
        out.push_back({Piece::Kind::comment, comment()});
      } else if (marks_.find(c) != marks_.npos) {
        out.push_back({Piece::Kind::mark, std::string(1, take())});
      } else {
        out.push_back({Piece::Kind::word, word()});
      }
    }
    return out;
  }

 private:
  static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

  char take() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }

  // The character that a backslash protects.
  void take_escaped(std::string& out) {
    rest_.remove_prefix(1);
    if (!rest_.empty()) out += take();
  }

  std::string comment() {
    std::string out;
    std::size_t depth = 0;
    while (!rest_.empty()) {
      if (rest_.front() == '\\') {
        take_escaped(out);
        continue;
      }
      const char c = take();
      if (c == '(' && ++depth == 1) continue;
      if (c == ')' && --depth == 0) break;
      out += c;
    }
    return out;
  }

  void quoted(std::string& out) {
    rest_.remove_prefix(1);
    while (!rest_.empty()) {
      if (rest_.front() == '\\') {
        take_escaped(out);
        continue;
      }
      const char c = take();
      if (c == '"') break;
      out += c;
    }
  }

  std::string word() {
    std::string out;
    while (!rest_.empty()) {
      const char c = rest_.front();
      if (is_blank(c) || c == '(' || marks_.find(c) != marks_.npos) break;
      if (c == '"') {
        quoted(out);
      } else {
        out += take();
      }
    }
    return out;
  }

  std::string_view rest_;
  std::string_view marks_;
};

}  // namespace

std::vector<Piece> pieces_of(std::string_view field, std::string_view marks) {
  return Scanner(field, marks).scan();
}

}  // namespace vedette::message
