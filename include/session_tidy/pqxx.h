// scope.h for libpqxx, whose transactions are objects: a scope on a connection holds a pqxx::work
// and hands that out, a read_scope a pqxx::read_transaction.
#pragma once

#include <pqxx/connection>
#include <pqxx/transaction>
#include <session_tidy/traits.h>

namespace session_tidy {

template <class C>
struct session_traits<
    C, std::enable_if_t<std::is_base_of_v<
           std::remove_reference_t<decltype(std::declval<pqxx::work&>().conn())>, C>>> {
  static pqxx::work begin(C& connection) { return pqxx::work(connection); }
  static pqxx::read_transaction begin_read(C& connection) {
    return pqxx::read_transaction(connection);
  }
  static void commit(C& /*connection*/, pqxx::work& transaction) { transaction.commit(); }
  template <class T>
  static void rollback(C& /*connection*/, T& transaction) {
    transaction.abort();
  }
};

} // namespace session_tidy
