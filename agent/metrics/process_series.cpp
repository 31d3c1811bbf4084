// SPDX-License-Identifier: Apache-2.0
#include "agent/metrics/process_series.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string_view>
#include <vector>

#include <sys/resource.h>
#include <unistd.h>

#include "agent/metrics/text_format.h"
#include "probes/result.h"

namespace vedette::metrics {
namespace {

// Fields of /proc/self/stat as proc(5) counts them, from 1.
enum Field { user_ticks = 14, system_ticks = 15, start_ticks = 22, virtual_bytes = 23, pages = 24 };

class Stat {
 public:
  Stat() {
    std::ifstream file("/proc/self/stat");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto name_end = text.rfind(')');  // the name may hold blanks and brackets
    if (name_end == std::string::npos) return;
    std::istringstream rest(text.substr(name_end + 1));
    for (std::string field; rest >> field;) fields_.push_back(std::move(field));
  }

  double operator[](Field field) const {
    constexpr std::size_t first = 3;  // the field after the name
    const std::size_t at = field - first;
    return at < fields_.size() ? std::strtod(fields_[at].c_str(), nullptr) : not_seen;
  }

 private:
  std::vector<std::string> fields_;
};

double per_second(double ticks) {
  return ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

// When the machine was started, in Unix time: it does not change.
double boot_time() {
  static const double seconds = [] {
    std::ifstream file("/proc/stat");
    for (std::string line; std::getline(file, line);) {
      constexpr std::string_view key = "btime ";
      if (line.starts_with(key)) return std::strtod(line.c_str() + key.size(), nullptr);
    }
    return not_seen;
  }();
  return seconds;
}

double open_descriptors() {
  std::error_code error;
  const std::filesystem::directory_iterator files("/proc/self/fd", error);
  if (error) return not_seen;
  return static_cast<double>(std::distance(begin(files), end(files)) - 1);  // but for this one
}

double most_descriptors() {
  rlimit limit{};
  return getrlimit(RLIMIT_NOFILE, &limit) == 0 ? static_cast<double>(limit.rlim_cur) : not_seen;
}

}  // namespace

void render_process(std::string& out) {
  const Stat stat;
  const auto write = [&](const Metric& metric, double value) {
    FamilyWriter(out, metric).sample({}, {}, value);
  };
  write(names::process_cpu, per_second(stat[user_ticks] + stat[system_ticks]));
  write(names::process_resident, stat[pages] * static_cast<double>(sysconf(_SC_PAGESIZE)));
  write(names::process_virtual, stat[virtual_bytes]);
  write(names::process_open_fds, open_descriptors());
  write(names::process_max_fds, most_descriptors());
  write(names::process_start, boot_time() + per_second(stat[start_ticks]));
}

}  // namespace vedette::metrics
