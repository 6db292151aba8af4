// The two ways to a session: one that commits when the work is done, and one that only reads.
#pragma once

#include "session.h"

#include <memory>
#include <type_traits>
#include <utility>

namespace backup {

/// Runs the work in a transaction: committed at its end, rolled back when an exception leaves it.
template <class Work>
auto inTransaction(Session& db, Work&& work) {
  db.begin();
  try {
    if constexpr (std::is_void_v<std::invoke_result_t<Work, Session&>>) {
      std::forward<Work>(work)(db);
      db.commit();
    } else {
      auto result = std::forward<Work>(work)(db);
      db.commit();
      return result;
    }
  } catch (...) {
    db.rollback();
    throw;
  }
}

/// The same on a session of its own, which is closed afterwards.
template <class Work>
auto withSession(Work&& work) {
  const std::unique_ptr<Session> db(openSession());
  return inTransaction(*db, std::forward<Work>(work));
}

/// A session of its own that is never committed.
template <class Work>
auto reading(Work&& work) {
  const std::unique_ptr<Session> db(openSession());
  return std::forward<Work>(work)(*db);
}

} // namespace backup
