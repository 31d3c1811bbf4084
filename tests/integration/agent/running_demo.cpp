// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/agent/running_demo.h"

#include <regex>
#include <stdexcept>

#include <boost/json/parse.hpp>

#include "tests/support/wait_for.h"
#include "tests_config/paths.h"

namespace vedette::test {

RunningDemo::RunningDemo(const std::filesystem::path& output)
    : process_({.command = {VEDETTE_BINARY, "demo", "--listen", "127.0.0.1:0", "--seed", "1"},
                .output = output}) {
  static const std::regex line("The shop is open: +http://127.0.0.1:([0-9]+)/");
  std::smatch match;
  std::string words;
  const bool listens = wait_for([&] {
    words = process_.output();
    return std::regex_search(words, match, line);
  });
  if (!listens) throw std::runtime_error("the demo does not listen: " + words);
  port_ = static_cast<std::uint16_t>(std::stoi(match[1]));
}

void RunningDemo::turn(const std::string& name, const std::string& mode) const {
  const auto answer = post("/switches/" + name + "/" + mode);
  if (answer.status != 200) throw std::runtime_error("no such switch: " + name + "/" + mode);
}

HttpAnswer RunningDemo::post(const std::string& path, const std::string& form,
                             const std::string& extra_head) const {
  return http_request(port_, "POST", path, extra_head, form);
}

boost::json::value RunningDemo::ledger() const {
  return boost::json::parse(http_get(port_, "/ledger.json").body);
}

}  // namespace vedette::test
