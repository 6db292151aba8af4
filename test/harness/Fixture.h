// Fixtures: C++ files that say in comments what is to be found in them.
//
//   // library: soci                    in the first lines: skipped, visibly, without its headers
//   // flags: -std=c++17 -DX=1          compiler flags (default -std=c++20)
//   // checks: session-leak             only these rules (default session-*)
//   // config: {"...": ...}             the .session-tidy.json beside the file; may go on in
//   further such lines
//   // header: guard.h                  a file beside it, or in cases/support, that comes along and
//   whose expectations count
//   // clangd: subset                   the editor may find less than is expected
//   // llvm: 16+                        not with older ones
//   use(sql); // expect: session-rule
//   use(sql); // expect: session-rule "part of the message"; session-other (no fix)
//   // expect@+1: session-rule          for the line after
//   open(sql); // expect-note: "opened here"   some finding has such a note here
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace session_tidy::test {

/// A finding, or a note of one, that a fixture announces.
struct Expectation {
  std::string file; ///< name of the fixture or of its header
  unsigned line = 0;
  std::string rule; ///< empty for notes
  std::string messagePart;
  bool fixable = true;
};

struct Fixture {
  std::filesystem::path path;
  std::string name; ///< path below the folder of all fixtures
  std::string text;
  std::vector<std::string> ownFlags; ///< said by the fixture
  std::vector<std::string> flags;    ///< its own, and those of its libraries
  std::vector<std::string> libraries;
  std::string checks = "session-*";
  std::string config;
  std::vector<std::filesystem::path> headers;
  bool clangdSubset = false;
  int minLlvm = 0;
  std::vector<Expectation> findings;
  std::vector<Expectation> notes;
  std::filesystem::path fixedPath; ///< empty without companion
  std::string fixedText;
  std::vector<std::string> mistakes; ///< in the fixture itself: "name:3: unknown directive 'flag'"

  /// What stays after all fixes are applied, with the lines of the fixed text.
  [[nodiscard]] std::vector<Expectation> findingsAfterFix() const;
};

Fixture readFixture(const std::filesystem::path& path, const std::filesystem::path& root);

/// All fixtures below a folder, in order of their names; companions (name.fixed.cpp) are no
/// fixtures.
std::vector<Fixture> readFixtures(const std::filesystem::path& root);

std::string readFile(const std::filesystem::path& path);
void writeFile(const std::filesystem::path& path, std::string_view text);

} // namespace session_tidy::test
