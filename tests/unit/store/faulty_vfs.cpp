// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/store/faulty_vfs.h"

#include <cstddef>
#include <cstdlib>
#include <optional>

#include <sqlite3.h>

namespace vedette::store::test {
namespace {

struct Plan {
  int countdown = 0;  // 0: no fault armed
  FaultyVfs::Fault fault{};
  FaultyVfs::Lasting lasting{};
  bool struck = false;
  int log_syncs = 0;
};

// SQLite's callbacks are C functions without a place for a pointer of ours.
Plan plan;
sqlite3_vfs shim;

struct File {
  sqlite3_file base;  // what SQLite sees
  bool is_log;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File* own(sqlite3_file* file) {
  return reinterpret_cast<File*>(file);
}
sqlite3_file* real(sqlite3_file* file) {
  return own(file)->real();
}
sqlite3_vfs* real_vfs() {
  return static_cast<sqlite3_vfs*>(shim.pAppData);
}

int code_of(FaultyVfs::Fault fault) {
  switch (fault) {
    case FaultyVfs::Fault::write_error:
      return SQLITE_IOERR_WRITE;
    case FaultyVfs::Fault::disk_full:
      return SQLITE_FULL;
    case FaultyVfs::Fault::sync_error:
      break;
  }
  return SQLITE_IOERR_FSYNC;
}

std::optional<int> fault_at(bool is_sync) {
  const bool concerns = is_sync == (plan.fault == FaultyVfs::Fault::sync_error);
  if (plan.countdown == 0 || !concerns) return std::nullopt;
  if (plan.countdown > 1) {
    --plan.countdown;
    return std::nullopt;
  }
  if (plan.lasting == FaultyVfs::Lasting::once) plan.countdown = 0;
  plan.struck = true;
  return code_of(plan.fault);
}

int close_file(sqlite3_file* file) {
  return real(file)->pMethods->xClose(real(file));
}
int read_file(sqlite3_file* file, void* to, int size, sqlite3_int64 offset) {
  return real(file)->pMethods->xRead(real(file), to, size, offset);
}
int write_file(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset) {
  if (const auto fault = fault_at(false)) {
    // Half of it gets through, as on a real disk.
    real(file)->pMethods->xWrite(real(file), from, size / 2, offset);
    return *fault;
  }
  return real(file)->pMethods->xWrite(real(file), from, size, offset);
}
int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  if (const auto fault = fault_at(false)) return *fault;
  return real(file)->pMethods->xTruncate(real(file), size);
}
int sync_file(sqlite3_file* file, int flags) {
  if (own(file)->is_log) ++plan.log_syncs;
  if (const auto fault = fault_at(true)) return *fault;
  return real(file)->pMethods->xSync(real(file), flags);
}
int file_size(sqlite3_file* file, sqlite3_int64* size) {
  return real(file)->pMethods->xFileSize(real(file), size);
}
int lock_file(sqlite3_file* file, int level) {
  return real(file)->pMethods->xLock(real(file), level);
}
int unlock_file(sqlite3_file* file, int level) {
  return real(file)->pMethods->xUnlock(real(file), level);
}
int check_lock(sqlite3_file* file, int* held) {
  return real(file)->pMethods->xCheckReservedLock(real(file), held);
}
int control(sqlite3_file* file, int what, void* argument) {
  return real(file)->pMethods->xFileControl(real(file), what, argument);
}
int sector_size(sqlite3_file* file) {
  return real(file)->pMethods->xSectorSize(real(file));
}
int characteristics(sqlite3_file* file) {
  return real(file)->pMethods->xDeviceCharacteristics(real(file));
}
int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** where) {
  return real(file)->pMethods->xShmMap(real(file), page, size, extend, where);
}
int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
  return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}
void shm_barrier(sqlite3_file* file) {
  real(file)->pMethods->xShmBarrier(real(file));
}
int shm_unmap(sqlite3_file* file, int remove) {
  return real(file)->pMethods->xShmUnmap(real(file), remove);
}

constexpr sqlite3_io_methods methods{
    2,         close_file,  read_file,  write_file, truncate_file, sync_file,       file_size,
    lock_file, unlock_file, check_lock, control,    sector_size,   characteristics, shm_map,
    shm_lock,  shm_barrier, shm_unmap,  nullptr,    nullptr};

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* flags_out) {
  File* opened = own(file);
  opened->is_log = (flags & SQLITE_OPEN_WAL) != 0;
  opened->base.pMethods = nullptr;
  const int code = real_vfs()->xOpen(real_vfs(), name, opened->real(), flags, flags_out);
  if (opened->real()->pMethods != nullptr) opened->base.pMethods = &methods;
  return code;
}

}  // namespace

FaultyVfs::FaultyVfs() {
  if (shim.pAppData != nullptr) std::abort();
  sqlite3_initialize();
  sqlite3_vfs* plain = sqlite3_vfs_find(nullptr);
  shim = *plain;
  shim.zName = "faulty";
  shim.pAppData = plain;
  shim.szOsFile = static_cast<int>(sizeof(File)) + plain->szOsFile;
  shim.xOpen = open_file;
  plan = {};
  sqlite3_vfs_register(&shim, 1);
}

FaultyVfs::~FaultyVfs() {
  sqlite3_vfs_unregister(&shim);
  shim.pAppData = nullptr;
}

void FaultyVfs::fail(int nth, Fault fault, Lasting lasting) {
  const int log_syncs_so_far = plan.log_syncs;
  plan = {nth, fault, lasting, false, log_syncs_so_far};
}

void FaultyVfs::mend() {
  plan.countdown = 0;
}
bool FaultyVfs::struck() const {
  return plan.struck;
}
int FaultyVfs::log_syncs() const {
  return plan.log_syncs;
}

}  // namespace vedette::store::test
