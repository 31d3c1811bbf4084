// SPDX-License-Identifier: Apache-2.0
// The shop's HTML.
#pragma once

#include "agent/demo/switches.h"
#include "agent/web/message.h"

namespace vedette::demo {

web::Response storefront_page();
web::Response login_page();
web::Response switches_page(const Switches& switches);

}  // namespace vedette::demo
