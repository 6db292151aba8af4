// Tile cache of a map viewer on SQLiteCpp: writers, caches, lazy statements
// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

namespace tiles {

using Blob = std::vector<unsigned char>;

class Batch {
public:
  explicit Batch(SQLite::Database& db) : db_(db), depth_(std::uncaught_exceptions()) { db_.exec("BEGIN"); }
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;
  ~Batch() {
    const bool failed = std::uncaught_exceptions() > depth_;
    db_.tryExec(failed ? "ROLLBACK" : "COMMIT");
  }

private:
  SQLite::Database& db_;
  int depth_;
};

}  // namespace tiles
