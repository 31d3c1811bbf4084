// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/shop_pages.h"

#include <array>
#include <cstdint>
#include <string_view>

#include <boost/json/array.hpp>

#include "agent/demo/kit/json_answer.h"
#include "agent/demo/page_frame.h"
#include "agent/demo/payments/money.h"

namespace vedette::demo {
namespace {

struct Item {
  std::string_view id, name;
  std::int64_t price;  // in cents
  int stock;
};

constexpr std::array<Item, 3> items{{{"field-glass", "Field glass, brass", 8900, 12},
                                     {"storm-lantern", "Storm lantern", 3400, 40},
                                     {"saddle-blanket", "Saddle blanket", 5900, 7}}};

}  // namespace

web::Response storefront_page() {
  page::Html html;
  write_head(html, "Vedette Shop");
  html << "<p>Fine field glasses, lanterns and saddles since 1806.</p>\n<ul class=\"rows\">\n";
  for (const auto& item : items) {
    html << "<li><span>";
    html.text(item.name) << "</span><span>";
    html.text(format_money(item.price, "eur")) << "</span></li>\n";
  }
  html << "</ul>\n";
  return finish_page(html);
}

web::Response login_page() {
  page::Html html;
  write_head(html, "Sign in");
  html << "<form class=\"stack\" method=\"post\" action=\"/api/login\">"
          "<label>User <input name=\"user\" autocomplete=\"username\"></label>"
          "<label>Password <input name=\"password\" type=\"password\" "
          "autocomplete=\"current-password\"></label>"
          "<button>Sign in</button></form>\n"
          "<p class=\"soft\">The only account is <code>canary</code>, with the password "
          "<code>canary</code>.</p>\n";
  return finish_page(html);
}

web::Response catalogue() {
  boost::json::array all;
  for (const auto& item : items) {
    all.push_back(boost::json::object{
        {"id", item.id}, {"name", item.name}, {"price", item.price}, {"stock", item.stock}});
  }
  return json_answer(200, {{"currency", "eur"}, {"items", std::move(all)}});
}

}  // namespace vedette::demo
