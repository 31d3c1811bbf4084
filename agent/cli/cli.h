// SPDX-License-Identifier: Apache-2.0
// The command line: words in, exit code out.
#pragma once

namespace vedette::cli {

// 0: done and well; 1: done, and something failed; 2: bad input. Never throws.
int run(int argc, char** argv);

}  // namespace vedette::cli
