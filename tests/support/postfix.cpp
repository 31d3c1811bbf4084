// SPDX-License-Identifier: Apache-2.0
#include "tests/support/postfix.h"

#include <stdexcept>

#include <fmt/format.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

namespace vedette::test {
namespace {

constexpr std::string_view daemons = "/usr/lib/postfix/sbin";

// {0} directory, {1} folder of the daemons, {2} Dovecot's port for LMTP, {3} its socket for
// passwords.
constexpr std::string_view main_frame = R"(compatibility_level = 3.6
queue_directory = {0}/queue
data_directory = {0}/data
command_directory = /usr/sbin
daemon_directory = {1}
maillog_file = {0}/postfix.log
maillog_file_prefixes = {0}
myhostname = mail.shop.test
mydomain = shop.test
myorigin = shop.test
mydestination =
mynetworks =
inet_interfaces = loopback-only
inet_protocols = ipv4
alias_maps =
local_recipient_maps =
recipient_delimiter = +
virtual_mailbox_domains = shop.test
virtual_mailbox_maps = texthash:{0}/mailboxes
virtual_alias_maps = texthash:{0}/aliases
virtual_transport = lmtp:inet:127.0.0.1:{2}
default_transport = discard:
smtpd_peername_lookup = no
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_recipient_restrictions = check_recipient_access texthash:{0}/recipients
smtpd_tls_chain_files = {0}/key.pem, {0}/cert.pem
smtpd_tls_security_level = may
smtpd_tls_received_header = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = {3}
smtpd_error_sleep_time = 0
smtpd_soft_error_limit = 1000
smtpd_hard_error_limit = 1000
minimal_backoff_time = 1s
maximal_backoff_time = 1s
queue_run_delay = 1s
)";

constexpr std::string_view services = R"(cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
tlsmgr unix - - n 1000? 1 tlsmgr
postlog unix-dgram n - n - 1 postlogd
)";

// What each port has of its own.
std::string_view options_of(std::string_view port) {
  if (port == "submission") {
    return "  -o smtpd_tls_security_level=encrypt\n  -o smtpd_sasl_auth_enable=yes\n";
  }
  if (port == "smtps") {
    return "  -o smtpd_tls_wrappermode=yes\n  -o smtpd_sasl_auth_enable=yes\n";
  }
  if (port == "plain") {
    return "  -o smtpd_tls_security_level=none\n  -o smtpd_sasl_auth_enable=yes\n";
  }
  return port == "open_relay" ? "  -o mynetworks=127.0.0.0/8\n  -o "
                                "smtpd_relay_restrictions=permit_mynetworks,reject\n"
                              : "";
}

void make_folder(const std::filesystem::path& path, const char* user, const char* group,
                 mode_t mode) {
  std::filesystem::create_directories(path);
  const passwd* owner = ::getpwnam(user);
  const struct group* owners = ::getgrnam(group);
  if (owner == nullptr || owners == nullptr ||
      ::chown(path.c_str(), owner->pw_uid, owners->gr_gid) != 0 ||
      ::chmod(path.c_str(), mode) != 0) {
    throw std::runtime_error("cannot make a folder for postfix: " + path.string());
  }
}

}  // namespace

PostfixServer::PostfixServer(const TlsFiles& tls, const DovecotServer& mailboxes,
                             const PostfixOptions& options)
    : tls_(tls) {
  ::chmod(directory_.path().c_str(), 0755);
  make_queue();
  write_main(mailboxes, options.extra);
  write_services();
  write_maps(options);
  write_identity(options.identity);
  start();
}

// What `postfix check` would make, file by file, in half a second more.
void PostfixServer::make_queue() {
  const auto queue = directory_ / "queue";
  make_folder(queue, "root", "root", 0755);
  make_folder(queue / "pid", "root", "root", 0755);
  for (const char* name : {"active", "bounce", "corrupt", "defer", "deferred", "flush", "hold",
                           "incoming", "private", "saved", "trace"}) {
    make_folder(queue / name, "postfix", "root", 0700);
  }
  make_folder(queue / "maildrop", "postfix", "postdrop", 0730);
  make_folder(queue / "public", "postfix", "postdrop", 0710);
  make_folder(directory_ / "data", "postfix", "root", 0700);
}

void PostfixServer::write_main(const DovecotServer& mailboxes, const std::string& extra) {
  directory_.write("main.cf",
                   fmt::format(fmt::runtime(main_frame), directory_.path().string(), daemons,
                               mailboxes.lmtp(), mailboxes.auth_socket().string()) +
                       extra + "\n");
}

void PostfixServer::write_services() {
  std::string text;
  for (const auto& [name, listener] : server_.ports()) {
    text += fmt::format("127.0.0.1:{} inet n - n - - smtpd\n{}", listener.port(), options_of(name));
  }
  directory_.write("master.cf", text + std::string(services));
}

void PostfixServer::write_maps(const PostfixOptions& options) {
  std::map<std::string, std::string> rules{
      {"refused", "550 5.1.1 there is no such mailbox"},
      {"greylisted", "451 4.7.1 Greylisted, try again later"},
      {"crowded", "452 4.2.2 the mailbox is full"},
      {"slow", "sleep 2"},
  };
  for (const auto& [recipient, rule] : options.recipients) rules[recipient] = rule;
  std::string recipients;
  std::string mailboxes;
  for (const auto& [recipient, rule] : rules) {
    recipients += fmt::format("{}@shop.test {}\n", recipient, rule);
    mailboxes += fmt::format("{}@shop.test yes\n", recipient);
  }
  for (const char* user : {"alice", "bob", "carol", "dave"}) {
    mailboxes += fmt::format("{}@shop.test yes\n", user);
  }
  std::string aliases;
  for (const auto& [alias, targets] : options.aliases) {
    aliases += fmt::format("{}@shop.test {}\n", alias, targets);
  }
  directory_.write("recipients", recipients);
  directory_.write("mailboxes", mailboxes);
  directory_.write("aliases", aliases);
}

void PostfixServer::write_identity(const std::string& identity) {
  directory_.write("cert.pem", tls_.identity(identity).chain_pem);
  directory_.write("key.pem", tls_.identity(identity).key_pem);
}

void PostfixServer::start() {
  // A master changes its user now and then, which makes it forget that it is to die with the test;
  // hence a limit to its life.
  server_.start({.command = {fmt::format("{}/master", daemons), "-c", directory_.path().string(),
                             "-d", "-e", "600"},
                 .output = directory_ / "output.log",
                 .directory = directory_.path()},
                [this] { return log(); });
}

void PostfixServer::show(const std::string& identity) {
  stop();
  write_identity(identity);
  start();
}

bool PostfixServer::installed() {
  return ::geteuid() == 0 && !find_program(fmt::format("{}/master", daemons)).empty();
}

}  // namespace vedette::test
