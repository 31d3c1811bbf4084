// SPDX-License-Identifier: Apache-2.0
// Steps that may have had an effect although they failed, against servers that do the work and then
// misbehave: all of them are cleaned up after.
#include <algorithm>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "agent/flows/memory_journal.h"
#include "config/document.h"
#include "probes/flow/services.h"
#include "probes/net/toolbox.h"
#include "probes/registry/registry.h"
#include "tests/support/run_coroutine.h"
#include "tests/support/scripted_server.h"
#include "tests/support/temp_dir.h"
#include "tests/support/tls_files.h"

namespace vedette::test {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::StartsWith;

// A step of which nothing has to be known to undo it; `more` are keys of it.
std::string pay_and_undo(const ScriptedServer& server, const std::string& more = {}) {
  return fmt::format(R"(
  - name: pay
    http: {{method: POST, url: "{}"}}
    {}
    cleanup:
      - {{name: undo, http: {{method: POST, url: "{}"}}}}
)",
                     server.url("/pay"), more, server.url("/undo"));
}

struct DoubtfulStep : testing::Test {
  Result run(const std::string& steps) {
    config::Problems problems;
    const auto document = config::parse("cleanup_within: 1s\nsteps:\n" + steps, "flow", problems);
    const auto type = std::ranges::find(probe_types(), "flow", &ProbeType::name);
    if (document) probe = type->parse(*document, problems);
    if (!probe) throw std::runtime_error(problems.text());
    return run_coroutine(loop, probe->run({net, Deadline::in(10s), {}, 1, &services}));
  }

  std::unique_ptr<const Probe> probe;  // results refer to its steps
  flows::MemoryJournal journal;
  flow::Services services{"payment", &journal, nullptr, {}};
  boost::asio::io_context loop;
  net::ToolboxSettings toolbox;
  net::Toolbox net{loop, toolbox};
};

// Does what "/pay" asks for and hangs up, refuses it ever after, and undoes it when asked to.
TEST_F(DoubtfulStep, ThatIsRepeatedIsUndoneForTheSakeOfItsFirstAttempt) {
  const ScriptedServer server({Script().read_request().hang_up(), http_script([](const auto& text) {
                                 return text.starts_with("POST /pay") ? http_answer("422 No", "")
                                                                      : http_answer("200 OK", "");
                               })});
  const auto result = run(pay_and_undo(server, "repeat: {every: 10ms, within: 200ms}"));
  EXPECT_EQ(result.outcome, Outcome::fail);
  EXPECT_THAT(server.requests(), Contains(StartsWith("POST /undo")));
  EXPECT_TRUE(journal.left().empty());
}

TEST_F(DoubtfulStep, WhoseAnswerLacksAPartIsUndoneByTheOther) {
  const ScriptedServer server(http_script([](const auto& text) {
    return http_answer("200 OK", text.starts_with("POST /pay") ? R"({"id": "pi_1"})" : "");
  }));
  const auto result = run(fmt::format(R"(
  - name: pay
    http: {{method: POST, url: "{0}"}}
    capture: {{amount: $.amount, intent: $.id}}
    cleanup:
      - {{name: undo, http: {{method: POST, url: "{0}/${{intent}}/undo"}}}}
)",
                                      server.url("/pay")));
  EXPECT_EQ(result.outcome, Outcome::fail);
  EXPECT_THAT(server.requests(), Contains(StartsWith("POST /pay/pi_1/undo")));
}

TEST_F(DoubtfulStep, ThatIsDoneAndRedirectedToNowhereIsUndone) {
  const ScriptedServer server(http_script([](const auto& text) {
    if (text.starts_with("POST /undo")) return http_answer("200 OK", "");
    if (text.starts_with("GET /gone")) return http_answer("404 Not Found", "");
    return http_answer("303 See Other", "", "Location: /gone\r\n");
  }));
  const auto result = run(pay_and_undo(server));
  EXPECT_EQ(result.outcome, Outcome::fail);
  EXPECT_THAT(server.requests(), Contains(StartsWith("POST /undo")));
}

// The server takes the payment in on a connection that was kept and goes away; libcurl tries again
// by itself, and meets a stranger.
TEST_F(DoubtfulStep, ThatGotLostOnAKeptConnectionIsNotForgottenWhenTheNextOneFails) {
  const auto ours = Authority::root("ours");
  const Script kept = Script()
                          .handshake(ours.issue({.ip = {"127.0.0.1"}}))
                          .read_request()
                          .send(http_answer("200 OK", ""))
                          .read_request()
                          .hang_up();
  const Script stranger =
      Script().handshake(self_signed({.ip = {"127.0.0.1"}})).read_request().hang_up();
  const ScriptedServer server({kept, stranger});
  const TempDir dir;
  const auto root = dir.write("root.pem", ours.pem());
  const auto result = run(fmt::format(R"(
  - name: log in
    http: {{url: "{0}", tls: {{ca_file: {1}}}}}
  - name: pay
    http: {{method: POST, url: "{0}", tls: {{ca_file: {1}}}}}
    cleanup:
      - {{name: undo, http: {{method: POST, url: "{0}", tls: {{ca_file: {1}}}}}}}
)",
                                      server.https(), root.string()));
  EXPECT_EQ(result.step, "pay") << result.message;
  EXPECT_EQ(std::ranges::count_if(server.requests(),
                                  [](const auto& text) { return text.starts_with("POST"); }),
            1);
  ASSERT_EQ(journal.left().size(), 1U);
  EXPECT_EQ(journal.left()[0].step, "pay");
}

}  // namespace
}  // namespace vedette::test
