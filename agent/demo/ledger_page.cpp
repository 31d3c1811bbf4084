// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <initializer_list>
#include <span>
#include <utility>

#include "agent/demo/ledger_pages.h"
#include "agent/demo/page_frame.h"
#include "agent/demo/payment_state.h"
#include "agent/demo/payments/money.h"

namespace vedette::demo {
namespace {

using page::Html;

constexpr std::size_t shown_payments = 100;

std::string amounts_of(const Pile& pile) {
  std::string text;
  for (const auto& [currency, amount] : pile.amounts) {
    text += (text.empty() ? "" : ", ") + format_money(amount, currency);
  }
  return text;
}

// `tone`: of a number that is not zero.
void write_figure(Html& html, std::string_view title, std::uint64_t count, std::string_view tone,
                  std::string_view below) {
  html << "<section class=\"card\"><h3>";
  html.text(title) << "</h3><div class=\"figure ";
  html.text(count == 0 ? "good" : tone) << "\">";
  html.number(static_cast<long long>(count)) << "</div><div class=\"soft\">";
  html.text(below) << "</div></section>\n";
}

std::string or_nothing(std::string text) {
  return text.empty() ? "nothing" : text;
}

void write_figures(Html& html, const LedgerView& view, const Sums& sums) {
  html << "<div class=\"cards\">\n";
  write_figure(html, "Open authorisations", sums.open.count, "warn",
               or_nothing(amounts_of(sums.open)));
  write_figure(html, "Captured and not refunded", sums.captured.count, "warn",
               or_nothing(amounts_of(sums.captured)));
  write_figure(html, "Refunded twice", sums.refunded_twice, "bad", "must always be 0");
  write_figure(html, "Second refunds refused", view.tally.second_refunds_refused, "warn",
               "asked for without the first one's key");
  write_figure(html, "Idempotent replays", view.tally.idempotent_replays, "good",
               "the first answer given again");
  write_figure(html, "Key used for something else", view.tally.idempotency_conflicts, "bad",
               "answered idempotency_error");
  html << "</div>\n";
}

void write_counts(Html& html, std::string_view title,
                  std::initializer_list<std::pair<std::string_view, std::uint64_t>> counts) {
  html << "<p class=\"soft\">";
  html.text(title);
  std::string_view before = ": ";
  for (const auto& [name, count] : counts) {
    html.text(std::exchange(before, ", ")).text(name) << " ";
    html.number(static_cast<long long>(count));
  }
  html << "</p>\n";
}

// "2026-11-08 10:00:03"
std::string to_the_second(Instant instant) {
  auto text = format_instant(instant).substr(0, 19);
  text[10] = ' ';
  return text;
}

void write_payment(Html& html, const Intent& intent) {
  html << "<tr><td>";
  html.text(to_the_second(intent.created)) << "</td><td><code>";
  html.text(intent.id) << "</code></td><td>";
  html.text(intent.card == nullptr ? "" : intent.card->brand) << "</td><td class=\"";
  html.text(holds_money(intent) ? "warn" : "") << "\">";
  html.text(state_of(intent)) << "</td>";
  for (const auto amount : {intent.amount, intent.captured, intent.refunded()}) {
    html << "<td class=\"money\">";
    html.text(format_money(amount, intent.currency)) << "</td>";
  }
  html << "</tr>\n";
}

void write_payments(Html& html, std::span<const Intent* const> payments) {
  html << "<div class=\"scroll\" role=\"region\" aria-label=\"Payments\" tabindex=\"0\"><table>"
          "<thead><tr><th>Created (UTC)</th><th>Payment</th><th>Card</th><th>State</th>"
          "<th class=\"money\">Amount</th><th class=\"money\">Captured</th>"
          "<th class=\"money\">Refunded</th></tr></thead>\n<tbody>\n";
  for (const auto* intent : payments) write_payment(html, *intent);
  html << "</tbody></table></div>\n";
}

}  // namespace

web::Response ledger_page(const LedgerView& view) {
  const auto sums = view.ledger.sums();
  const auto all = view.ledger.newest_first();
  const auto shown = std::span(all).first(std::min(all.size(), shown_payments));
  Html html;
  write_head(html, "Ledger", true);
  html << "<p>A flow that cleans up leaves nothing open here, whatever goes wrong. "
          "<a href=\"/ledger.json\">JSON</a></p>\n";
  write_figures(html, view, sums);
  const auto& [postings, users, tickets] = view.left_behind;
  write_counts(html, "Left behind elsewhere",
               {{"hotel postings", postings}, {"users", users}, {"open tickets", tickets}});
  write_counts(html, "Webhooks",
               {{"delivered", view.webhooks.delivered},
                {"on their way", view.webhooks.pending},
                {"given up", view.webhooks.given_up},
                {"dropped", view.webhooks.dropped}});
  html << "<h2>Payments</h2>\n";
  if (!shown.empty()) write_payments(html, shown);
  html << "<p class=\"soft\">";
  html.number(static_cast<long long>(sums.payments)) << " in all, the newest ";
  html.number(static_cast<long long>(shown.size())) << " shown, ";
  html.number(static_cast<long long>(sums.unlisted))
      << " no longer listed; the sums have them all.</p>\n";
  return finish_page(html);
}

}  // namespace vedette::demo
