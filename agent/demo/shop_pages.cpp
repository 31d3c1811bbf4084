// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/shop_pages.h"

#include "agent/web/html.h"

namespace vedette::demo {
namespace {

using web::Html;

void write_head(Html& html, std::string_view title) {
  html << "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>";
  html.text(title)
      << "</title>\n<style>\n"
         ":root{color-scheme:light dark}\n"
         "body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 "
         "1rem}\n"
         "nav a{margin-right:1rem}\nul{padding:0;list-style:none}\n"
         "li{display:flex;flex-wrap:wrap;gap:.5rem "
         "1rem;align-items:center;justify-content:space-between;"
         "padding:.7rem 0;border-top:1px solid #8884}\n"
         "li strong{min-width:8rem}\nform{display:inline}\n"
         "button{font:inherit;padding:.25rem .9rem;border:1px solid #8888;border-radius:.4rem;"
         "background:transparent;color:inherit;cursor:pointer}\n"
         "button[aria-pressed=true]{background:#3b5bdb;border-color:#3b5bdb;color:#fff}\n"
         "label{display:block;margin:.6rem 0}\ninput{font:inherit;padding:.3rem}\n"
         "</style>\n</head>\n<body>\n<nav><a href=\"/\">Shop</a><a href=\"/login\">Sign in</a>"
         "<a href=\"/switches\">Switches</a></nav>\n<h1>";
  html.text(title) << "</h1>\n";
}

web::Response page(Html& html) {
  html << "</body>\n</html>\n";
  web::Response response;
  response.content_type = "text/html; charset=utf-8";
  response.headers = {{"Cache-Control", "no-store"}};
  response.body = std::make_shared<const std::string>(html.take());
  return response;
}

std::string_view about(std::string_view name) {
  if (name == "storefront") return "the shop's front page, /";
  if (name == "login") return "the sign-in page, /login";
  if (name == "catalogue") return "the catalogue, /api/catalogue";
  if (name == "payments") return "the payment API, /v1/...";
  return "payments with a Visa card";
}

void write_switch(Html& html, const std::string& name, Mode now) {
  html << "<li><strong>";
  html.text(name) << "</strong><span>";
  html.text(about(name)) << "</span><span>";
  for (const auto mode : {Mode::on, Mode::slow, Mode::off}) {
    html << "<form method=\"post\" action=\"/switches/";
    html.text(name) << "/";
    html.text(text(mode)) << "\"><button aria-pressed=\"";
    html.text(mode == now ? "true" : "false") << "\">";
    html.text(text(mode)) << "</button></form> ";
  }
  html << "</span></li>\n";
}

}  // namespace

web::Response storefront_page() {
  Html html;
  write_head(html, "Vedette Shop");
  html << "<p>Fine field glasses, lanterns and saddles since 1806.</p>\n<ul>\n"
          "<li><span>Field glass, brass</span><span>EUR 89</span></li>\n"
          "<li><span>Storm lantern</span><span>EUR 34</span></li>\n"
          "<li><span>Saddle blanket</span><span>EUR 59</span></li>\n</ul>\n";
  return page(html);
}

web::Response login_page() {
  Html html;
  write_head(html, "Sign in");
  html << "<form><label>Mail <input name=\"mail\" type=\"email\"></label>"
          "<label>Password <input name=\"password\" type=\"password\"></label>"
          "<button type=\"button\">Sign in</button></form>\n";
  return page(html);
}

web::Response switches_page(const Switches& switches) {
  Html html;
  write_head(html, "Switches");
  html << "<p>Break a part of the shop, and watch the status page. Off: it answers 503. Slow: it "
          "takes two "
          "seconds.</p>\n<ul>\n";
  for (const auto& [name, mode] : switches.all()) write_switch(html, name, mode);
  html
      << "</ul>\n<p>Or from a shell: <code>curl -X POST http://.../switches/login/off</code></p>\n";
  return page(html);
}

}  // namespace vedette::demo
