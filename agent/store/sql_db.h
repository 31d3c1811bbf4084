// SPDX-License-Identifier: Apache-2.0
// A thin face on SQLite's C API: connection, statements, rows, transactions.
// Errors stick: after the first statement that failed, the later ones do nothing until the next
// transaction begins, and commit() tells the error. So the code of the tables reads as what it
// does. Ask ok() before acting on what was read.
#pragma once

#include <concepts>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "agent/store/store.h"
#include "probes/clock.h"

struct sqlite3;
struct sqlite3_stmt;

namespace vedette::store {

class Db;

// One use of a prepared statement; ready for the next use when it goes. Texts must live as long.
class Statement {
 public:
  Statement(Db& db, sqlite3_stmt* handle) : db_(db), handle_(handle) {}
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  template <class... Values>
  void bind(const Values&... values) {
    int position = 0;
    (bind_one(++position, values), ...);
  }
  // True: there is a row to read.
  bool step();

  std::string text(int column) const;
  std::int64_t integer(int column) const;
  bool boolean(int column) const { return integer(column) != 0; }
  Instant instant(int column) const { return Instant(Duration(integer(column))); }
  std::optional<std::string> maybe_text(int column) const;
  std::optional<Instant> maybe_instant(int column) const;

 private:
  void bind_null(int position);
  void bind_integer(int position, std::int64_t value);
  void bind_text(int position, std::string_view value);
  void check(int code);

  template <std::integral Integer>
  void bind_one(int position, Integer value) {
    bind_integer(position, static_cast<std::int64_t>(value));
  }
  void bind_one(int position, std::string_view value) { bind_text(position, value); }
  void bind_one(int position, Instant value) {
    bind_integer(position, value.time_since_epoch().count());
  }
  template <class T>
  void bind_one(int position, const std::optional<T>& value) {
    value ? bind_one(position, *value) : bind_null(position);
  }

  Db& db_;
  sqlite3_stmt* handle_;  // null: an earlier statement failed, do nothing
};

class Db {
 public:
  // The connection alone: no schema, no settings but a short wait for locks.
  static Expected<std::unique_ptr<Db>> open(const std::string& path);
  ~Db();
  Db(const Db&) = delete;
  Db& operator=(const Db&) = delete;

  template <class... Values>
  void run(std::string_view sql, const Values&... values) {
    query(
        sql, [](const Statement&) {}, values...);
  }
  // `on_row` is called with each row; it must not use the same text of SQL again.
  template <class OnRow, class... Values>
  void query(std::string_view sql, OnRow&& on_row, const Values&... values) {
    Statement statement(*this, prepare(sql));
    statement.bind(values...);
    while (statement.step()) on_row(std::as_const(statement));
  }
  // Several statements without values, not kept prepared.
  void script(const std::string& sql);

  bool ok() const { return !error_; }
  // Notes an error of our own; the first one stays.
  void fail(Error error);
  // Nothing or the error that stuck, which is forgotten by this.
  Expected<void> finish();

  // The file under this connection was moved, deleted or replaced: what is written now would be
  // lost.
  bool moved() const;
  // Carries the log over into the file and empties it. A log left behind would be taken for that of
  // a new file.
  void empty_log();
  const std::string& path() const { return path_; }

 private:
  friend class Statement;
  friend class Transaction;

  Db(std::string path, sqlite3* handle) : path_(std::move(path)), handle_(handle) {}
  sqlite3_stmt* prepare(std::string_view sql);
  void check(int code);
  void sync();
  void roll_back();

  struct Close {
    void operator()(sqlite3_stmt* statement) const;
  };
  std::string path_;
  sqlite3* handle_;
  std::map<std::string, std::unique_ptr<sqlite3_stmt, Close>, std::less<>> prepared_;
  std::optional<Error> error_;
};

// Rolled back unless committed. `write` takes the lock at once, so that nobody writes between our
// reading and writing.
class Transaction {
 public:
  enum class Kind { read, write };
  // What a commit outlives: the end of the process, or a loss of power too (this waits for the
  // disk).
  enum class Outlives { process, power };

  Transaction(Db& db, Kind kind);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  Expected<void> commit(Outlives outlives = Outlives::process);

 private:
  Db& db_;
  bool open_ = true;
};

}  // namespace vedette::store
