// SPDX-License-Identifier: Apache-2.0
// From the configured address of the store to the store.
#pragma once

#include <memory>
#include <string>

#include "agent/store/store.h"

namespace vedette::store {

// "sqlite:PATH". Another scheme is `incompatible`.
Expected<std::unique_ptr<Store>> open(const std::string& address);

}  // namespace vedette::store
