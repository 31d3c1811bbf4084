// SPDX-License-Identifier: Apache-2.0
// What the shop's customers see.
#pragma once

#include "agent/web/message.h"

namespace vedette::demo {

web::Response storefront_page();
web::Response login_page();
// JSON: what is for sale.
web::Response catalogue();

}  // namespace vedette::demo
