// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/net/tls_client.h"

#include <array>
#include <utility>

#include <fmt/format.h>

namespace vedette::test {
namespace {

std::size_t keep(char* data, std::size_t size, std::size_t count, void* body) {
  static_cast<std::string*>(body)->append(data, size * count);
  return size * count;
}

struct FreesEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct FreesList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

}  // namespace

std::string TlsRun::verdict() const {
  return failure ? std::string(text(failure->reason)) : "pass";
}

TlsClient::TlsClient(net::TlsEngineSettings settings) : engine_(std::move(settings)) {}

TlsRun TlsClient::get(std::uint16_t port, const std::string& host,
                      const net::TlsSettings& settings) {
  bool again = false;
  TlsRun run = attempt(port, host, settings, again);
  run.attempts = 1;
  if (!again) return run;
  run = attempt(port, host, settings, again);
  run.attempts = 2;
  return run;
}

TlsRun TlsClient::attempt(std::uint16_t port, const std::string& host,
                          const net::TlsSettings& settings, bool& again) {
  TlsRun run;
  std::array<char, CURL_ERROR_SIZE> words{};
  const std::unique_ptr<curl_slist, FreesList> pin(curl_slist_append(nullptr, "::127.0.0.1:"));
  const std::unique_ptr<CURL, FreesEasy> easy(curl_easy_init());
  curl_easy_setopt(easy.get(), CURLOPT_URL, fmt::format("https://{}:{}/", host, port).c_str());
  curl_easy_setopt(easy.get(), CURLOPT_CONNECT_TO, pin.get());
  curl_easy_setopt(easy.get(), CURLOPT_TIMEOUT_MS, 10000L);
  curl_easy_setopt(easy.get(), CURLOPT_ERRORBUFFER, words.data());
  curl_easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, keep);
  curl_easy_setopt(easy.get(), CURLOPT_WRITEDATA, &run.body);
  curl_easy_setopt(easy.get(), CURLOPT_NOPROXY, "*");
  const auto session = engine_.attach(easy.get(), settings, host);
  {
    const auto scope = engine_.enter(session->context());
    run.code = curl_easy_perform(easy.get());
  }
  run.words = words.data();
  run.context = session->context();
  run.facts = session->facts();
  run.failure = session->failure();
  if (run.code != CURLE_OK && !run.failure) run.failure = net::handshake_failure(run.words);
  session->finish(run.code == CURLE_OK);
  again =
      run.code != CURLE_OK && run.code != CURLE_OPERATION_TIMEDOUT && session->wants_full_context();
  return run;
}

}  // namespace vedette::test
