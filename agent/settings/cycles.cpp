// SPDX-License-Identifier: Apache-2.0
#include "agent/settings/cycles.h"

#include <algorithm>

namespace vedette::settings {
namespace {

// Depth-first, with the path kept by hand. An arrow back into the path closes a cycle.
class Search {
 public:
  explicit Search(const Graph& graph) : graph_(graph), state_(graph.size(), State::unseen) {}

  std::vector<std::vector<std::size_t>> run() {
    for (std::size_t node = 0; node < graph_.size(); ++node) {
      if (state_[node] == State::unseen) explore(node);
    }
    return std::move(cycles_);
  }

 private:
  enum class State : unsigned char { unseen, on_path, done };
  struct Step {
    std::size_t node;
    std::size_t next_arrow = 0;
  };

  void explore(std::size_t start) {
    enter(start);
    while (!path_.empty()) {
      auto& step = path_.back();
      if (step.next_arrow == graph_[step.node].size()) {
        leave();
        continue;
      }
      const auto target = graph_[step.node][step.next_arrow++];
      if (state_[target] == State::unseen) {
        enter(target);
      } else if (state_[target] == State::on_path) {
        close(target);
      }
    }
  }

  void enter(std::size_t node) {
    state_[node] = State::on_path;
    path_.push_back({node});
  }

  void leave() {
    state_[path_.back().node] = State::done;
    path_.pop_back();
  }

  // The rest of the path is given up with the cycle: one cycle is enough to say of nodes that hang
  // together.
  void close(std::size_t target) {
    auto& cycle = cycles_.emplace_back();
    const auto begin = std::ranges::find(path_, target, &Step::node);
    for (auto step = begin; step != path_.end(); ++step) cycle.push_back(step->node);
    while (!path_.empty()) leave();
  }

  const Graph& graph_;
  std::vector<State> state_;
  std::vector<Step> path_;
  std::vector<std::vector<std::size_t>> cycles_;
};

}  // namespace

std::vector<std::vector<std::size_t>> find_cycles(const Graph& graph) {
  return Search(graph).run();
}

}  // namespace vedette::settings
