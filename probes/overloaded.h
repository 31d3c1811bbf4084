// SPDX-License-Identifier: Apache-2.0
// Several lambdas as one visitor.
#pragma once

namespace vedette {

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

}  // namespace vedette
