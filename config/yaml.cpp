// SPDX-License-Identifier: Apache-2.0
#include "config/yaml.h"

#include <algorithm>
#include <istream>
#include <unordered_map>

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "config/bounded_input.h"
#include "config/text_check.h"

namespace vedette::config {
namespace {

// Leaves the parser at the first thing that cannot be gone on from.
struct Stop {
  Place place;
  std::string message;
};

// A list or a map that is being read.
struct Frame {
  Node node;
  YAML::anchor_t anchor = 0;
  Node::Entry entry;  // of a map: the key that waits for its value
  bool has_key = false;
  bool has_merge_key = false;
};

// What an anchor stands for; nothing while it is still being read.
struct Anchored {
  std::optional<Node> node;
  int height = 0;
};

// Builds the tree from the parser's events, with a stack of its own, so that it can count before
// anything is spent.
class Builder : public YAML::EventHandler {
 public:
  Builder(const std::string& name, int depth, Budget& budget, Problems& problems,
          BoundedInput& input)
      : name_(name), depth_(depth), budget_(budget), problems_(problems), input_(input) {
    root_.place = {name_, 0, 0};
  }
  Node take() { return std::move(root_); }
  // The line of what was last read.
  int last_line() const { return last_line_; }
  Place place(const YAML::Mark& mark) const { return {name_, mark.line + 1, mark.column + 1}; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ > 0)
      throw Stop{place(mark), "a second document begins here; a file holds one"};
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    add(scalar(Node::Kind::null, mark, {}, false), anchor);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_tag(mark, tag);
    // The parser's words for "no tag": "?" on a plain scalar, "!" on a quoted one or a block of
    // text.
    add(scalar(Node::Kind::scalar, mark, value, tag == "!"), anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    input_.worked_off();
    const auto& target = anchored_at(anchor);
    if (!target.node) throw Stop{place(mark), "this alias stands inside of what it stands for"};
    if (static_cast<int>(stack_.size()) + target.height > depth_) throw too_deep(mark);
    auto node = copy(*target.node, budget_);
    if (!node) throw too_large(mark);
    attach(*std::move(node));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    begin(Node::Kind::list, mark, tag, anchor);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    begin(Node::Kind::map, mark, tag, anchor);
  }
  void OnSequenceEnd() override { end(); }
  void OnMapEnd() override {
    auto& frame = stack_.back();
    drop_duplicates(frame.node.entries, problems_);
    if (frame.has_merge_key) apply_merge_key(frame.node.entries, problems_);
    end();
  }

 private:
  Stop too_deep(const YAML::Mark& mark) const {
    return {place(mark), fmt::format("lists and maps are nested more than {} deep here", depth_)};
  }
  Stop too_large(const YAML::Mark& mark) const {
    return {place(mark), "the configuration is too large here, with all aliases expanded"};
  }

  void refuse_tag(const YAML::Mark& mark, const std::string& tag) const {
    if (tag.empty() || tag == "?" || tag == "!") return;
    throw Stop{place(mark), fmt::format("tags are not supported; delete {}", quote(tag))};
  }

  Node scalar(Node::Kind kind, const YAML::Mark& mark, const std::string& value, bool is_quoted) {
    input_.worked_off();
    if (!budget_.take(value.size())) throw too_large(mark);
    Node node;
    node.kind = kind;
    node.quoted = is_quoted;
    node.place = place(mark);
    last_line_ = node.place.line;
    node.scalar = value;
    return node;
  }

  void begin(Node::Kind kind, const YAML::Mark& mark, const std::string& tag,
             YAML::anchor_t anchor) {
    refuse_tag(mark, tag);
    if (static_cast<int>(stack_.size()) >= depth_) throw too_deep(mark);
    Frame frame;
    frame.node = scalar(kind, mark, {}, false);
    frame.anchor = anchor;
    if (anchor != 0) anchored_at(anchor);
    stack_.push_back(std::move(frame));
  }

  void end() {
    Frame frame = std::move(stack_.back());
    stack_.pop_back();
    frame.node.items.shrink_to_fit();
    frame.node.entries.shrink_to_fit();
    add(std::move(frame.node), frame.anchor);
  }

  // Anchors are numbered from 1 as they come.
  Anchored& anchored_at(YAML::anchor_t anchor) {
    if (anchored_.size() <= anchor) anchored_.resize(anchor + 1);
    return anchored_[anchor];
  }

