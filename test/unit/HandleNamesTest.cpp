// What the functions of interfaces in the style of C do, by their names.
#include "model/HandleNames.h"

#include "model/ShapeNames.h"

#include <gtest/gtest.h>

namespace session_tidy::model {
namespace {

std::optional<Op> operationOf(std::string_view name) {
  return handleOperation(nameWords(name));
}

TEST(HandleNames, wordsOfEveryStyle) {
  const NameWords words = {"vdb", "begin", "tx"};
  for (const char* name :
       {"vdb_begin_tx", "vdbBeginTx", "VdbBeginTx", "VDBBeginTX", "VDB_BEGIN_TX"})
    EXPECT_EQ(nameWords(name), words) << name;
  EXPECT_EQ(nameWords("_x2Open_"), (NameWords{"x2", "open"}));
  EXPECT_TRUE(nameWords("_").empty());
}

TEST(HandleNames, structsWithoutTheirMarks) {
  const NameWords words = {"vdb", "session"};
  for (const char* name : {"vdb_session", "_vdb_session", "vdb_session_t", "vdb_session_s",
                           "vdb_session_st", "VdbSession", "vdb_session_s_t"})
    EXPECT_EQ(typeWords(name), words) << name;
  EXPECT_EQ(typeWords("t"), NameWords{"t"});
}

TEST(HandleNames, operations) {
  for (const char* name :
       {"open", "connect", "new", "create_from_url", "connectWithOptions", "open_db"})
    EXPECT_EQ(operationOf(name), Op::Open) << name;
  for (const char* name : {"close", "disconnect", "free", "destroy", "session_release", "finish"})
    EXPECT_EQ(operationOf(name), Op::Close) << name;
  for (const char* name :
       {"begin", "begin_transaction", "txBegin", "start_tx", "begin_read_only", "begin_immediate"})
    EXPECT_EQ(operationOf(name), Op::Begin) << name;
  for (const char* name : {"commit", "commitTransaction", "tx_commit", "commit_work"})
    EXPECT_EQ(operationOf(name), Op::Commit) << name;
  for (const char* name : {"rollback", "roll_back", "RollBackTransaction", "abort_tx"})
    EXPECT_EQ(operationOf(name), Op::Rollback) << name;
  EXPECT_EQ(operationOf("rollback_to"), Op::RollbackToSavepoint);
  EXPECT_EQ(operationOf("savepoint"), Op::Savepoint);
  EXPECT_EQ(operationOf("releaseSavepoint"), Op::ReleaseSavepoint);
}

TEST(HandleNames, whatIsNoOperation) {
  for (const char* name : {"start", "begin_frame", "commit_headers", "open_cursor", "cursor_close",
                           "finish_transaction", "free_transaction", "is_open", "close_count",
                           "transaction", "get", ""})
    EXPECT_EQ(operationOf(name), std::nullopt) << name;
}

TEST(HandleNames, questionsAboutTransactions) {
  for (const char* name : {"inTransaction", "in_transaction", "isTransactionActive",
                           "IsInTransaction", "hasTransaction", "intransaction",
                           "sqlite3_get_autocommit", "PQtransactionStatus", "transaction_active"})
    EXPECT_TRUE(asksForTransaction(name)) << name;
  for (const char* name : {"insertTransaction", "issueTransaction", "inspectTransactions",
                           "beginTransaction", "transactionIsolation", "inSession"})
    EXPECT_FALSE(asksForTransaction(name)) << name;
}

TEST(HandleNames, freeingComesBeforeDisconnecting) {
  const auto rank = [](std::string_view name) { return releaseRank(nameWords(name)); };
  EXPECT_GT(rank("destroy"), rank("close"));
  EXPECT_GT(rank("close"), rank("disconnect"));
  EXPECT_GT(rank("disconnect"), rank("open"));
  EXPECT_EQ(rank("open"), 0U);
}

TEST(HandleNames, resultsThatSaySuccess) {
  for (const char* name : {"KV_OK", "Ok", "KvStatusSuccess", "ACME_NO_ERROR", "None", "SQL_DONE"})
    EXPECT_GT(successRank(name), 0U) << name;
  for (const char* name : {"NOT_OK", "KV_ERROR", "Busy", "NoSuccess", "Green"})
    EXPECT_EQ(successRank(name), 0U) << name;
  EXPECT_GT(successRank("KV_OK"), successRank("KV_DONE"));
}

TEST(HandleNames, whatIsOnlyShown) {
  const auto shows = [](std::string_view function, std::string_view type) {
    return showsOnly(nameWords(function), typeWords(type));
  };
  EXPECT_TRUE(shows("current_cursor", "vdb_cursor"));
  EXPECT_TRUE(shows("get_options", "vdb_options"));
  EXPECT_FALSE(shows("get", "vdb_result"));
  EXPECT_FALSE(shows("open", "vdb_options"));
}

TEST(HandleNames, namesOfTypes) {
  for (const char* name : {"vdb_session", "acme_conn", "x_db_t", "Connection", "LedgerDatabase"})
    EXPECT_TRUE(namesSession(typeWords(name))) << name;
  for (const char* name : {"conn", "db", "net_socket", "acme_session_pool", "sessions"})
    EXPECT_FALSE(namesSession(typeWords(name))) << name;
  EXPECT_TRUE(namesTransaction(typeWords("kv_tx")));
  EXPECT_TRUE(namesTransaction(typeWords("KvTransaction")));
  EXPECT_FALSE(namesTransaction(typeWords("kv_context")));
  EXPECT_TRUE(holdsRows(typeWords("acme_result_s")));
  EXPECT_FALSE(holdsRows(typeWords("acme_cursor")));
}

} // namespace
} // namespace session_tidy::model
