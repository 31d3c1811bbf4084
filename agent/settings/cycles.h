// SPDX-License-Identifier: Apache-2.0
// Cycles in a graph. Pure, in linear time, and without recursion, as the graph may be as deep as it
// is large.
#pragma once

#include <cstddef>
#include <vector>

namespace vedette::settings {

// For each node, the nodes that it points to.
using Graph = std::vector<std::vector<std::size_t>>;

// At least one cycle when there is any, and none that share a node: the nodes of each in the order
// of the arrows.
std::vector<std::vector<std::size_t>> find_cycles(const Graph& graph);

}  // namespace vedette::settings
