// SPDX-License-Identifier: Apache-2.0
#include "agent/cli/logging.h"

#include <boost/json/serialize.hpp>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

namespace vedette::cli {
namespace {

// %J: the message as a JSON string, quotes included.
class JsonMessage : public spdlog::custom_flag_formatter {
 public:
  void format(const spdlog::details::log_msg& message, const std::tm&,
              spdlog::memory_buf_t& out) override {
    const std::string quoted = boost::json::serialize(
        boost::json::string_view(message.payload.data(), message.payload.size()));
    out.append(quoted);
  }
  std::unique_ptr<custom_flag_formatter> clone() const override {
    return std::make_unique<JsonMessage>();
  }
};

std::unique_ptr<spdlog::formatter> json_formatter() {
  auto formatter = std::make_unique<spdlog::pattern_formatter>(spdlog::pattern_time_type::utc);
  formatter->add_flag<JsonMessage>('J').set_pattern(
      R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l","message":%J})");
  return formatter;
}

std::unique_ptr<spdlog::formatter> text_formatter() {
  return std::make_unique<spdlog::pattern_formatter>("%Y-%m-%dT%H:%M:%S.%eZ %^%-7l%$ %v",
                                                     spdlog::pattern_time_type::utc);
}

}  // namespace

void set_up_logging(const LogSettings& settings) {
  auto logger = isatty(STDERR_FILENO) != 0 ? spdlog::stderr_color_mt("vedette")
                                           : spdlog::stderr_logger_mt("vedette");
  logger->set_level(spdlog::level::from_str(settings.level));
  logger->set_formatter(settings.format == "json" ? json_formatter() : text_formatter());
  spdlog::set_default_logger(std::move(logger));
}

}  // namespace vedette::cli
