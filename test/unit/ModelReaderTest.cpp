// What well-formed models become.
#include "model/ModelReader.h"

#include "model/Json.h"

#include <gtest/gtest.h>

namespace session_tidy::model {
namespace {

Library read(std::string_view text, const ModelSet* known = nullptr) {
  Result<Library> result = readModel(text, "m.json", known);
  EXPECT_TRUE(result.ok()) << result.error().text();
  return result.ok() ? *result : Library{};
}

const CallModel& method(const Kind& kind, std::string_view name) {
  for (const CallModel& call : kind.methods)
    if (call.name == name) return call;
  ADD_FAILURE() << "no method " << name;
  static const CallModel none;
  return none;
}

TEST(Json, knowsWhereValuesAndKeysStand) {
  const Result<JsonValue> root =
      parseJson("\xEF\xBB\xBF{\n  \"a\\\"\" : [1, -2.5e3 ,\ttrue],\n\"b\":null}", "f");
  ASSERT_TRUE(root.ok()) << root.error().text();
  EXPECT_EQ(root->at, (Position{1, 1}));
  EXPECT_EQ(root->members[0].key, "a\"");
  EXPECT_EQ(root->members[0].keyAt, (Position{2, 3}));
  const JsonValue& list = root->members[0].value;
  EXPECT_EQ(list.at, (Position{2, 11}));
  EXPECT_EQ(list.items[0].at, (Position{2, 12}));
  EXPECT_EQ(list.items[1].at, (Position{2, 15}));
  EXPECT_EQ(list.items[2].at, (Position{2, 24}));
  EXPECT_EQ(root->members[1].value.at, (Position{3, 5}));
}

TEST(ModelReader, fillsInWhatARoleUsuallyDoes) {
  const Library library = read(R"({"library": "shop", "throws": true, "kinds": {
    "session": {"role": "session", "types": ["shop::Session", "shop::Other"]},
    "tx": {"role": "transaction", "types": ["shop::Tx"]},
    "rows": {"role": "dependent", "types": ["shop::Rows"]},
    "pool": {"role": "pool", "types": ["shop::Pool"]},
    "raw": {"role": "session", "types": ["shop_db"], "handle": true, "closer": "shop_close"}}})");
  ASSERT_EQ(library.kinds.size(), 5U);
  const Kind& session = library.kinds[0];
  EXPECT_EQ(session.id, "shop.session");
  EXPECT_EQ(session.display, "shop::Session");
  EXPECT_EQ(session.library, "shop");
  EXPECT_EQ(session.destruction, Destruction::Close);
  EXPECT_TRUE(session.throws);
  EXPECT_FALSE(session.beginsOnConstruction);
  ASSERT_EQ(session.constructors.size(), 1U);
  EXPECT_EQ(session.constructors[0].effects.at(0).op, Op::Open);
  EXPECT_TRUE(session.constructors[0].throws);
  const Kind& transaction = library.kinds[1];
  EXPECT_EQ(transaction.destruction, Destruction::Rollback);
  EXPECT_TRUE(transaction.beginsOnConstruction);
  EXPECT_EQ(transaction.constructors.at(0).effects.at(0).on,
            (Operand{Operand::Base::Argument, 0, false}));
  EXPECT_EQ(library.kinds[2].destruction, Destruction::Free);
  EXPECT_EQ(library.kinds[2].constructors.at(0).effects.at(0).op, Op::Derive);
  EXPECT_EQ(library.kinds[3].destruction, Destruction::Nothing);
  EXPECT_TRUE(library.kinds[3].constructors.empty());
  EXPECT_EQ(library.kinds[4].destruction, Destruction::Nothing);
  EXPECT_TRUE(library.kinds[4].constructors.empty());
}

