// SPDX-License-Identifier: Apache-2.0
// A disk that fails on command: SQLite's own file layer with a counter in front of everything that
// changes a file.
#pragma once

#include <functional>
#include <string>

namespace vedette::store::test {

// While it lives, every SQLite file opened in this process goes through it. One at a time; one
// thread.
class FaultyVfs {
 public:
  enum class Fault { write_error, disk_full, sync_error };
  enum class Lasting { once, until_mended };

  FaultyVfs();
  ~FaultyVfs();
  FaultyVfs(const FaultyVfs&) = delete;
  FaultyVfs& operator=(const FaultyVfs&) = delete;

  // The nth change from now on fails (1: the next one). With sync_error only syncs count, else
  // writes and truncations.
  void fail(int nth, Fault fault, Lasting lasting);
  void mend();
  // Whether the fault has struck since fail().
  bool struck() const;
  // How often a log file was put on the disk since the beginning.
  int log_syncs() const;
};

}  // namespace vedette::store::test