  void add(Node node, YAML::anchor_t anchor) {
    if (anchor != 0) {
      auto kept = copy(node, budget_);
      if (!kept)
        throw Stop{node.place, "the configuration is too large here, with all aliases expanded"};
      anchored_at(anchor) = {std::move(kept), height(node)};
    }
    attach(std::move(node));
  }

  void attach(Node node) {
    if (stack_.empty()) {
      root_ = std::move(node);
    } else if (auto& frame = stack_.back(); frame.node.kind == Node::Kind::list) {
      frame.node.items.push_back(std::move(node));
    } else if (!frame.has_key) {
      take_key(frame, std::move(node));
    } else {
      // "Nothing" stands nowhere; to the parser it stands where the next thing begins.
      if (node.kind == Node::Kind::null) node.place = frame.entry.place;
      frame.entry.value = std::move(node);
      frame.node.entries.push_back(std::move(frame.entry));
      frame.entry = {};
      frame.has_key = false;
    }
  }

  void take_key(Frame& frame, Node key) {
    if (key.kind != Node::Kind::scalar) {
      throw Stop{key.place, fmt::format("a key must be a text, found {}", key.describe())};
    }
    if (key.scalar == "<<" && !key.quoted) frame.has_merge_key = true;
    frame.entry.key = std::move(key.scalar);
    frame.entry.place = std::move(key.place);
    frame.has_key = true;
  }

  FileName name_;
  int depth_;
  Budget& budget_;
  Problems& problems_;
  BoundedInput& input_;
  int documents_ = 0;
  Node root_;
  std::vector<Frame> stack_;
  std::vector<Anchored> anchored_;
  int last_line_ = 0;
};

// The library's words are terse. Where it can be said what to do, it is.
std::string in_plain_words(const std::string& message) {
  namespace words = YAML::ErrorMsg;
  static const std::unordered_map<std::string_view, std::string_view> known{
      {words::MAP_VALUE,
       "a \": \" where no value can stand; check the indentation, and quote a text that holds \": "
       "\""},
      {words::UNKNOWN_TOKEN, "no value can begin with this character; quote the text"},
      {words::END_OF_MAP, "the indentation does not fit the lines above"},
      {words::END_OF_SEQ, "the indentation does not fit the lines above"},
      {words::END_OF_MAP_FLOW, "a comma or a closing } is missing before this"},
      {words::END_OF_SEQ_FLOW, "a comma or a closing ] is missing before this"},
      {words::FLOW_END, "this bracket closes nothing"},
      {words::UNKNOWN_ANCHOR, "this alias has no anchor above it"},
  };
  const auto found = known.find(message);
  return fmt::format("this is not valid YAML: {}", found == known.end() ? message : found->second);
}

bool is_indented_with_tab(std::string_view text, int line) {
  for (; line > 0; --line) text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  return text.substr(0, text.find_first_not_of(" \t")).contains('\t');
}

Stop syntax_error(const YAML::Exception& error, std::string_view text, const Builder& builder) {
  if (error.mark.is_null()) return {builder.place({}), in_plain_words(error.msg)};
  const auto place = builder.place(error.mark);
  if (is_indented_with_tab(text, error.mark.line)) {
    return {place, "this line is indented with a tab; YAML wants spaces"};
  }
  if (error.msg == YAML::ErrorMsg::EOF_IN_SCALAR) {
    return {place, fmt::format("a quote that opens on line {} or later is not closed",
                               std::max(builder.last_line(), 1))};
  }
  return {place, in_plain_words(error.msg)};
}

std::optional<Stop> parse_all(std::string_view text, BoundedInput& input, Builder& builder) {
  std::istream stream(&input);
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
    return std::nullopt;
  } catch (const Stop& stop) {
    return stop;
  } catch (const YAML::Exception& error) {
    return syntax_error(error, text, builder);
  }
}

}  // namespace

std::optional<Node> read_yaml(std::string_view text, const std::string& name, int depth,
                              Budget& budget, Problems& problems) {
  BoundedInput input(text);
  Builder builder(name, depth, budget, problems, input);
  auto stop = parse_all(text, input, builder);
  // An early end of the input looks like a syntax error to the parser: the true cause comes first.
  const auto here = [&] { return place_of(text, input.offset(), name); };
  if (input.too_deep()) stop = {here(), "lists and maps are nested too deep up to here"};
  if (input.too_wide())
    stop = {here(), "too many brackets, commas and quotes in one piece; write it in block style"};
  if (!stop) return builder.take();
  problems.add(stop->place, stop->message);
  return std::nullopt;
}

}  // namespace vedette::config