TEST(ModelReader, readsEveryTrait) {
  const Library library = read(
      R"({"library": "x", "basis": "a guess", "headers": ["x/"], "prefixes": ["x_"], "errors": ["x::e"], "note": "n",
    "kinds": {"s": {"role": "session", "types": ["S"], "display": "the S", "shared": true, "nests": true,
      "implicitBegin": true, "threadSafe": true, "reusable": true, "freedWithParent": true, "destruction": "give-back",
      "dirtyReturn": "rolled-back", "closer": "end", "guard": "T", "temporaryName": "it", "throws": true,
      "members": {"once": "this", "prepare": "d"}},
     "t": {"role": "transaction", "types": ["T"], "readOnly": true, "savepoint": true, "destruction": "commit",
      "rollsBackOnUnwind": true},
     "d": {"role": "dependent", "types": ["D"], "ownsData": true}}})");
  EXPECT_EQ(library.basis, "a guess");
  EXPECT_EQ(library.headers, std::vector<std::string>{"x/"});
  EXPECT_EQ(library.prefixes, std::vector<std::string>{"x_"});
  EXPECT_EQ(library.errors, std::vector<std::string>{"x::e"});
  const Kind& s = library.kinds.at(0);
  EXPECT_TRUE(s.shared && s.nests && s.implicitBegin && s.threadSafe && s.reusable &&
              s.freedWithParent && s.throws);
  EXPECT_EQ(s.destruction, Destruction::GiveBack);
  EXPECT_EQ(s.dirtyReturn, DirtyReturn::RolledBack);
  EXPECT_EQ(s.display + s.closer + s.guard + s.temporaryName, "the SendTit");
  EXPECT_EQ(s.members, (std::vector<MemberModel>{{"once", ""}, {"prepare", "x.d"}}));
  const Kind& t = library.kinds.at(1);
  EXPECT_TRUE(t.readOnly && t.savepoint && t.rollsBackOnUnwind);
  EXPECT_EQ(t.destruction, Destruction::Commit);
  EXPECT_TRUE(library.kinds.at(2).ownsData);
}

TEST(ModelReader, readsCallsInAllTheirForms) {
  const Library library = read(R"({"library": "x", "throws": true, "success": "zero", "kinds": {
    "s": {"role": "session", "types": ["S"], "methods": {
      "commit, save": "commit",
      "exec": ["sql text arg0", "derive result on this as s"],
      "get": [{"arity": 0, "does": "read"}, {"arguments": ["", "a::B"], "values": [false, 3, "x"], "does": "use", "throws": false, "success": 100}],
      "close, rollback": "harmless", "operator<<, operator,": "use", "operator bool": "harmless"}}},
    "functions": {"x_open": "open *arg1 as s held", "N::f": {"does": "close arg0", "note": "n"}}})");
  const Kind& s = library.kinds.at(0);
  EXPECT_EQ(method(s, "save").effects, method(s, "commit").effects);
  EXPECT_EQ(method(s, "commit").success, Success::IfZero);
  EXPECT_EQ(method(s, "exec").effects.at(1).kind, "x.s");
  EXPECT_EQ(method(s, "exec").effects.at(0).sqlArgument, 0);
  EXPECT_FALSE(method(s, "close").throws);
  EXPECT_EQ(method(s, "close").success, Success::Always);
  EXPECT_EQ(method(s, "operator,").effects.at(0).op, Op::Use);
  EXPECT_EQ(method(s, "operator bool").effects.at(0).op, Op::Harmless);
  const auto get = std::find_if(s.methods.begin(), s.methods.end(),
                                [](const CallModel& c) { return c.name == "get"; });
  EXPECT_EQ(get[0].arity, 0);
  EXPECT_EQ(get[1].argumentTypes, (std::vector<std::string>{"", "a::B"}));
  EXPECT_EQ(get[1].argumentValues, (std::vector<std::string>{"false", "3", "x"}));
  EXPECT_FALSE(get[1].throws);
  EXPECT_EQ(get[1].success, Success::IfValue);
  EXPECT_EQ(get[1].successValue, 100);
  const Effect& open = library.functions.at(0).effects.at(0);
  EXPECT_EQ(open.subject, (Operand{Operand::Base::Argument, 1, true}));
  EXPECT_TRUE(open.heldOnFailure);
  EXPECT_EQ(library.functions.at(1).name, "N::f");
}

