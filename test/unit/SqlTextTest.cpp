// What SQL texts are taken for.
#include "model/SqlText.h"

#include "model/Names.h"

#include <gtest/gtest.h>

namespace session_tidy::model {
namespace {

/// "begin write commit" for a script.
std::string ops(std::string_view text) {
  std::string out;
  for (const SqlStatement& statement : classifySqlScript(text))
    out += (out.empty() ? "" : " ") + std::string(name(statement.op));
  return out;
}

struct Sql {
  const char* text;
  const char* expected;
};

TEST(SqlText, knowsStatementsByTheirFirstWords) {
  constexpr Sql table[] = {
      {"BEGIN", "begin"},
      {"begin;", "begin"},
      {"  Begin Transaction", "begin"},
      {"BEGIN WORK", "begin"},
      {"BEGIN DEFERRED TRANSACTION", "begin"},
      {"BEGIN IMMEDIATE", "begin"},
      {"BEGIN EXCLUSIVE", "begin"},
      {"BEGIN CONCURRENT", "begin"},
      {"BEGIN ISOLATION LEVEL SERIALIZABLE", "begin"},
      {"BEGIN TRAN", "begin"},
      {"START TRANSACTION", "begin"},
      {"START TRANSACTION READ ONLY", "begin"},
      {"START SLAVE", "use"},
      {"COMMIT", "commit"},
      {"COMMIT TRANSACTION", "commit"},
      {"COMMIT WORK", "commit"},
      {"COMMIT PREPARED 'x'", "use"},
      {"END", "commit"},
      {"end transaction;", "commit"},
      {"ROLLBACK", "rollback"},
      {"ROLLBACK WORK;", "rollback"},
      {"ABORT", "rollback"},
      {"ROLLBACK PREPARED 'x'", "use"},
      {"ROLLBACK TO here", "rollback-to-savepoint"},
      {"ROLLBACK TRANSACTION TO SAVEPOINT here", "rollback-to-savepoint"},
      {"SAVEPOINT here", "savepoint"},
      {"SAVE TRANSACTION here", "savepoint"},
      {"RELEASE here", "release-savepoint"},
      {"RELEASE SAVEPOINT here", "release-savepoint"},
      {"SELECT 1", "read"},
      {"(SELECT 1) UNION (SELECT 2)", "read"},
      {"select * from t for update", "read"},
      {"SHOW TABLES", "read"},
      {"EXPLAIN DELETE FROM t", "read"},
      {"VALUES (1)", "read"},
      {"PRAGMA foreign_keys = ON", "read"},
      {"TABLE t", "read"},
      {"INSERT INTO t VALUES (1)", "write"},
      {"insert into t values (1) returning id", "write"},
      {"UPDATE t SET a = 1", "write"},
      {"DELETE FROM t", "write"},
      {"REPLACE INTO t VALUES (1)", "write"},
      {"MERGE INTO t USING u ON a = b", "write"},
      {"CREATE TABLE t (a)", "write"},
      {"DROP TABLE t", "write"},
      {"ALTER TABLE t ADD b", "write"},
      {"TRUNCATE t", "write"},
      {"COPY t FROM STDIN", "write"},
      {"VACUUM", "write"},
      {"CALL f(1)", "write"},
      {"WITH a AS (SELECT 1) SELECT * FROM a", "read"},
      {"WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a", "write"},
      {"WITH RECURSIVE a(n) AS (SELECT 1) DELETE FROM t", "write"},
      {"WITH a AS (DELETE FROM t RETURNING *) SELECT * FROM a", "write"},
      {"WITH a AS (SELECT 1) SELECT replace(x, 'a', 'b') FROM a", "read"},
      {"SET autocommit=0", "use"},
      {"SET TRANSACTION READ ONLY", "use"},
      {"LOCK TABLE t", "use"},
      {"BEGINNING", "use"},
      {"COMMITTED", "use"},
      {"?", "use"},
      {"%s", "use"},
      {":statement", "use"},
      {"'BEGIN'", "use"},
  };
  for (const Sql& sql : table) EXPECT_EQ(ops(sql.text), sql.expected) << sql.text;
}

TEST(SqlText, skipsBlanksCommentsAndParentheses) {
  EXPECT_EQ(ops(""), "");
  EXPECT_EQ(ops("  \n\t ;; "), "");
  EXPECT_EQ(ops("-- BEGIN"), "");
  EXPECT_EQ(ops("/* BEGIN"), "");
  EXPECT_EQ(ops("-- go\nBEGIN"), "begin");
  EXPECT_EQ(ops("/* a; b */ COMMIT -- c; d"), "commit");
  EXPECT_EQ(ops("/*!50000 COMMIT */"), "commit");
  EXPECT_EQ(ops("((SELECT 1))"), "read");
  EXPECT_EQ(classifySql(""), Op::Use);
  EXPECT_EQ(classifySql("BEGIN; COMMIT"), Op::Begin);
}

TEST(SqlText, separatesStatements) {
  EXPECT_EQ(ops("BEGIN; INSERT INTO t VALUES (1); COMMIT"), "begin write commit");
  EXPECT_EQ(ops("BEGIN;ROLLBACK;"), "begin rollback");
  EXPECT_EQ(ops("INSERT INTO t VALUES ('a; COMMIT', \"b; c\", `d;e`, 'it''s; COMMIT')"), "write");
  EXPECT_EQ(ops("SELECT $$ ; COMMIT; $$; ROLLBACK"), "read rollback");
  EXPECT_EQ(ops("SELECT $tag$ ; $$ COMMIT; $tag$; ROLLBACK"), "read rollback");
  EXPECT_EQ(ops("SELECT $1; COMMIT"), "read commit");
  EXPECT_EQ(ops("SELECT [a;b]; COMMIT"), "read commit");
  EXPECT_EQ(classifySqlScript(" BEGIN ;\n COMMIT ;").at(1).text, "COMMIT");
}

TEST(SqlText, isNotFooledByBodies) {
  EXPECT_EQ(
      ops("CREATE TRIGGER x AFTER INSERT ON t BEGIN UPDATE t SET a = 1; DELETE FROM u; END; COMMIT"),
      "write commit");
  EXPECT_EQ(
      ops("CREATE TEMP TRIGGER IF NOT EXISTS x BEFORE DELETE ON t BEGIN SELECT CASE WHEN 1 THEN 2 END; END"),
      "write");
  EXPECT_EQ(
      ops("CREATE DEFINER=`root`@`localhost` PROCEDURE p() BEGIN IF a THEN COMMIT; END IF; END; ROLLBACK"),
      "write rollback");
  EXPECT_EQ(
      ops("CREATE OR REPLACE FUNCTION f() RETURNS int AS $$ BEGIN RETURN 1; END $$ LANGUAGE plpgsql; COMMIT"),
      "write commit");
  EXPECT_EQ(ops("DO $$ BEGIN COMMIT; END $$; SELECT 1"), "use read");
  EXPECT_EQ(ops("BEGIN UPDATE t SET a = 1; COMMIT; END;"), "use");
  EXPECT_EQ(ops("CREATE TRIGGER x AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f(); COMMIT"),
            "write commit");
}

TEST(SqlText, endsOnEveryInput) {
  for (const char* text : {"'", "\"", "`", "[", "$", "$$", "$a$", "/*", "--", "(", ")", "CREATE",
                           "CREATE TRIGGER", "WITH", "WITH (", "CREATE TRIGGER BEGIN",
                           "BEGIN x BEGIN y", "END END END", "CREATE = = ="}) {
    EXPECT_LE(classifySqlScript(text).size(), 1U) << text;
  }
}

} // namespace
} // namespace session_tidy::model
