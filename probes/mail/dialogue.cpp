// SPDX-License-Identifier: Apache-2.0
#include "probes/mail/dialogue.h"

namespace vedette::mail {

Awaitable<net::Expected<void>> Dialogue::send(std::string line, std::string shown,
                                              Deadline deadline) {
  note("> " + shown);
  co_return co_await stream_.write(std::move(line) + "\r\n", deadline);
}

}  // namespace vedette::mail
