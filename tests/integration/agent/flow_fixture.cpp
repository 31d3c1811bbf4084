// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/agent/flow_fixture.h"

#include <boost/json/parse.hpp>

#include "tests_config/paths.h"

namespace vedette::test {
namespace {

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
    text.replace(at, what.size(), with);
  return text;
}

}  // namespace

std::string FlowTest::example() const {
  return replaced(read_text_file(VEDETTE_SOURCE_DIR "/config/examples/flows.yaml"),
                  "127.0.0.1:9877", fmt::format("127.0.0.1:{}", demo.port()));
}

std::string FlowTest::quick_payment(const std::string& more, const std::string& card,
                                    const std::string& pace) const {
  return fmt::format(R"(  - name: payment
    component: shop
    every: {3}
    timeout: {3}
    flow:
      values: {{gateway: "http://127.0.0.1:{0}/v1"}}
      {1}
      steps:
        - name: authorise
          http:
            url: "${{gateway}}/payment_intents"
            form: {{amount: "100", currency: eur, card: "{2}", "metadata[run]": "${{run.id}}"}}
            expect: {{json: {{$.status: requires_capture}}}}
          capture: {{intent: $.id}}
          amount: 1.00 EUR
          cleanup:
            - name: look
              http: {{url: "${{gateway}}/payment_intents/${{intent}}"}}
              capture: {{state: $.status}}
            - name: cancel
              only_if: {{state: requires_capture}}
              http: {{method: POST, url: "${{gateway}}/payment_intents/${{intent}}/cancel"}}
        - name: capture
          http: {{method: POST, url: "${{gateway}}/payment_intents/${{intent}}/capture"}}
          capture: {{received: $.amount_received}}
          undoes: [authorise]
          cleanup:
            - name: look
              only_if: {{received: {{present: false}}}}
              http: {{url: "${{gateway}}/payment_intents/${{intent}}"}}
              capture: {{received: $.amount_received}}
            - name: refund
              only_if: {{received: {{greater_than: 0}}}}
              http: &refund
                url: "${{gateway}}/refunds"
                headers: {{Idempotency-Key: "refund-${{run.id}}"}}
                form: {{payment_intent: "${{intent}}"}}
        - name: refund
          http: *refund
          undoes: [capture]
)",
                     demo.port(), more, card, pace);
}

std::filesystem::path FlowTest::agent_config(const std::string& checks, const std::string& name) {
  ConfigText config;
  config.store = (dir / "vedette.db").string();
  config.checks = checks;
  return dir.write(name, config.text());
}

boost::json::array FlowTest::check(const std::string& name, int exit_code) {
  const auto config = dir.write("flows.yaml", example());
  Process process(
      {.command = {VEDETTE_BINARY, "check", config, name, "--json", "--log-level", "off"},
       .output = dir / fmt::format("check-{}", ++checked_)});
  EXPECT_EQ(process.wait(std::chrono::seconds(60)), exit_code) << process.output();
  // The report is one line; what is said beside it stands around it.
  const auto output = process.output();
  const auto begin = output.find("[{");
  return boost::json::parse(output.substr(begin, output.find('\n', begin) - begin)).as_array();
}

std::int64_t FlowTest::count(const std::string& pile) const {
  return demo.ledger().at(pile).at("count").to_number<std::int64_t>();
}

void FlowTest::expect_clean_ledger() const {
  EXPECT_EQ(count("open_authorisations"), 0);
  EXPECT_EQ(count("captured_not_refunded"), 0);
  EXPECT_EQ(demo.ledger().at("refunded_twice").to_number<std::int64_t>(), 0);
}

}  // namespace vedette::test
