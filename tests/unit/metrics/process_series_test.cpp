// SPDX-License-Identifier: Apache-2.0
#include "agent/metrics/process_series.h"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/free_port.h"

namespace vedette::metrics {
namespace {

double process_value(const std::string& name) {
  std::string text;
  render_process(text);
  const auto at = text.find("\n" + name + " ");
  return at == std::string::npos ? -1 : std::stod(text.substr(at + name.size() + 2));
}

TEST(ProcessSeries, MemoryIsThatOfThisProcess) {
  EXPECT_GT(process_value("process_resident_memory_bytes"), 1 << 20);
  EXPECT_GT(process_value("process_virtual_memory_bytes"),
            process_value("process_resident_memory_bytes"));
}

TEST(ProcessSeries, ProcessorTimeGrowsWithWork) {
  const auto before = process_value("process_cpu_seconds_total");
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  auto after = before;
  while (after <= before && std::chrono::steady_clock::now() < give_up)
    after = process_value("process_cpu_seconds_total");
  EXPECT_GT(after, before);
}

TEST(ProcessSeries, AnOpenDescriptorIsCounted) {
  const auto before = process_value("process_open_fds");
  const test::Listener listener;
  EXPECT_EQ(process_value("process_open_fds"), before + 1);
  EXPECT_GE(process_value("process_max_fds"), before + 1);
}

TEST(ProcessSeries, TheStartIsAMomentAgo) {
  const std::chrono::duration<double> now = std::chrono::system_clock::now().time_since_epoch();
  const auto start = process_value("process_start_time_seconds");
  EXPECT_LT(start, now.count() + 2);
  EXPECT_GT(start, now.count() - 3600);
}

}  // namespace
}  // namespace vedette::metrics