TEST(ModelReader, extendsKindsOfTheFileAndOfOthers) {
  const ModelSet known({read(
      R"({"library": "base", "throws": true, "kinds": {"s": {"role": "session", "types": ["S"],
    "guard": "G", "methods": {"commit": "commit", "go": "use"}, "constructors": [{"arity": 3}]}}})")});
  const Library library = read(R"({"library": "x", "kinds": {
    "b": {"extends": "a", "types": ["B"], "methods": {"go": "commit"}},
    "a": {"extends": "base.s", "types": ["A"], "shared": true}}})",
                               &known);
  const Kind& b = library.kinds.at(0);
  EXPECT_EQ(b.id, "x.b");
  EXPECT_EQ(b.library, "x");
  EXPECT_EQ(b.display, "B");
  EXPECT_EQ(b.types, std::vector<std::string>{"B"});
  EXPECT_TRUE(b.shared && b.throws);
  EXPECT_EQ(b.guard, "G");
  EXPECT_EQ(b.methods.size(), 2U);
  EXPECT_EQ(method(b, "commit").effects.at(0).op, Op::Commit);
  EXPECT_EQ(method(b, "go").effects.at(0).op, Op::Commit);
  EXPECT_EQ(b.constructors.at(0).arity, 3);
}

TEST(ModelSet, findsKindsFunctionsAndMethods) {
  ModelSet set;
  set.add(read(
      R"({"library": "a", "headers": ["a/", "a.h"], "prefixes": ["a_"], "kinds": {"s": {"role": "session",
    "types": ["S", "n::S"], "methods": {"go": [{"arity": 0, "does": "use"}, {"arity": 1, "does": "read"}]}}},
    "functions": {"a_open": [{"arity": 1, "does": "open result as s"}, {"does": "open *arg1 as s"}]}})"));
  ASSERT_NE(set.kind("a.s"), nullptr);
  EXPECT_EQ(set.kindOfType("n::S"), set.kind("a.s"));
  EXPECT_EQ(set.kind("a.t"), nullptr);
  EXPECT_EQ(set.kindOfType("T"), nullptr);
  EXPECT_EQ(set.functions("a_open").size(), 2U);
  EXPECT_TRUE(set.functions("b_open").empty());
  EXPECT_EQ(set.methods(*set.kind("a.s"), "go").size(), 2U);
  EXPECT_TRUE(set.methods(*set.kind("a.s"), "stop").empty());
  const Kind copy = *set.kind("a.s");
  EXPECT_EQ(set.methods(copy, "go").size(), 2U);
  EXPECT_TRUE(set.onlyUses("a_close"));
  EXPECT_FALSE(set.onlyUses("b_close"));
  EXPECT_TRUE(set.mentionsHeader("a/x.h"));
  EXPECT_TRUE(set.mentionsHeader("/usr/include/a/x.h"));
  EXPECT_TRUE(set.mentionsHeader("a.h"));
  EXPECT_FALSE(set.mentionsHeader("ba/x.h"));
  EXPECT_FALSE(set.mentionsHeader("xa.h"));
}

TEST(ModelSet, laterLibrariesWinAndPointersSurviveMoves) {
  ModelSet set;
  const char* one =
      R"({"library": "a", "kinds": {"s": {"role": "session", "types": ["S"]}}, "functions": {"f": "use arg0"}})";
  set.add(read(one));
  const Kind* first = set.kind("a.s");
  for (const char* name : {"b", "c", "d", "e"}) {
    std::string text = one;
    text.replace(text.find("\"a\""), 3, std::string("\"") + name + "\"");
    set.add(read(text));
  }
  EXPECT_EQ(set.kind("a.s"), first);
  const ModelSet moved = std::move(set);
  EXPECT_EQ(moved.kind("a.s"), first);
  EXPECT_EQ(moved.kindOfType("S"), moved.kind("e.s"));
  EXPECT_EQ(moved.kind("e.s")->id, "e.s");
  EXPECT_EQ(moved.functions("f").size(), 1U);
  EXPECT_EQ(moved.functions("f")[0], moved.libraries().back().functions.data());
}

} // namespace
} // namespace session_tidy::model
