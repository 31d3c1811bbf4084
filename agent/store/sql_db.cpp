// SPDX-License-Identifier: Apache-2.0
#include "agent/store/sql_db.h"

#include <cstddef>

#include <fmt/core.h>
#include <sqlite3.h>

#include "agent/store/sql_error.h"

namespace vedette::store {
namespace {

// Another process (a backup, a person with a shell) may hold the lock for a moment. Longer than
// this is an error that the caller tries again: the store thread has others to serve.
constexpr int lock_wait_ms = 250;

}  // namespace

Statement::~Statement() {
  if (handle_ == nullptr) return;
  sqlite3_reset(handle_);
  sqlite3_clear_bindings(handle_);
}

bool Statement::step() {
  if (handle_ == nullptr || !db_.ok()) return false;
  const int code = sqlite3_step(handle_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) check(code);
  return false;
}

std::string Statement::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_, column));
  return bytes == nullptr ? std::string() : std::string(bytes, size);
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(handle_, column);
}

std::optional<std::string> Statement::maybe_text(int column) const {
  if (sqlite3_column_type(handle_, column) == SQLITE_NULL) return std::nullopt;
  return text(column);
}

std::optional<Instant> Statement::maybe_instant(int column) const {
  if (sqlite3_column_type(handle_, column) == SQLITE_NULL) return std::nullopt;
  return instant(column);
}

void Statement::bind_null(int position) {
  if (handle_ != nullptr) check(sqlite3_bind_null(handle_, position));
}

void Statement::bind_integer(int position, std::int64_t value) {
  if (handle_ != nullptr) check(sqlite3_bind_int64(handle_, position, value));
}

void Statement::bind_text(int position, std::string_view value) {
  if (handle_ == nullptr) return;
  // An empty view may hold a null pointer, which SQLite would take for NULL.
  const char* bytes = value.empty() ? "" : value.data();
  check(sqlite3_bind_text64(handle_, position, bytes, value.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void Statement::check(int code) {
  db_.check(code);
}

Expected<std::unique_ptr<Db>> Db::open(const std::string& path) {
  sqlite3* handle = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
                    SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  std::unique_ptr<Db> db(new Db(path, handle));
  if (code != SQLITE_OK) return std::unexpected(sql_error(path, handle, code));
  sqlite3_busy_timeout(handle, lock_wait_ms);
  return db;
}

Db::~Db() {
  prepared_.clear();
  sqlite3_close(handle_);
}

void Db::Close::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

sqlite3_stmt* Db::prepare(std::string_view sql) {
  if (!ok()) return nullptr;
  if (const auto found = prepared_.find(sql); found != prepared_.end()) return found->second.get();
  sqlite3_stmt* statement = nullptr;
  check(sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                           SQLITE_PREPARE_PERSISTENT, &statement, nullptr));
  if (statement != nullptr) prepared_.emplace(sql, statement);
  return statement;
}

void Db::script(const std::string& sql) {
  if (ok()) check(sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr));
}

void Db::check(int code) {
  if (code != SQLITE_OK) fail(sql_error(path_, handle_, code));
}

void Db::fail(Error error) {
  if (ok()) error_ = std::move(error);
}

Expected<void> Db::finish() {
  if (ok()) return {};
  return std::unexpected(*std::exchange(error_, std::nullopt));
}

bool Db::moved() const {
  int moved = 0;
  const int code = sqlite3_file_control(handle_, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
  return code == SQLITE_OK && moved != 0;
}

void Db::empty_log() {
  // Where that fails there is nothing more to be done about it: the connection is given up anyway.
  sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
}

// With synchronous=NORMAL a commit is in the log file, but not yet on the disk. This puts the log
// on the disk.
void Db::sync() {
  sqlite3_file* log = nullptr;
  const int code = sqlite3_file_control(handle_, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
  const bool in_a_file = code == SQLITE_OK && log != nullptr && log->pMethods != nullptr;
  if (in_a_file) check(log->pMethods->xSync(log, SQLITE_SYNC_NORMAL));
}

void Db::roll_back() {
  // Serious errors have rolled back already. Should the roll-back fail, the next BEGIN fails and
  // says so.
  if (sqlite3_get_autocommit(handle_) != 0) return;
  sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
}

Transaction::Transaction(Db& db, Kind kind) : db_(db) {
  db_.error_.reset();
  db_.run(kind == Kind::write ? "BEGIN IMMEDIATE" : "BEGIN");
}

Transaction::~Transaction() {
  if (open_) db_.roll_back();
}

Expected<void> Transaction::commit(Outlives outlives) {
  db_.run("COMMIT");
  if (!db_.ok()) db_.roll_back();
  open_ = false;
  if (db_.ok() && outlives == Outlives::power) db_.sync();
  return db_.finish();
}

}  // namespace vedette::store
