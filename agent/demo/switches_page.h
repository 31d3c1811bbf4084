// SPDX-License-Identifier: Apache-2.0
// The page with the switches.
#pragma once

#include "agent/demo/kit/switches.h"
#include "agent/web/message.h"

namespace vedette::demo {

web::Response switches_page(const Switches& switches);

}  // namespace vedette::demo
