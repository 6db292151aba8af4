// The library models that are built in: they load, they are consistent, and they say what was
// measured.
#include "model/EffectText.h"
#include "model/EmbeddedModels.h"
#include "model/Names.h"

#include <gtest/gtest.h>

#include <set>

namespace session_tidy::model {
namespace {

class EmbeddedModels : public testing::Test {
protected:
  EmbeddedModels() {
    Result<ModelSet> loaded = loadEmbeddedModels();
    EXPECT_TRUE(loaded.ok()) << loaded.error().text();
    if (loaded.ok()) models_ = std::move(*loaded);
  }

  const Kind& kind(std::string_view id) {
    const Kind* found = models_.kind(id);
    EXPECT_NE(found, nullptr) << id;
    static const Kind none;
    return found == nullptr ? none : *found;
  }

  /// Effects as text: "sql arg0 text arg1; derive result on arg0 as libpq.result".
  static std::string text(const CallModel& call, CallContext context) {
    std::string out;
    for (const Effect& effect : call.effects)
      out += (out.empty() ? "" : "; ") + printEffect(effect, context);
    return out;
  }

  std::string method(std::string_view id, std::string_view name) {
    const auto& calls = models_.methods(kind(id), name);
    return calls.empty() ? "" : text(*calls.front(), CallContext::Method);
  }

  std::string function(std::string_view name) {
    const auto& calls = models_.functions(name);
    return calls.empty() ? "" : text(*calls.front(), CallContext::Function);
  }

