// The header of the annotations costs its users nothing: it compiles without a warning everywhere,
// and other compilers see no attribute.
#include "harness/Builds.h"
#include "harness/Fixture.h"
#include "harness/Process.h"
#include "harness/Workspace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>
#include <sstream>

namespace session_tidy::test {

namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

fs::path includeFolder() {
  return testFolder().parent_path() / "include";
}

/// Every macro in every place where it may stand.
constexpr const char* allUses = R"(
#include <session_tidy/annotations.h>
#include <session_tidy/annotations.h>
namespace shop {
class SESSION_TIDY_THREAD_SAFE Session {
public:
  SESSION_TIDY_OPENS explicit Session(int number);
  SESSION_TIDY_CLOSES virtual ~Session();
  SESSION_TIDY_OPENS void open();
  SESSION_TIDY_CLOSES void close();
  SESSION_TIDY_BEGINS virtual void begin();
  SESSION_TIDY_COMMITS virtual void commit();
  SESSION_TIDY_ROLLS_BACK virtual void rollback();
  SESSION_TIDY_DEPENDS_ON(this) const char* text() const;
};
class SESSION_TIDY_SCOPE Unit {
public:
  SESSION_TIDY_BEGINS explicit Unit(Session& session);
  SESSION_TIDY_ROLLS_BACK ~Unit();
private:
  SESSION_TIDY_BORROWS Session* session_;
};
class SESSION_TIDY_GENERATOR Sessions {};
struct Holder { SESSION_TIDY_OWNS Session* session; };
SESSION_TIDY_OWNS Session* connect(SESSION_TIDY_OPENS Session** out);
SESSION_TIDY_BORROWS Session& current();
void hand(SESSION_TIDY_TAKES Session* session, SESSION_TIDY_KEEPS Session& other,
          SESSION_TIDY_BORROWS Session& third, SESSION_TIDY_CLOSES Session& fourth,
          SESSION_TIDY_BEGINS Session& fifth, SESSION_TIDY_COMMITS Session& sixth,
          SESSION_TIDY_ROLLS_BACK Session& seventh);
SESSION_TIDY_DEPENDS_ON(session) const char* rows(Session& session);
}
int main() { return 0; }
)";

class CompiledHeader : public testing::Test {
protected:
  CompiledHeader() { writeFile(folder_.path() / "uses.cpp", allUses); }

  Output compile(const std::string& compiler, std::vector<std::string> flags) {
    std::vector<std::string> arguments{compiler, "-I", includeFolder(), "uses.cpp"};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    return runProcess({.arguments = arguments, .directory = folder_.path(), .environment = {}});
  }

  void expectSilent(const std::string& compiler, const std::string& standard) {
    const Output output = compile(compiler, {standard, "-Wall", "-Wextra", "-Werror", "-pedantic",
                                             "-Wno-unused-private-field", "-fsyntax-only"});
    EXPECT_EQ(output.exitCode, 0) << compiler << " " << standard << "\n" << output.err;
    EXPECT_EQ(output.err, "");
  }

private:
  TemporaryFolder folder_;
};

TEST_F(CompiledHeader, IsSilentInEveryClang) {
  for (const int llvm : supportedLlvms) {
    const fs::path compiler = findTool("clang++", llvm);
    if (compiler.empty()) continue;
    for (const char* standard : {"-std=c++11", "-std=c++17", "-std=c++20"})
      expectSilent(compiler, standard);
  }
}

TEST_F(CompiledHeader, IsSilentInGcc) {
  for (const char* standard : {"-std=c++11", "-std=c++17", "-std=c++20"})
    expectSilent("g++", standard);
}

TEST_F(CompiledHeader, BecomesAttributesInClangOnly) {
  const Output clang = compile(newestCompiler(), {"-std=c++17", "-E", "-P"});
  EXPECT_THAT(clang.out, HasSubstr(R"([[clang::annotate("session_tidy::" "begins")]])"));
  EXPECT_THAT(clang.out, HasSubstr(R"("session_tidy::" "depends_on:" "session")"));
  const Output gcc = compile("g++", {"-std=c++17", "-E", "-P"});
  EXPECT_THAT(gcc.out, HasSubstr("virtual void begin();"));
  EXPECT_THAT(gcc.out, Not(HasSubstr("[[")));
  EXPECT_THAT(gcc.out, Not(HasSubstr("SESSION_TIDY")));
}

/// The macros that the header defines for its users.
std::set<std::string> macros() {
  static const std::regex definition(R"(#define (SESSION_TIDY_(\w+)).*)");
  std::set<std::string> names;
  std::istringstream header(readFile(includeFolder() / "session_tidy/annotations.h"));
  for (std::string line; std::getline(header, line);)
    if (std::smatch match; std::regex_match(line, match, definition)) names.insert(match[1]);
  names.erase("SESSION_TIDY_ANNOTATE");
  return names;
}

// A new macro is documented, compiled above, and has a fixture.
TEST(Annotations, AreAllCompiledDocumentedAndTried) {
  ASSERT_GT(macros().size(), 10U);
  std::string fixtures;
  for (const auto& entry : fs::directory_iterator(testFolder() / "cases/annotations"))
    fixtures += readFile(entry.path());
  const std::string page = readFile(testFolder().parent_path() / "docs/annotations.md");
  for (const std::string& macro : macros()) {
    EXPECT_THAT(std::string(allUses), HasSubstr(macro));
    EXPECT_THAT(fixtures, HasSubstr(macro)) << "no fixture uses it";
    EXPECT_THAT(page, HasSubstr(macro.substr(std::string("SESSION_TIDY").size())));
  }
}

} // namespace

} // namespace session_tidy::test
