// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/page_frame.h"

#include <memory>
#include <string>

namespace vedette::demo {
namespace {

using page::Html;

void write_style(Html& html) {
  html << R"(<style>
:root{color-scheme:light dark;--accent:#3b5bdb;--ground:#f6f7f9;--card:#fff;--line:#e3e6ea;--text:#1b1f27;--soft:#5c6675;--good:#1a7f4b;--warn:#96690a;--bad:#c0262d}
@media (prefers-color-scheme:dark){:root{--accent:#91a7ff;--ground:#101318;--card:#181c23;--line:#2a303a;--text:#e7eaef;--soft:#9aa4b3;--good:#4cc38a;--warn:#e2b340;--bad:#ff7b7b}}
*{box-sizing:border-box}
body{margin:0 auto;width:min(100% - 2rem,66rem);padding:1.5rem 0 3rem;background:var(--ground);color:var(--text);font:1rem/1.5 system-ui,sans-serif}
nav{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;padding-bottom:.9rem;border-bottom:1px solid var(--line)}
a{color:var(--accent)}
nav a{text-decoration:none;font-weight:550}
h1{font-size:1.6rem;letter-spacing:-.015em;margin:1.6rem 0 .4rem}
h2{font-size:1.05rem;margin:2rem 0 .7rem}
p{margin:.5rem 0;max-width:46rem}
code{font-size:.92em}
.soft{color:var(--soft);font-size:.92rem}
.rows{padding:0;margin:1rem 0;list-style:none;border:1px solid var(--line);border-radius:.7rem;background:var(--card)}
.rows li{display:flex;justify-content:space-between;padding:.7rem 1.1rem}
.rows li+li{border-top:1px solid var(--line)}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,20rem),1fr));gap:.8rem}
.card{padding:.9rem 1.1rem;border:1px solid var(--line);border-radius:.7rem;background:var(--card)}
.card h3{margin:0;font-size:1rem}
.broken{border-color:var(--bad);box-shadow:inset 4px 0 0 var(--bad)}
form{display:flex;gap:.7rem;align-items:baseline;margin-top:.45rem}
form span{min-width:0;overflow-wrap:anywhere;color:var(--soft);font-size:.9rem}
.stack{flex-direction:column;align-items:stretch;max-width:20rem;margin:1rem 0}
label{display:grid;gap:.2rem;font-size:.92rem}
input{font:inherit;padding:.3rem .5rem;border:1px solid var(--line);border-radius:.4rem;background:var(--card);color:inherit}
button{font:inherit;font-size:.9rem;flex:none;min-width:6.9rem;padding:.2rem .7rem;border:1px solid var(--line);border-radius:.4rem;background:transparent;color:inherit;cursor:pointer}
button:hover{border-color:var(--accent)}
a:focus-visible,button:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
button[aria-pressed=true]{background:var(--good);border-color:var(--good);color:var(--card);font-weight:600}
.broken button[aria-pressed=true]{background:var(--bad);border-color:var(--bad)}
.figure{font-size:1.7rem;font-weight:680;letter-spacing:-.02em;font-variant-numeric:tabular-nums}
.good{color:var(--good)}.warn{color:var(--warn)}.bad{color:var(--bad)}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:.7rem;background:var(--card)}
table{border-collapse:collapse;width:100%;font-size:.92rem;font-variant-numeric:tabular-nums}
th,td{padding:.5rem .8rem;text-align:left;white-space:nowrap}
th{color:var(--soft);font-weight:550}
tr+tr td{border-top:1px solid var(--line)}
td.money,th.money{text-align:right}
</style>
)";
}

}  // namespace

void write_head(Html& html, std::string_view title, bool lively) {
  html << "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  if (lively) html << "<meta http-equiv=\"refresh\" content=\"3\">\n";
  html << "<title>";
  html.text(title) << "</title>\n";
  write_style(html);
  html << "</head>\n<body>\n<nav><a href=\"/\">Shop</a><a href=\"/login\">Sign in</a>"
          "<a href=\"/switches\">Switches</a><a href=\"/ledger\">Ledger</a></nav>\n<main>\n<h1>";
  html.text(title) << "</h1>\n";
}

web::Response finish_page(Html& html) {
  html << "</main>\n</body>\n</html>\n";
  web::Response response;
  response.content_type = "text/html; charset=utf-8";
  response.headers = {{"Cache-Control", "no-store"}};
  response.body = std::make_shared<const std::string>(html.take());
  return response;
}

}  // namespace vedette::demo
