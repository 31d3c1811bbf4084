// SPDX-License-Identifier: Apache-2.0
// The whole demo without a network: requests go in, answers and deliveries come out.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gtest/gtest.h>

#include "agent/demo/shop.h"
#include "tests/support/run_coroutine.h"

namespace vedette::demo {

// Keeps what it should deliver.
class KeepingCourier final : public Courier {
 public:
  void send(Delivery delivery) override { sent.push_back(std::move(delivery)); }
  DeliveryCounts counts() const override { return {.delivered = sent.size()}; }

  std::vector<std::string> event_types() const {
    std::vector<std::string> types;
    for (const auto& delivery : sent) {
      types.emplace_back(boost::json::parse(*delivery.body).at("type").as_string());
    }
    return types;
  }

  std::vector<Delivery> sent;
};

class DemoTest : public testing::Test {
 protected:
  static constexpr Duration slowness{40};
  static constexpr Duration lateness{60};

  web::Response ask_at(Shop& shop, const std::string& method, const std::string& path,
                       const std::string& body = {}, std::vector<web::Header> headers = {}) {
    web::Request request;
    const auto question = path.find('?');
    request.method = method;
    request.path = path.substr(0, question);
    if (question != std::string::npos) request.query = path.substr(question + 1);
    request.body = body;
    request.headers = std::move(headers);
    return test::run_coroutine(loop_, shop.handle(request));
  }
  web::Response ask(const std::string& method, const std::string& path,
                    const std::string& body = {}, std::vector<web::Header> headers = {}) {
    return ask_at(shop_, method, path, body, std::move(headers));
  }
  int status(const std::string& method, const std::string& path, const std::string& body = {}) {
    return ask(method, path, body).status;
  }
  static boost::json::value json(const web::Response& response) {
    return boost::json::parse(*response.body);
  }
  boost::json::value get(const std::string& path) { return json(ask("GET", path)); }
  boost::json::value post(const std::string& path, const std::string& body = {}) {
    return json(ask("POST", path, body));
  }
  web::Response post_once(const std::string& key, const std::string& path,
                          const std::string& body = {}) {
    return ask("POST", path, body, {{"Idempotency-Key", key}});
  }
  // "STATUS TYPE CODE PARAM", without what is absent.
  static std::string error_of(const web::Response& response) {
    const auto answer = json(response);
    std::string words = std::to_string(response.status);
    if (!answer.as_object().contains("error")) return words;
    for (const auto* name : {"type", "code", "param", "decline_code"}) {
      if (const auto* word = answer.at("error").as_object().if_contains(name)) {
        words += " " + std::string(word->as_string());
      }
    }
    return words;
  }
  std::string refusal(const std::string& path, const std::string& body = {}) {
    return error_of(ask("POST", path, body));
  }
  void turn(const std::string& name, const std::string& mode) {
    ASSERT_EQ(status("POST", "/switches/" + name + "/" + mode), 200) << name << " " << mode;
  }
  // The path of a new payment that is authorised and not captured.
  std::string authorised(const std::string& form = "amount=100&currency=eur&card=visa") {
    return "/v1/payment_intents/" + text(post("/v1/payment_intents", form), "id");
  }
  static std::string id_in(const std::string& path) { return path.substr(path.rfind('/') + 1); }
  std::string refund(const std::string& path, const std::string& more = {}) {
    return refusal("/v1/refunds", "payment_intent=" + id_in(path) + more);
  }
  static std::string text(const boost::json::value& object, const std::string& key) {
    return std::string(object.at(key).as_string());
  }
  static std::int64_t number(const boost::json::value& object, const std::string& key) {
    return object.at(key).to_number<std::int64_t>();
  }
  std::int64_t pile(const std::string& name) {
    return number(get("/ledger.json").at(name), "count");
  }

  boost::asio::io_context loop_;
  KeepingCourier courier_;
  Shop shop_{courier_, {.seed = 7, .slowness = slowness, .lateness = lateness}};
};

}  // namespace vedette::demo
