// SPDX-License-Identifier: Apache-2.0
#include "tests/support/starttls_servers.h"

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

#include "tests/support/free_port.h"
#include "tests/support/port_answers.h"
#include "tests/support/wait_for.h"

namespace vedette::test {
namespace {

namespace fs = std::filesystem;
using Kind = StartTlsServer::Kind;

// The newest of what Debian installs side by side; empty when there is none.
fs::path postgres_program(const std::string& name) {
  fs::path newest;
  std::error_code error;
  for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", error)) {
    const fs::path program = version.path() / "bin" / name;
    if (fs::exists(program) && program > newest) newest = program;
  }
  return newest;
}

std::string program_of(Kind kind) {
  switch (kind) {
    case Kind::ldap:
      return "slapd";
    case Kind::xmpp:
      return "prosody";
    case Kind::ftp:
      return "vsftpd";
    case Kind::postgres:
      return postgres_program("postgres");
  }
  return {};
}

std::string slapd_conf(const fs::path& folder, const std::string& chain, const std::string& key) {
  return fmt::format("pidfile {}/slapd.pid\nTLSCertificateFile {}\nTLSCertificateKeyFile {}\n",
                     folder.string(), chain, key);
}

std::string vsftpd_conf(std::uint16_t port, const std::string& chain, const std::string& key) {
  return fmt::format(
      "listen=YES\nlisten_address=127.0.0.1\nlisten_port={}\nbackground=NO\n"
      "run_as_launching_user=YES\nanonymous_enable=YES\nssl_enable=YES\nallow_anon_ssl=YES\n"
      "ssl_tlsv1=YES\nseccomp_sandbox=NO\nrsa_cert_file={}\nrsa_private_key_file={}\n",
      port, chain, key);
}

std::string prosody_conf(const fs::path& folder, std::uint16_t port, const std::string& chain,
                         const std::string& key) {
  return fmt::format(
      R"(run_as_root = true
daemonize = false
pidfile = "{0}/prosody.pid"
data_path = "{0}"
interfaces = {{ "127.0.0.1" }}
c2s_ports = {{ {1} }}
modules_enabled = {{ "tls"; "saslauth" }}
modules_disabled = {{ "s2s" }}
c2s_require_encryption = true
log = {{ info = "*console" }}
VirtualHost "shop.test"
  ssl = {{ key = "{3}"; certificate = "{2}" }}
)",
      folder.string(), port, chain, key);
}

// PostgreSQL does not run as root: then as "nobody", who must own its files.
std::vector<std::string> as_nobody(std::vector<std::string> command) {
  if (::geteuid() != 0) return command;
  std::vector<std::string> out{"setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"};
  std::ranges::move(command, std::back_inserter(out));
  return out;
}

void run_to_end(const std::vector<std::string>& command, const fs::path& output) {
  Process process({.command = command, .output = output});
  if (process.wait(std::chrono::seconds(60)) != 0) {
    throw std::runtime_error(command.front() + " failed: " + process.output());
  }
}

void give_to_nobody(const fs::path& folder, const fs::path& output) {
  if (::geteuid() != 0) return;
  run_to_end({"chown", "-R", "nobody:nogroup", folder.string()}, output);
}

std::vector<std::string> postgres_command(const fs::path& folder, std::uint16_t port,
                                          const std::string& chain, const std::string& key) {
  const fs::path output = folder / "setup.log";
  fs::copy_file(chain, folder / "chain.pem");
  fs::copy_file(key, folder / "key.pem");
  fs::permissions(folder / "key.pem", fs::perms::owner_read | fs::perms::owner_write);
  give_to_nobody(folder, output);
  const std::string data = folder / "data";
  run_to_end(as_nobody({postgres_program("initdb"), "-D", data, "-A", "trust", "--no-sync", "-E",
                        "UTF8", "--locale=C"}),
             output);
  return as_nobody({postgres_program("postgres"), "-D", data, "-h", "127.0.0.1", "-p",
                    std::to_string(port), "-k", folder.string(), "-c", "ssl=on", "-c",
                    fmt::format("ssl_cert_file={}/chain.pem", folder.string()), "-c",
                    fmt::format("ssl_key_file={}/key.pem", folder.string()), "-c", "fsync=off"});
}

}  // namespace

bool StartTlsServer::installed(Kind kind) {
  const std::string program = program_of(kind);
  return !program.empty() && !find_program(program).empty();
}

std::vector<std::string> StartTlsServer::command(Kind kind, const TlsFiles& tls) const {
  const fs::path& folder = directory_.path();
  const std::string chain = tls.chain("good");
  const std::string key = tls.key("good");
  switch (kind) {
    case Kind::ldap: {
      const auto conf = directory_.write("slapd.conf", slapd_conf(folder, chain, key));
      return {"slapd", "-h", fmt::format("ldap://127.0.0.1:{}", port_), "-f", conf, "-d", "0"};
    }
    case Kind::xmpp: {
      const auto conf = directory_.write("prosody.lua", prosody_conf(folder, port_, chain, key));
      return {"prosody", "--config", conf, "-F"};
    }
    case Kind::ftp: {
      const auto conf = directory_.write("vsftpd.conf", vsftpd_conf(port_, chain, key));
      return {"vsftpd", conf};
    }
    case Kind::postgres:
      return postgres_command(folder, port_, chain, key);
  }
  return {};
}

StartTlsServer::StartTlsServer(Kind kind, const TlsFiles& tls) : port_(free_port()) {
  const fs::path log = directory_ / "server.log";
  process_.emplace(ProcessOptions{.command = command(kind, tls), .output = log});
  const bool up = wait_for([&] { return port_answers(port_) || !process_->running(); },
                           std::chrono::seconds(30));
  if (!up || !process_->running()) {
    throw std::runtime_error(program_of(kind) + " did not start: " + process_->output());
  }
}

}  // namespace vedette::test