  ModelSet models_;
};

TEST_F(EmbeddedModels, areAllThere) {
  std::set<std::string> names;
  for (const Library& library : models_.libraries()) names.insert(library.name);
  EXPECT_EQ(names, (std::set<std::string>{
                       "cppdb",   "drogon",    "helpers", "libpq",        "libpqxx",
                       "lmdb",    "mariadb",   "mongoc",  "mongocxx",     "mysqlcppconn",
                       "mysqlx",  "nanodbc",   "occi",    "odb",          "otl",
                       "poco",    "qtsql",     "rocksdb", "session_tidy", "soci",
                       "sqlite3", "sqlitecpp", "sqlpp11", "userver",      "wtdbo"}));
}

TEST_F(EmbeddedModels, sayWhatTheyRestOnAndHowTheyAreIncluded) {
  for (const Library& library : models_.libraries()) {
    EXPECT_FALSE(library.basis.empty()) << library.name;
    EXPECT_EQ(library.headers.empty(), library.kinds.empty()) << library.name;
    EXPECT_TRUE(library.origin.starts_with("models/")) << library.origin;
  }
}

TEST_F(EmbeddedModels, shareNoTypesAndNoFunctions) {
  std::set<std::string> seen;
  for (const Library& library : models_.libraries()) {
    std::set<std::string> functions;
    for (const Kind& kind : library.kinds)
      for (const std::string& type : kind.types) EXPECT_TRUE(seen.insert(type).second) << type;
    for (const CallModel& call : library.functions) functions.insert(call.name);
    for (const std::string& name : functions) EXPECT_TRUE(seen.insert(name + "()").second) << name;
  }
}

TEST_F(EmbeddedModels, nameOnlyWhatTheyKnow) {
  for (const Library& library : models_.libraries()) {
    for (const Kind& kind : library.kinds) {
      if (!kind.guard.empty()) EXPECT_NE(models_.kindOfType(kind.guard), nullptr) << kind.id;
      if (!kind.handle) continue;
      const std::size_t colons = kind.closer.rfind("::");
      const Kind* owner =
          colons == std::string::npos ? nullptr : models_.kindOfType(kind.closer.substr(0, colons));
      const bool isMethod =
          owner != nullptr && !models_.methods(*owner, kind.closer.substr(colons + 2)).empty();
      EXPECT_TRUE(isMethod || !models_.functions(kind.closer).empty()) << kind.closer;
    }
  }
}

TEST_F(EmbeddedModels, everyEffectCanBePrintedAndReadAgain) {
  const auto check = [&](const CallModel& call, CallContext context) {
    for (const Effect& effect : call.effects) {
      const auto parsed = parseEffect(printEffect(effect, context), context);
      ASSERT_TRUE(std::holds_alternative<ParsedEffect>(parsed)) << call.name;
      EXPECT_EQ(std::get<ParsedEffect>(parsed).effect, effect) << call.name;
      if (!effect.kind.empty()) EXPECT_NE(models_.kind(effect.kind), nullptr) << effect.kind;
    }
  };
  for (const Library& library : models_.libraries()) {
    for (const CallModel& call : library.functions) check(call, CallContext::Function);
    for (const Kind& kind : library.kinds) {
      for (const CallModel& call : kind.methods) check(call, CallContext::Method);
      for (const CallModel& call : kind.constructors) check(call, CallContext::Constructor);
    }
  }
}

TEST_F(EmbeddedModels, throwWhereTheLibraryDoes) {
  const std::set<std::string> silent = {"libpq", "lmdb",    "mariadb", "mongoc",
                                        "qtsql", "rocksdb", "sqlite3"};
  for (const Library& library : models_.libraries())
    for (const Kind& kind : library.kinds)
      if (silent.contains(library.name)) EXPECT_FALSE(kind.throws) << kind.id;
  for (std::string_view id :
       {"soci.session", "libpqxx.transaction", "poco.session", "sqlitecpp.transaction"}) {
    EXPECT_TRUE(kind(id).throws) << id;
    EXPECT_TRUE(models_.methods(kind(id), "commit").at(0)->throws) << id;
  }
  EXPECT_FALSE(models_.methods(kind("soci.session"), "is_connected").at(0)->throws);
}

TEST_F(EmbeddedModels, sayWhatPoolsDoWithOpenTransactions) {
  EXPECT_EQ(kind("soci.session").dirtyReturn, DirtyReturn::Kept);
  EXPECT_EQ(kind("poco.session").dirtyReturn, DirtyReturn::RolledBack);
  EXPECT_EQ(kind("wtdbo.transaction").destruction, Destruction::Commit);
  EXPECT_TRUE(kind("wtdbo.transaction").rollsBackOnUnwind);
  EXPECT_EQ(kind("drogon.transaction").destruction, Destruction::Commit);
  EXPECT_EQ(kind("libpqxx.transaction").destruction, Destruction::Rollback);
  EXPECT_TRUE(kind("libpqxx.result").ownsData);
  EXPECT_TRUE(kind("libpqxx.read-transaction").readOnly);
  EXPECT_TRUE(kind("qtsql.database").shared);
}

TEST_F(EmbeddedModels, knowTheSociSessionInAllItsStates) {
  const Kind& session = kind("soci.session");
  ASSERT_EQ(session.constructors.size(), 3U);
  EXPECT_TRUE(session.constructors[0].effects.empty());
  EXPECT_EQ(text(session.constructors[1], CallContext::Constructor), "acquire on arg0");
  EXPECT_EQ(session.constructors[1].argumentTypes,
            std::vector<std::string>{"soci::connection_pool"});
  EXPECT_EQ(text(session.constructors[2], CallContext::Constructor), "open");
  EXPECT_EQ(method("soci.session", "operator<<"), "sql text arg0");
  EXPECT_EQ(session.members.at(0), (MemberModel{"once", "soci.once"}));
}

TEST_F(EmbeddedModels, knowWhatCFunctionsLeaveBehindWhenTheyFail) {
  EXPECT_EQ(function("sqlite3_open_v2"), "open *arg1 as sqlite3.connection held");
  EXPECT_EQ(models_.functions("sqlite3_open")[0]->success, Success::IfZero);
  EXPECT_EQ(function("sqlite3_prepare_v2"), "derive *arg3 on arg0 as sqlite3.statement text arg1");
  EXPECT_EQ(function("PQconnectdb"), "open result as libpq.connection held");
  EXPECT_EQ(function("PQexec"), "sql arg0 text arg1; derive result on arg0 as libpq.result");
  EXPECT_EQ(models_.functions("PQexec")[0]->otherSuccess, 2);
  EXPECT_EQ(function("mysql_init"), "open *arg0 as mariadb.connection");
  EXPECT_EQ(function("mysql_real_connect"), "open arg0 held");
  EXPECT_EQ(function("mdb_env_open"), "open arg0 held");
  EXPECT_EQ(function("mdb_txn_commit"), "commit arg0");
  EXPECT_EQ(models_.functions("mdb_txn_commit")[0]->success, Success::IfZero);
  EXPECT_EQ(models_.functions("mysql_store_result")[0]->success, Success::IfNonNull);
  EXPECT_EQ(models_.functions("mysql_autocommit")[0]->argumentValues,
            (std::vector<std::string>{"", "0"}));
  EXPECT_EQ(function("mongoc_client_pool_push"), "give-back arg1 on arg0");
  EXPECT_TRUE(models_.onlyUses("sqlite3_limit"));
}

} // namespace
} // namespace session_tidy::model
