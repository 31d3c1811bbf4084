// SPDX-License-Identifier: Apache-2.0
#include "tests/support/dovecot.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <iterator>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

namespace vedette::test {
namespace {

constexpr std::array users{"alice", "bob", "carol", "dave"};

// {0} directory, {1} user, {2} group.
constexpr std::string_view frame = R"(
base_dir = {0}/run
state_dir = {0}/state
log_path = {0}/dovecot.log
protocols = imap pop3 lmtp
listen = 127.0.0.1
default_internal_user = {1}
default_internal_group = {2}
default_login_user = {1}
first_valid_uid = 1
first_valid_gid = 0
ssl = yes
ssl_cert = <{0}/cert.pem
ssl_key = <{0}/key.pem
auth_mechanisms = plain login cram-md5 scram-sha-1 scram-sha-256
auth_failure_delay = 0
mail_location = maildir:{0}/mail/%n
mail_plugins = quota
recipient_delimiter = +
lmtp_save_to_detail_mailbox = yes
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {0}/users
}}
userdb {{
  driver = passwd-file
  args = username_format=%u {0}/users
  default_fields = home={0}/mail/%n
}}
plugin {{
  quota = count:User quota
  quota_vsizes = yes
  quota_rule = *:storage=100M
  quota_grace = 0
}}
protocol imap {{
  mail_plugins = quota imap_quota
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Junk {{
    auto = create
    special_use = \Junk
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service auth {{
  unix_listener auth-client {{
    mode = 0666
  }}
}}
)";

constexpr std::string_view login_service = R"(
service {0}-login {{
  chroot =
  service_count = 0
  process_min_avail = 1
  inet_listener {0} {{
    port = {1}
  }}
  inet_listener {0}s {{
    port = {2}
    ssl = yes
  }}
}}
)";

constexpr std::string_view lmtp_service = R"(
service lmtp {{
  chroot =
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {}
  }}
}}
)";

bool is_root() {
  return ::geteuid() == 0;
}

struct Owner {
  uid_t user;
  gid_t group;
  std::string user_name;
  std::string group_name;
};

// Dovecot hands out no mail as root.
Owner owner() {
  const passwd* user = is_root() ? ::getpwnam("nobody") : ::getpwuid(::geteuid());
  if (user == nullptr) throw std::runtime_error("this machine has no user for Dovecot");
  const group* group = ::getgrgid(user->pw_gid);
  if (group == nullptr) throw std::runtime_error("this machine has no group for Dovecot");
  return {user->pw_uid, user->pw_gid, user->pw_name, group->gr_name};
}

void hand_over(const std::filesystem::path& path) {
  if (!is_root()) return;
  static const Owner who = owner();
  [[maybe_unused]] const int ignored = ::chown(path.c_str(), who.user, who.group);
}

std::vector<std::string> command(const std::filesystem::path& directory) {
  std::vector<std::string> words{"dovecot", "-F", "-c", (directory / "dovecot.conf").string()};
  if (is_root()) {
    const Owner who = owner();
    // The signal at the death of the test would be forgotten with the change of the user.
    words.insert(words.begin(), {"setpriv", "--reuid", who.user_name, "--regid", who.group_name,
                                 "--clear-groups", "--pdeathsig", "TERM"});
    words[8] = find_program("dovecot").string();
  }
  return words;
}

}  // namespace

DovecotServer::DovecotServer(const TlsFiles& tls, const DovecotOptions& options) : tls_(tls) {
  ::chmod(directory_.path().c_str(), 0755);
  for (const char* folder : {"run", "state", "mail"}) {
    std::filesystem::create_directory(directory_ / folder);
    hand_over(directory_ / folder);
  }
  hand_over(directory_.path());
  write_configuration(options.extra);
  make_passwords(options.salted);
  write_users();
  write_identity(options.identity);
  start();
}

void DovecotServer::write_configuration(const std::string& extra) {
  const Owner who = owner();
  std::string text =
      fmt::format(fmt::runtime(frame), directory_.path().string(), who.user_name, who.group_name);
  text += fmt::format(fmt::runtime(login_service), "imap", imap(), imaps());
  text += fmt::format(fmt::runtime(login_service), "pop3", pop3(), pop3s());
  text += fmt::format(fmt::runtime(lmtp_service), lmtp());
  hand_over(directory_.write("dovecot.conf", text + extra + "\n"));
}

