// SPDX-License-Identifier: Apache-2.0
#include "probes/mailbox/run.h"

#include "probes/mailbox/canary.h"
#include "probes/mailbox/look.h"
#include "probes/mailbox/report.h"
#include "probes/net/toolbox.h"
#include "probes/round_trip/token.h"

namespace vedette::mailbox {
namespace {

using mail::Expected;

class Run {
 public:
  Run(const Settings& settings, net::Toolbox& net, std::string owner, Deadline deadline)
      : settings_(settings),
        owner_(std::move(owner)),
        deadline_(deadline),
        session_(net, settings.access.servers.front(), settings.mask),
        visit_{session_, {}, {}, {}} {}

  Awaitable<Result> visit(Memory memory) {
    const Instant started_at = wall_now();
    visit_.done = co_await go(std::move(memory), started_at);
    session_.close();
    Result result = report(settings_, visit_);
    result.started_at = started_at;
    if (visit_.decision) result.memory = write(visit_.decision->next);
    co_return result;
  }

 private:
  Awaitable<Expected<void>> go(Memory memory, Instant now) {
    auto step = co_await session_.open(deadline_);
    if (step) step = co_await session_.sign_in(*settings_.access.credentials, deadline_);
    if (!step) co_return step;
    session_.enter("command");
    LookFor what{settings_.mailbox, owner_, wants_quota()};
    auto seen = co_await look(session_, std::move(what), memory, deadline_);
    if (!seen) co_return std::unexpected(seen.error());
    visit_.decision = decide(settings_.limits, memory, *seen, now);
    visit_.decision->next.about = settings_.about();
    visit_.seen = *std::move(seen);
    if (visit_.decision->plant) step = co_await plant(now);
    if (!step) co_return step;
    // It has told all that was asked; how it says goodbye changes nothing.
    [[maybe_unused]] const auto goodbye = co_await session_.logout(deadline_);
    co_return Expected<void>{};
  }

  bool wants_quota() const {
    return settings_.limits.quota_below || session_.capabilities().has("QUOTA");
  }

  Awaitable<Expected<void>> plant(Instant now) {
    session_.enter("plant");
    const round_trip::Token token{owner_, std::chrono::floor<std::chrono::seconds>(now),
                                  round_trip::random_bits()};
    const auto planted =
        co_await session_.append(settings_.mailbox, "", compose_canary(token), deadline_);
    if (!planted) co_return std::unexpected(why_not_planted(planted.error()));
    const std::uint32_t uid = *planted ? (*planted)->uid : 0;
    visit_.decision->next.canary = Canary{token.text(), uid, {}};
    co_return Expected<void>{};
  }

  net::Failure why_not_planted(net::Failure failure) const {
    if (session_.refused() && session_.last_response().code == "OVERQUOTA")
      failure.reason = Reason::mailbox_full;
    failure.message = "the canary message cannot be put there: " + failure.message;
    return failure;
  }

  const Settings& settings_;
  const std::string owner_;
  const Deadline deadline_;
  mail::ImapSession session_;
  Visit visit_;
};

}  // namespace

Awaitable<Result> run(const Settings& settings, RunInput input) {
  Memory memory = read(input.memory, settings.about()).value_or(Memory());
  Run run(settings, input.net, round_trip::owner_of(input.identity), input.deadline);
  co_return co_await run.visit(std::move(memory));
}

}  // namespace vedette::mailbox
