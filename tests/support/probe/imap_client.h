// SPDX-License-Identifier: Apache-2.0
// An ordinary mail client: the portal that retrieves and deletes what it should leave alone.
#pragma once

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include <boost/asio/io_context.hpp>

#include "probes/mail/imap_session.h"
#include "probes/net/toolbox.h"
#include "tests/support/dovecot.h"
#include "tests/support/run_coroutine.h"

namespace vedette::test {

// One session of alice. Everything throws std::runtime_error when it fails.
class ImapClient {
 public:
  ImapClient(const DovecotServer& dovecot, const TlsFiles& tls) {
    net::ToolboxSettings settings;
    settings.ca_file = tls.root();
    net_ = std::make_unique<net::Toolbox>(loop_, settings);
    server_.endpoint.host = "localhost";
    server_.endpoint.port = dovecot.imaps();
    server_.encryption = mail::Encryption::implicit;
    session_ = std::make_unique<mail::ImapSession>(*net_, server_, mask_);
    must(session_->open(soon()));
    mail::Credentials alice;
    alice.username = DovecotServer::address_of("alice");
    alice.password = DovecotServer::password_of("alice");
    must(session_->sign_in(alice, soon()));
    session_->enter("command");
  }

  mail::ImapSession& session() { return *session_; }
  static Deadline soon() { return Deadline::in(std::chrono::seconds(10)); }
  template <class T>
  T must(Awaitable<net::Expected<T>> task) {
    auto result = run_coroutine(loop_, std::move(task));
    if (!result) throw std::runtime_error(result.error().message);
    if constexpr (!std::is_void_v<T>) return *std::move(result);
  }

  // "CREATE" and the like, of one folder.
  void command(const std::string& words, const std::string& folder) {
    mail::ImapCommand command(words);
    command.mailbox(folder);
    must(session_->run(std::move(command), soon()));
  }
  // Selects the folder.
  mail::Uids uids(const std::string& folder) {
    must(session_->select(folder, soon()));
    return must(session_->search("ALL", soon()));
  }
  // Whole messages, which makes them \Seen.
  void retrieve(mail::Uids which) { must(session_->fetch(std::move(which), "(BODY[])", soon())); }
  void remove(mail::Uids which) { must(session_->remove(std::move(which), soon())); }
  void flag(mail::Uids which, const std::string& change, const std::string& flag) {
    must(session_->store(std::move(which), change, flag, soon()));
  }

 private:
  boost::asio::io_context loop_{1};
  std::unique_ptr<net::Toolbox> net_;
  mail::Server server_;
  Mask mask_;
  std::unique_ptr<mail::ImapSession> session_;
};

}  // namespace vedette::test
