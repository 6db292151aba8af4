// How a transaction begins and ends in libraries that are recognised by what they offer, without
// their headers: whatever is not included costs nothing and needs not be there.
#pragma once

#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

namespace session_tidy {

/// A begin, commit or rollback that a library reports by a result, not by an exception.
class error : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

namespace detail {

template <class F>
void demand(const char* what, F&& act) {
  if constexpr (std::is_void_v<decltype(act())>) {
    act();
  } else {
    if (!act()) throw error(std::string(what) + " failed");
  }
}

/// No result, or one that tells success.
template <class R>
constexpr bool plain_result = std::is_void_v<R> || std::is_same_v<std::remove_cv_t<R>, bool>;

// ---- classes with begin(), commit() and rollback(): SOCI, Poco::Data, most classes of one's own

template <class S, class = void>
struct begins_by_method : std::false_type {};
template <class S>
struct begins_by_method<
    S, std::void_t<decltype(std::declval<S&>().begin()), decltype(std::declval<S&>().commit()),
                   decltype(std::declval<S&>().rollback())>>
    : std::bool_constant<plain_result<decltype(std::declval<S&>().begin())> &&
                         plain_result<decltype(std::declval<S&>().commit())>> {};

template <class S>
struct methods {
  static void begin(S& session) {
    demand("begin", [&] { return session.begin(); });
  }
  static void commit(S& session) {
    demand("commit", [&] { return session.commit(); });
  }
  static void rollback(S& session) { session.rollback(); }
};

// ---- Qt SQL: transaction(), commit(), rollback() tell by bool; copies share the connection

template <class S, class = void>
struct begins_like_qt : std::false_type {};
template <class S>
struct begins_like_qt<
    S, std::void_t<decltype(std::declval<S&>().lastError()), decltype(std::declval<S&>().driver())>>
    : std::is_same<decltype(std::declval<S&>().transaction()), bool> {};

/// Whether the class of Qt's errors is known as well: QSqlDatabase's header only names it.
template <class S, class = void>
struct tells_error : std::false_type {};
template <class S>
struct tells_error<S, std::void_t<decltype(std::declval<S&>().lastError().text().toStdString())>>
    : std::true_type {};

template <class S>
struct qt_methods {
  static constexpr bool is_handle = true;
  static void begin(S& session) { demand(session, "begin", session.transaction()); }
  static void commit(S& session) { demand(session, "commit", session.commit()); }
  static void rollback(S& session) { demand(session, "rollback", session.rollback()); }

private:
  static void demand(S& session, const char* what, bool worked) {
    if (worked) return;
    if constexpr (tells_error<S>::value)
      throw error(what + (": " + session.lastError().text().toStdString()));
    else
      throw error(std::string(what) + " failed");
  }
};

// ---- SQLiteCpp: SQL text, exceptions

template <class S, class = void>
struct begins_like_sqlitecpp : std::false_type {};
template <class S>
struct begins_like_sqlitecpp<
    S, std::void_t<decltype(std::declval<S&>().exec("")), decltype(std::declval<S&>().tryExec("")),
                   decltype(sqlite3_get_autocommit(std::declval<S&>().getHandle()))>>
    : std::true_type {};

template <class S>
struct sqlitecpp_text {
  static void begin(S& session) { session.exec("BEGIN"); }
  static void commit(S& session) { session.exec("COMMIT"); }
  static void rollback(S& session) {
    if (sqlite3_get_autocommit(session.getHandle()) == 0) session.exec("ROLLBACK");
  }
};

// ---- sqlite3

template <class H, class = void>
struct is_sqlite3 : std::false_type {};
template <class H>
struct is_sqlite3<
    H, std::void_t<decltype(sqlite3_exec(std::declval<H>(), "", nullptr, nullptr, nullptr))>>
    : std::is_pointer<H> {};

template <class H>
struct sqlite3_calls {
  static constexpr bool is_handle = true;
  static void begin(H& db) { run(db, "BEGIN"); }
  static void commit(H& db) { run(db, "COMMIT"); }
  static void rollback(H& db) {
    // After some errors SQLite has rolled back by itself.
    if (sqlite3_get_autocommit(db) == 0) run(db, "ROLLBACK");
  }

private:
  static void run(H& db, const char* sql) {
    if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != 0)
      throw error(sql + (": " + std::string(sqlite3_errmsg(db))));
  }
};

// ---- libpq

template <class H, class = void>
struct is_libpq : std::false_type {};
template <class H>
struct is_libpq<H, std::void_t<decltype(PQresultStatus(PQexec(std::declval<H>(), "")))>>
    : std::is_pointer<H> {};

template <class H>
struct libpq_calls {
  static constexpr bool is_handle = true;
  static void begin(H& connection) { run(connection, "BEGIN"); }
  static void begin_read(H& connection) { run(connection, "BEGIN READ ONLY"); }
  static void commit(H& connection) {
    // The server answers the COMMIT of a failed transaction with a successful ROLLBACK.
    if (run(connection, "COMMIT") == "ROLLBACK")
      throw error("COMMIT: a statement had failed, the transaction was rolled back");
  }
  static void rollback(H& connection) {
    constexpr int idle = 0; // PQTRANS_IDLE
    if (static_cast<int>(PQtransactionStatus(connection)) != idle) run(connection, "ROLLBACK");
  }

private:
  static std::string run(H& connection, const char* sql) {
    constexpr int done = 1; // PGRES_COMMAND_OK
    auto* result = PQexec(connection, sql);
    const bool worked = static_cast<int>(PQresultStatus(result)) == done;
    const char* answer = worked ? PQcmdStatus(result) : "";
    std::string text = worked ? answer : PQerrorMessage(connection);
    PQclear(result);
    if (!worked) throw error(sql + (": " + text));
    return text;
  }
};

// ---- MariaDB and MySQL

template <class H, class = void>
struct is_mysql : std::false_type {};
template <class H>
struct is_mysql<H, std::void_t<decltype(mysql_query(std::declval<H>(), "")),
                               decltype(mysql_commit(std::declval<H>()))>> : std::is_pointer<H> {};

template <class H>
struct mysql_calls {
  static constexpr bool is_handle = true;
  static void begin(H& db) { demand(db, "begin", mysql_query(db, "START TRANSACTION") == 0); }
  static void begin_read(H& db) {
    demand(db, "begin", mysql_query(db, "START TRANSACTION READ ONLY") == 0);
  }
  static void commit(H& db) { demand(db, "commit", !mysql_commit(db)); }
  static void rollback(H& db) { demand(db, "rollback", !mysql_rollback(db)); }

private:
  static void demand(H& db, const char* what, bool worked) {
    if (!worked) throw error(what + (": " + std::string(mysql_error(db))));
  }
};

// ----

struct no_session {};

template <class S>
constexpr auto shape_of() {
  if constexpr (is_sqlite3<S>::value)
    return sqlite3_calls<S>{};
  else if constexpr (is_libpq<S>::value)
    return libpq_calls<S>{};
  else if constexpr (is_mysql<S>::value)
    return mysql_calls<S>{};
  else if constexpr (begins_by_method<S>::value)
    return methods<S>{};
  else if constexpr (begins_like_qt<S>::value)
    return qt_methods<S>{};
  else if constexpr (begins_like_sqlitecpp<S>::value)
    return sqlitecpp_text<S>{};
  else
    return no_session{};
}

} // namespace detail
} // namespace session_tidy
