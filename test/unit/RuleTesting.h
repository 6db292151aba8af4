// Runs one rule, or all, over a function in IR text and lists what it finds as "rule@line".
#pragma once

#include "analysis/Engine.h"
#include "checks/Rule.h"
#include "ir/IrText.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace session_tidy::testing {

/// Kinds of several styles, for every test to use.
inline constexpr std::string_view kinds = R"(
file "shop.cpp"
kind soci.session session reusable destruction=close dirtyreturn=kept library="soci"
kind soci.tr transaction name="tr" begins destruction=rollback library="soci"
kind soci.pool pool library="soci"
kind poco.session session shared destruction=close dirtyreturn=rolledback
kind poco.pool pool
kind qt.db session shared reusable library="qt"
kind qt.query dependent shared library="qt"
kind pqxx.conn session destruction=close
kind pqxx.work transaction begins destruction=rollback name="tx"
kind pqxx.sub transaction begins savepoint destruction=rollback
kind pqxx.read transaction begins readonly destruction=rollback
kind pqxx.result dependent ownsdata destruction=free
kind pqxx.stream dependent destruction=free
kind sqlite.db session handle closer="sqlite3_close" threadsafe
kind sqlite.stmt dependent handle closer="sqlite3_finalize"
kind view dependent
kind my.conn session handle closer="mysql_close" implicitbegin
kind my.res dependent handle closer="mysql_free_result"
kind lmdb.env session handle closer="mdb_env_close" threadsafe
kind lmdb.txn transaction handle closer="mdb_txn_abort"
kind commit.tr transaction begins destruction=commit
kind gen generator destruction=free
kind nest.session session nests destruction=close
)";

struct Case {
  std::string_view name;
  std::string_view text;
  std::string_view expected; ///< "leak@3 double-end@7", shown findings only; empty: silent
};

inline std::ostream& operator<<(std::ostream& out, const Case& one) {
  return out << one.name;
}

inline std::string found(const Case& one, std::string_view rule = {}) {
  const auto parsed = ir::parse(std::string(kinds) + std::string(one.text));
  if (!parsed.unit) return "parse error " + parsed.error.text();
  std::vector<Finding> findings;
  for (const auto& function : parsed.unit->functions) {
    const auto result = analysis::analyse(*parsed.unit, function);
    if (result.gaveUp) return "gave up";
    for (const auto& each : makeAllRules())
      if (rule.empty() || each->info().name == rule) each->check(*parsed.unit, result, findings);
  }
  std::vector<std::string> texts;
  for (const auto& finding : findings)
    if (finding.confidence != Confidence::Possible)
      texts.push_back(finding.rule.substr(std::string_view("session-").size()) + "@" +
                      std::to_string(finding.range.begin.line));
  std::sort(texts.begin(), texts.end());
  std::string all;
  for (const auto& text : texts) all += (all.empty() ? "" : " ") + text;
  return all;
}

inline std::string caseName(const ::testing::TestParamInfo<Case>& info) {
  return std::string(info.param.name);
}

} // namespace session_tidy::testing
