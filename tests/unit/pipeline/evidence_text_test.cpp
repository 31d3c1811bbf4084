// SPDX-License-Identifier: Apache-2.0
// What is kept of a failure for the engineers: which lines, in which order, and not too many.
#include "agent/pipeline/evidence_text.h"

#include <gtest/gtest.h>

namespace vedette::pipeline {
namespace {

Result failed() {
  Result result;
  result.outcome = Outcome::fail;
  result.reason = Reason::expectation_failed;
  result.message = "status was 502, expected 200";
  return result;
}

TEST(EvidenceText, UnmetExpectationsThenFactsThenTranscript) {
  Result result = failed();
  result.evidence = {{"status: 200", "status was 502, expected 200", false},
                     {"body", "the body has \"ok\"", true},
                     {"total", "total was 3 s, expected less than 1 s", false}};
  result.facts = {{"status", std::int64_t{502}},
                  {"remote_address", "192.0.2.7"},
                  {"certificate_subject", "CN=shop.test"},
                  {"certificate_issuer", "CN=Test CA"},
                  {"certificate_names", std::vector<std::string>{"shop.test"}},
                  {"certificate_sha256", "ab12"},
                  {"certificate_not_after", "2026-11-01T00:00:00.000Z"},
                  {"tls_version", "TLS 1.3"}};
  result.transcript.add("> GET /");
  result.transcript.add("< 502");
  EXPECT_EQ(evidence_text(result),
            "total was 3 s, expected less than 1 s\n"
            "remote_address: 192.0.2.7\n"
            "certificate_subject: CN=shop.test\n"
            "certificate_issuer: CN=Test CA\n"
            "certificate_sha256: ab12\n"
            "certificate_not_after: 2026-11-01T00:00:00.000Z\n"
            "> GET /\n"
            "< 502");
}

TEST(EvidenceText, NothingToSayIsEmpty) {
  EXPECT_EQ(evidence_text(failed()), "");
}

TEST(EvidenceText, LongTranscriptIsCutAfterAWholeLine) {
  Result result = failed();
  const std::string line(99, 'x');
  for (int i = 0; i < 40; ++i) result.transcript.add(line);
  const std::string text = evidence_text(result);
  EXPECT_EQ(text.size(), 20 * 100 - 1U) << "20 lines of 100 bytes, the last without its newline";
  EXPECT_TRUE(text.ends_with("\n" + line));
}

TEST(EvidenceText, ExactlyFullLosesNothing) {
  Result result = failed();
  for (int i = 0; i < 8; ++i) result.transcript.add(std::string(255, 'x'));
  EXPECT_EQ(evidence_text(result).size(), most_evidence - 1);
  result.transcript.add("y");
  EXPECT_EQ(evidence_text(result).size(), most_evidence - 1);
}

TEST(EvidenceText, OneLongValueLeavesRoomForTheOthers) {
  Result result = failed();
  result.facts = {{"certificate_subject", "CN=" + std::string(100'000, 'x')},
                  {"certificate_sha256", "ab12"}};
  EXPECT_TRUE(evidence_text(result).ends_with("\ncertificate_sha256: ab12"));
}

}  // namespace
}  // namespace vedette::pipeline
