// Library lending on Poco::Data: own guards, repositories, lazy sessions, flags
// library: poco
#include <Poco/Data/DataException.h>
#include <Poco/Data/RecordSet.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
#include <Poco/Logger.h>

#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lending {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::SessionPool;
using Poco::Data::Statement;
using Poco::Data::Transaction;

class Repository {
public:
  explicit Repository(Session session) : session_(std::move(session)) {}

  int count(std::string table) {
    int n = 0;
    session_ << "SELECT COUNT(*) FROM " + table, into(n), now;
    return n;
  }

  void merge(int from, int to) {
    Transaction tx(session_);
    session_ << "UPDATE loan SET reader = ? WHERE reader = ?", use(to), use(from), now;
    session_ << "DELETE FROM reader WHERE id = ?", use(from), now;
    tx.commit();
  }

  void mergeInSteps(int from, int to) {
    Transaction loans(session_);
    session_ << "UPDATE loan SET reader = ? WHERE reader = ?", use(to), use(from), now;
    loans.commit();
    Transaction readers(session_);
    session_ << "DELETE FROM reader WHERE id = ?", use(from), now;
    readers.commit();  // expect: session-multiple-commits
  }

  void transaction(const std::function<void(Session&)>& work) {
    session_.begin();
    try {
      work(session_);
      session_.commit();
    } catch (...) {
      session_.rollback();
      throw;
    }
  }

  void quickly(const std::function<void(Session&)>& work) {
    session_.begin();  // expect: session-missing-rollback
    work(session_);
    session_.commit();
  }

private:
  Session session_;
};

}  // namespace lending
