// A03: opened when first used, closed by a method that the destructor calls.
// library: soci sqlitecpp sqlite3 poco
#include <Poco/Data/Session.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <soci/soci.h>
#include <sqlite3.h>

#include <memory>
#include <string>
#include <utility>

class Delivery {
public:
  explicit Delivery(std::string dsn) : dsn_(std::move(dsn)) {}
  Delivery(const Delivery&) = delete;
  Delivery& operator=(const Delivery&) = delete;
  ~Delivery() { close(); }
  void close() {
    delete sql_;
    sql_ = nullptr;
  }
  void deliver(int mail) {
    if (sql_ == nullptr)
      sql_ = new soci::session(dsn_);
    *sql_ << "UPDATE mails SET sent = 1 WHERE id = :m", soci::use(mail);
  }

private:
  std::string dsn_;
  soci::session* sql_ = nullptr;
};

class Lexicon {
public:
  explicit Lexicon(std::string path) : path_(std::move(path)) {}
  int size() { return db().execAndGet("SELECT count(*) FROM words").getInt(); }
  void close() { db_.reset(); }

private:
  SQLite::Database& db() {
    if (!db_)
      db_ = std::make_unique<SQLite::Database>(path_);
    return *db_;
  }
  std::string path_;
  std::unique_ptr<SQLite::Database> db_;
};

// A failed open is closed like any other.
class Cache {
public:
  Cache() = default;
  Cache(const Cache&) = delete;
  Cache& operator=(const Cache&) = delete;
  ~Cache() { close(); }
  bool open(const char* path) {
    if (db_ != nullptr)
      return true;
    if (sqlite3_open(path, &db_) == SQLITE_OK)
      return true;
    close();
    return false;
  }
  void close() {
    if (db_ != nullptr)
      sqlite3_close(db_);
    db_ = nullptr;
  }

private:
  sqlite3* db_ = nullptr;
};

class Shop {
public:
  Shop() = default;
  Shop(const Shop&) = delete;
  Shop& operator=(const Shop&) = delete;
  virtual ~Shop() { disconnect(); }
  void connect(const std::string& path) {
    disconnect();
    session_ = new Poco::Data::Session("SQLite", path);
  }

protected:
  void disconnect() {
    if (!session_)
      return;
    delete session_;
    session_ = nullptr;
  }

private:
  Poco::Data::Session* session_ = nullptr;
};
