// Includes and classes read off a text without a compiler, and which of them look like sessions.
#include "driver/LikelySessions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace session_tidy::driver {

namespace {

using model::Op;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

TEST(CodeSkim, findsIncludes) {
  const SkimmedCode code = skim("#include <soci/soci.h>\n"
                                "// #include <no.h>\n"
                                "#  include \"own/db.h\" // ours\n"
                                "const char* text = \"#include <no.h>\";\n"
                                "/*\n#include <no.h>\n*/ #define X\n"
                                "#define Y \\\n  #include <no.h>\n"
                                "#include MACRO\n");
  ASSERT_EQ(code.includes.size(), 2U);
  EXPECT_EQ(code.includes[0].path, "soci/soci.h");
  EXPECT_FALSE(code.includes[0].quoted);
  EXPECT_EQ(code.includes[0].line, 1U);
  EXPECT_EQ(code.includes[1].path, "own/db.h");
  EXPECT_TRUE(code.includes[1].quoted);
  EXPECT_EQ(code.includes[1].line, 3U);
}

TEST(CodeSkim, findsClassesAndTheirMethods) {
  const SkimmedCode code = skim(R"(
namespace shop::db {
class Forward;
enum class Color { red };
class EXPORT Session final : public Base<int> {
public:
  Session(int n) : n_(compute(n)) { call(); }
  ~Session();
  void begin(int depth = limit()) { if (x) { other(); } }
  bool commit() noexcept(false);
  template <class T> T get(const char* name) const;
  Session& operator=(const Session&);
  struct Row { void next(); };
  int n_ = 0;
};
void free() { class Local { void begin(); }; }
}
struct Plain { void go(); void go(int); };
)");
  ASSERT_EQ(code.classes.size(), 3U);
  EXPECT_EQ(code.classes[0].name, "shop::db::Session");
  EXPECT_EQ(code.classes[0].line, 5U);
  EXPECT_THAT(code.classes[0].methods, ElementsAre("begin", "commit", "get"));
  EXPECT_THAT(code.classes[0].bases, testing::Contains("Base"));
  EXPECT_EQ(code.classes[1].name, "shop::db::Session::Row");
  EXPECT_EQ(code.classes[2].name, "Plain");
  EXPECT_THAT(code.classes[2].methods, ElementsAre("go"));
}

TEST(CodeSkim, survivesUnfinishedText) {
  for (const char* text :
       {"", "class", "class X {", "}", ")))", "\"", "R\"(", "/*", "#", "#include", "#include <",
        "class X : {", "namespace {", "'", "#define x \\"})
    skim(text);
}

TEST(LikelySessions, knowsVerbsInEverySpelling) {
  for (const char* name :
       {"begin", "beginTransaction", "begin_transaction", "BeginTx", "startWork"})
    EXPECT_EQ(likelyOp(name), Op::Begin) << name;
  for (const char* name : {"commit", "commitWork", "saveChanges"})
    EXPECT_EQ(likelyOp(name), Op::Commit) << name;
  for (const char* name : {"rollback", "rollBack", "roll_back", "abort", "discardChanges"})
    EXPECT_EQ(likelyOp(name), Op::Rollback) << name;
  for (const char* name : {"start", "save", "cancel", "beginning", "beginLine", "commitMessage"})
    EXPECT_EQ(likelyOp(name), std::nullopt) << name;
}

SkimmedClass classOf(std::string name, std::vector<std::string> methods) {
  return {.name = std::move(name), .line = 1, .methods = std::move(methods), .bases = {}};
}

TEST(LikelySessions, areClassesThatBeginCommitAndRollBack) {
  const auto kind = likelyKind(classOf("shop::Store", {"beginWork", "put", "commitWork", "abort"}));
  ASSERT_TRUE(kind);
  EXPECT_EQ(kind->role, model::Role::Session);
  EXPECT_THAT(kind->methods,
              ElementsAre(Pair("beginWork", Op::Begin), Pair("commitWork", Op::Commit),
                          Pair("abort", Op::Rollback)));
}

TEST(LikelySessions, areGuardsAndConnectionsByNameAndMethods) {
  EXPECT_EQ(likelyKind(classOf("UnitOfWork", {"commit"}))->role, model::Role::Transaction);
  EXPECT_EQ(likelyKind(classOf("a::DbTx", {"commit", "rollback"}))->role, model::Role::Transaction);
  EXPECT_EQ(likelyKind(classOf("DbConnection", {"open", "close"}))->role, model::Role::Session);
}

TEST(LikelySessions, areNotWhatIsMerelyNamedSo) {
  EXPECT_FALSE(likelyKind(classOf("Session", {"id", "user"})));
  EXPECT_FALSE(likelyKind(classOf("File", {"open", "close"})));
  EXPECT_FALSE(likelyKind(classOf("Network", {"commit"})));
  EXPECT_FALSE(likelyKind(classOf("Vector", {"begin", "end"})));
  EXPECT_FALSE(likelyKind(classOf("Repository", {"commit", "log"})));
}

} // namespace

} // namespace session_tidy::driver
