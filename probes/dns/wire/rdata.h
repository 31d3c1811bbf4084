// SPDX-License-Identifier: Apache-2.0
// The data of a record in presentation form, as `dig` shows it: "10 mail.example.com."
#pragma once

#include <optional>
#include <string>

#include "probes/dns/wire/reader.h"

namespace vedette::dns {

// `data` is just the record's data (Reader::part). Types that are not known here, and known ones of
// foreign classes, are written as `\# 4 0A000001` (RFC 3597). Nothing when the data does not fit
// its type: too short, or something is left over. Names come in lower case.
std::optional<std::string> rdata_text(std::uint16_t type, std::uint16_t klass, Reader data);

}  // namespace vedette::dns
