// SPDX-License-Identifier: Apache-2.0
// Signing in, user licences, and the users that take one each.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "agent/demo/kit/dice.h"
#include "agent/demo/kit/switches.h"
#include "agent/web/router.h"
#include "probes/net/lru.h"

namespace vedette::demo {

// Used on one loop only; outlives its requests.
class Accounts {
 public:
  // The one who may sign in; no secret.
  static constexpr auto user = "canary";
  static constexpr auto password = "canary";
  static constexpr std::size_t licences = 25;
  static constexpr std::size_t staff = 5;  // users who are always there, each with a licence

  // Both outlive the accounts.
  Accounts(const Switches& switches, Dice& dice) : switches_(switches), dice_(dice) {}
  Accounts(const Accounts&) = delete;
  Accounts& operator=(const Accounts&) = delete;

  // /api/login, /api/licences, /api/users.
  std::vector<web::Route> routes();
  // Those who were added and not deleted.
  std::size_t users_left() const { return users_.size(); }

 private:
  web::Response sign_in(const web::Request& request);
  web::Response show_licences(const web::Request& request);
  web::Response add_user(const web::Request& request);
  web::Response show_user(const web::Request& request);
  web::Response delete_user(const web::Request& request);

  bool is_signed_in(const web::Request& request);
  std::size_t licences_left() const;

  const Switches& switches_;
  Dice& dice_;
  net::Lru<std::string, bool> sessions_{200};
  std::map<std::string, std::string> users_;  // id -> name; as many as there are licences
};

}  // namespace vedette::demo
