// SPDX-License-Identifier: Apache-2.0
#include "tests/support/process.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <sstream>
#include <stdexcept>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/temp_dir.h"

namespace vedette::test {
namespace {

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts) {
    result.push_back(text.data());
  }
  result.push_back(nullptr);
  return result;
}

std::vector<std::string> merged_environment(const std::map<std::string, std::string>& changes) {
  std::vector<std::string> result;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    if (!changes.contains(std::string(text.substr(0, text.find('='))))) {
      result.emplace_back(text);
    }
  }
  for (const auto& [name, value] : changes) {
    result.push_back(name + "=" + value);
  }
  return result;
}

// Everything the child needs, made before the fork: between fork and exec only system calls are
// safe.
struct Plan {
  std::string program;
  std::vector<std::string> arguments;
  std::vector<std::string> environment;
  std::vector<char*> argv;
  std::vector<char*> envp;
  std::string output;
  std::string directory;
  std::vector<int> inherit;
  int death_signal;
  pid_t parent = ::getpid();

  explicit Plan(const ProcessOptions& options)
      : program(find_program(options.command.at(0)).string()),
        arguments(options.command),
        environment(merged_environment(options.environment)),
        argv(pointers(arguments)),
        envp(pointers(environment)),
        output(options.output.empty() ? "/dev/null" : options.output.string()),
        directory(options.directory.string()),
        inherit(options.inherit),
        death_signal(options.death_signal) {
    if (program.empty()) {
      throw std::runtime_error("this machine has no program named " + options.command.at(0));
    }
  }
};

bool prepare_child(const Plan& plan) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, plan.death_signal);
  if (::getppid() != plan.parent) {
    return false;  // the parent died before the line above
  }
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::signal(SIGPIPE, SIG_DFL);
  const int null = ::open("/dev/null", O_RDONLY);
  const int out = ::open(plan.output.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (null < 0 || out < 0 || ::dup2(null, 0) < 0 || ::dup2(out, 1) < 0 || ::dup2(out, 2) < 0) {
    return false;
  }
  ::close(null);
  ::close(out);
  for (const int fd : plan.inherit) {
    if (::fcntl(fd, F_SETFD, 0) != 0) {
      return false;
    }
  }
  return plan.directory.empty() || ::chdir(plan.directory.c_str()) == 0;
}

[[noreturn]] void become(const Plan& plan, int complaints) {
  if (prepare_child(plan)) {
    ::execve(plan.program.c_str(), plan.argv.data(), plan.envp.data());
  }
  const int error = errno;
  [[maybe_unused]] const ssize_t written = ::write(complaints, &error, sizeof(error));
  ::_exit(127);
}

// The child's errno when it could not become the program; 0 when it did, which closes the pipe.
int child_error(int complaints) {
  int error = 0;
  ssize_t count = 0;
  do {
    count = ::read(complaints, &error, sizeof(error));
  } while (count < 0 && errno == EINTR);
  return count == sizeof(error) ? error : 0;
}

int exit_code(const siginfo_t& info) {
  return info.si_code == CLD_EXITED ? info.si_status : 128 + info.si_status;
}

}  // namespace

std::filesystem::path find_program(const std::string& name) {
  if (name.find('/') != std::string::npos) {
    return ::access(name.c_str(), X_OK) == 0 ? name : std::string();
  }
  const char* path = std::getenv("PATH");
  std::istringstream folders(std::string(path == nullptr ? "" : path) +
                             ":/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin");
  for (std::string folder; std::getline(folders, folder, ':');) {
    const std::filesystem::path candidate = std::filesystem::path(folder) / name;
    if (!folder.empty() && ::access(candidate.c_str(), X_OK) == 0) {
      return candidate;
    }
  }
  return {};
}

Process::Process(const ProcessOptions& options) : output_(options.output) {
  const Plan plan(options);
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    throw std::runtime_error("cannot make a pipe");
  }
  const Descriptor reader(ends[0]);
  Descriptor writer(ends[1]);
  pid_ = ::fork();
  if (pid_ == 0) {
    become(plan, writer.get());
  }
  if (pid_ < 0) {
    throw std::runtime_error("cannot fork for " + plan.program);
  }
  ::setpgid(pid_, pid_);  // the child does it too; whoever comes first
  writer = Descriptor();
  pidfd_ = Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
  if (const int error = child_error(reader.get()); error != 0) {
    kill();
    throw std::runtime_error("cannot start " + plan.program + ": " + std::strerror(error));
  }
}

Process::~Process() {
  kill();
}

bool Process::running() {
  return !wait(std::chrono::milliseconds(0)).has_value();
}

void Process::send_signal(int signal) {
  if (!exit_code_) {
    ::kill(pid_, signal);  // not reaped yet, so the number still is our child's
  }
}

void Process::send_group_signal(int signal) {
  if (!exit_code_) {
    ::kill(-pid_, signal);
  }
}

std::optional<int> Process::wait(std::chrono::milliseconds limit) {
  if (exit_code_) {
    return exit_code_;
  }
  const auto end = std::chrono::steady_clock::now() + limit;
  pollfd watched{pidfd_.get(), POLLIN, 0};
  int ready = 0;
  do {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(std::max(
        end - std::chrono::steady_clock::now(), std::chrono::steady_clock::duration::zero()));
    ready = ::poll(&watched, 1, static_cast<int>(left.count()));
  } while (ready < 0 && errno == EINTR);
  if (ready <= 0) {
    return std::nullopt;
  }
  reap();
  return exit_code_;
}

std::optional<int> Process::terminate(std::chrono::milliseconds limit) {
  send_signal(SIGTERM);
  const std::optional<int> code = wait(limit);
  kill();
  return code;
}

void Process::kill() {
  if (exit_code_) {
    return;
  }
  reap();
}

// Its children are ended first: once it is reaped, the number of its group may belong to somebody
// else.
void Process::reap() {
  send_group_signal(SIGKILL);
  siginfo_t info{};
  if (::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED) == 0) {
    exit_code_ = exit_code(info);
  }
}

std::string Process::output() const {
  return read_text_file(output_);
}

}  // namespace vedette::test