// Replaced in one step, or a client that signs in at this moment finds half a file.
void DovecotServer::make_passwords(bool salted) {
  for (const char* user : users) {
    passwords_[user] = "{PLAIN}" + password_of(user);
    if (!salted) continue;
    const auto config = (directory_ / "dovecot.conf").string();
    Process made(
        {.command = {"doveadm", "-c", config, "pw", "-s", "SCRAM-SHA-256", "-p", password_of(user)},
         .output = directory_ / (std::string("password-") + user)});
    if (made.wait(std::chrono::seconds(10)) != 0) throw std::runtime_error(made.output());
    const std::string line = made.output();
    passwords_[user] = line.substr(0, line.find('\n'));
  }
}

void DovecotServer::write_users() {
  std::string text;
  for (const char* user : users) {
    const std::string rule = quotas_[user];
    text += fmt::format("{}:{}::::::{}\n", address_of(user), passwords_[user],
                        rule.empty() ? "" : "userdb_quota_rule=*:" + rule);
  }
  const auto fresh = directory_.write("users.new", text);
  hand_over(fresh);
  std::filesystem::rename(fresh, directory_ / "users");
}

void DovecotServer::write_identity(const std::string& identity) {
  hand_over(directory_.write("cert.pem", tls_.identity(identity).chain_pem));
  hand_over(directory_.write("key.pem", tls_.identity(identity).key_pem));
}

void DovecotServer::start() {
  server_.start({.command = command(directory_.path()),
                 .output = directory_ / "output.log",
                 .directory = directory_.path(),
                 .death_signal = SIGTERM},
                [this] { return log(); });
}

void DovecotServer::show(const std::string& identity) {
  stop();
  write_identity(identity);
  start();
}

void DovecotServer::set_quota(const std::string& user, const std::string& rule) {
  quotas_[user] = rule;
  write_users();
  // Dovecot looks at the file once in each second of the clock.
  using std::chrono::system_clock;
  std::this_thread::sleep_until(std::chrono::floor<std::chrono::seconds>(system_clock::now()) +
                                std::chrono::milliseconds(1001));
}

// Maildir++: folders lie beside the inbox's cur, new and tmp, with a dot before their name.
std::filesystem::path DovecotServer::folder_path(std::string_view user,
                                                 std::string_view folder) const {
  const auto inbox = directory_ / "mail" / user;
  return folder == "INBOX" ? inbox : inbox / fmt::format(".{}", folder);
}

void DovecotServer::deliver(std::string_view user, std::string_view message,
                            std::string_view folder) {
  const auto box = folder_path(user, folder);
  for (const auto& path :
       {directory_ / "mail" / user, box, box / "cur", box / "new", box / "tmp"}) {
    if (std::filesystem::create_directory(path)) hand_over(path);
  }
  const auto name = fmt::format("{}.M{}P{}.test", ::time(nullptr), ++delivered_, ::getpid());
  const auto written = directory_.write(name, message);
  hand_over(written);
  std::filesystem::rename(written, box / "new" / name);
}

void DovecotServer::clear() {
  for (const char* user : users) {
    std::error_code ignored;
    std::filesystem::remove_all(directory_ / "mail" / user, ignored);
  }
}

std::size_t DovecotServer::messages(std::string_view user, std::string_view folder) const {
  std::size_t count = 0;
  for (const char* part : {"new", "cur"}) {
    std::error_code none;
    const std::filesystem::directory_iterator files(folder_path(user, folder) / part, none);
    count += static_cast<std::size_t>(std::distance(begin(files), end(files)));
  }
  return count;
}

bool DovecotServer::installed() {
  const auto program = find_program("dovecot");
  if (program.empty()) return false;
  const TempDir directory;
  Process version({.command = {program.string(), "--version"}, .output = directory / "version"});
  version.wait(std::chrono::seconds(10));
  return version.output().starts_with("2.3.");
}

}  // namespace vedette::test
