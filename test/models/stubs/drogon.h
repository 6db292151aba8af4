// The names of drogon, after its documentation: just enough to compile one use of each.
#pragma once
#include <string>

namespace drogon::orm { class DbClient; }
namespace drogon::orm { class Transaction; }
namespace drogon::orm { class Mapper; }
namespace drogon::orm { class CoroMapper; }
namespace drogon::orm {
class DbClient {
public:
  DbClient();
  DbClient(const DbClient&);
  ~DbClient();
  void execSqlSync(const std::string& a0);
  void execSqlAsync(const std::string& a0);
  void execSqlAsyncFuture(const std::string& a0);
  void execSqlCoro(const std::string& a0);
  drogon::orm::DbClient& operator<<(int a0);
  drogon::orm::Transaction newTransaction();
  void newTransactionAsync();
  void newTransactionCoro();
  void type();
  void connectionInfo();
  void hasAvailableConnections();
  void setTimeout();
  void closeAll();
  static drogon::orm::DbClient newPgClient();
  static drogon::orm::DbClient newMysqlClient();
  static drogon::orm::DbClient newSqlite3Client();
};
}
namespace drogon::orm {
class Transaction {
public:
  Transaction(const Transaction&);
  ~Transaction();
  Transaction();
  void rollback();
  void execSqlSync(const std::string& a0);
  void execSqlAsync(const std::string& a0);
  void execSqlAsyncFuture(const std::string& a0);
  void execSqlCoro(const std::string& a0);
  drogon::orm::Transaction& operator<<(int a0);
  void setCommitCallback();
};
}
namespace drogon::orm {
class Mapper {
public:
  Mapper();
  Mapper(const Mapper&);
  ~Mapper();
  explicit Mapper(drogon::orm::DbClient& on);
  void findByPrimaryKey();
  void findOne();
  void findBy();
  void findAll();
  void count();
  void findFutureOne();
  void findFutureBy();
  void findFutureAll();
  void insert();
  void update();
  void updateBy();
  void deleteOne();
  void deleteBy();
  void deleteByPrimaryKey();
  void insertFuture();
  void updateFuture();
  void limit();
  void offset();
  void orderBy();
  void paginate();
  void forUpdate();
};
}
namespace drogon::orm {
class CoroMapper {
public:
  CoroMapper();
  CoroMapper(const CoroMapper&);
  ~CoroMapper();
  explicit CoroMapper(drogon::orm::DbClient& on);
  void findByPrimaryKey();
  void findOne();
  void findBy();
  void findAll();
  void count();
  void findFutureOne();
  void findFutureBy();
  void findFutureAll();
  void insert();
  void update();
  void updateBy();
  void deleteOne();
  void deleteBy();
  void deleteByPrimaryKey();
  void insertFuture();
  void updateFuture();
  void limit();
  void offset();
  void orderBy();
  void paginate();
  void forUpdate();
};
}
