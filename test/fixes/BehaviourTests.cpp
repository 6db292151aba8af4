// What fixed programs do: test/fixes/behaviour holds one program per library, full of defects. Each
// is built and run as it is, and again after all fixes, against the real library on SQLite. On the
// good path both do the same; where a statement fails, the fixed one leaves no handle open and no
// half of the work.
#include "harness/Builds.h"
#include "harness/Fixture.h"
#include "harness/Libraries.h"
#include "harness/Process.h"
#include "harness/Workspace.h"

#include <gtest/gtest.h>

#include <map>
#include <sstream>

namespace session_tidy::test {

namespace {

namespace fs = std::filesystem;

/// By "name success" or "name failure": what was counted then.
using Lines = std::map<std::string, std::string>;

class Program {
public:
  Program(const std::string& library, const std::vector<std::string>& link)
      : flags_(libraryFlags(library)), link_(link) {
    const fs::path from = testFolder() / "fixes/behaviour";
    fs::copy_file(from / "stage.h", folder_.path() / "stage.h");
    fs::copy_file(from / (library + ".cpp"), source());
    flags_.insert(flags_.begin(), "-std=c++20");
    if (const fs::path config = from / (library + ".json"); fs::exists(config)) {
      fs::copy_file(config, folder_.path() / ".session-tidy.json");
      flags_.push_back("-I" + (testFolder().parent_path() / "include").string());
    }
    writeFile(folder_.path() / "compile_commands.json",
              compileCommands(folder_.path(), "program.cpp", flags_));
  }

  Lines run() {
    std::vector<std::string> arguments{newestCompiler()};
    arguments.insert(arguments.end(), flags_.begin(), flags_.end());
    arguments.insert(arguments.end(),
                     {"-Wall", "-Wextra", "-Werror", "program.cpp", "-o", "program"});
    arguments.insert(arguments.end(), link_.begin(), link_.end());
    const Output built = call(arguments);
    EXPECT_EQ(built.exitCode, 0) << built.err << readFile(source());
    const Output output = call({(folder_.path() / "program").string()});
    EXPECT_EQ(output.exitCode, 0) << output.err;
    Lines lines;
    std::istringstream stream(output.out);
    for (std::string name, path, rest; stream >> name >> path && std::getline(stream, rest);)
      lines[name + " " + path] = rest;
    return lines;
  }

  void fix() {
    const Output output = call(
        {findBuild(ownLlvm())->command(), "fix", "--unsafe-fixes", "-p", folder_.path(), source()});
    EXPECT_EQ(output.exitCode, 0) << "not all of it is fixed:\n" << output.out << output.err;
  }

private:
  [[nodiscard]] fs::path source() const { return folder_.path() / "program.cpp"; }

  Output call(const std::vector<std::string>& arguments) const {
    return runProcess({.arguments = arguments, .directory = folder_.path(), .environment = {}});
  }

  TemporaryFolder folder_;
  std::vector<std::string> flags_;
  std::vector<std::string> link_;
};

bool has(const std::string& line, const std::string& part) {
  return line.find(part) != std::string::npos;
}

/// "leak:..." cases lose a handle, "whole:..." cases keep half of the work; others are right
/// already, or wrong in a way that no single failure shows.
void compare(const Lines& before, const Lines& after, std::size_t cases) {
  EXPECT_EQ(after.size(), 2 * cases);
  ASSERT_EQ(before.size(), after.size());
  for (const auto& [name, line] : after) {
    EXPECT_TRUE(has(line, " open=0")) << name << line;
    const std::string& was = before.at(name);
    if (has(name, " success")) {
      EXPECT_EQ(line.substr(0, line.find(" open")), was.substr(0, was.find(" open"))) << name;
      continue;
    }
    if (name.starts_with("leak:")) EXPECT_TRUE(has(was, " open=1")) << name << " loses nothing";
    if (!name.starts_with("whole:")) continue;
    EXPECT_TRUE(has(was, " a=1 b=0")) << name << " is whole as it is:" << was;
    EXPECT_TRUE(has(line, " a=0 b=0")) << name << line;
  }
}

void judge(const std::string& library, const std::vector<std::string>& link, std::size_t cases) {
  if (!isInstalled(library)) GTEST_SKIP() << library << " is not installed";
  Program program(library, link);
  const Lines before = program.run();
  program.fix();
  compare(before, program.run(), cases);
}

TEST(Behaviour, Sqlite3) {
  judge("sqlite3", {"-lsqlite3"}, 10);
}

TEST(Behaviour, SqliteCpp) {
  judge("sqlitecpp", {"-lSQLiteCpp", "-lsqlite3"}, 10);
}

TEST(Behaviour, Soci) {
  judge("soci", {"-lsoci_core", "-lsoci_sqlite3", "-lsqlite3"}, 11);
}

TEST(Behaviour, Poco) {
  judge("poco", {"-lPocoDataSQLite", "-lPocoData", "-lPocoFoundation", "-lsqlite3"}, 11);
}

// It has no guard of its own; the one that the configuration names is used.
TEST(Behaviour, QtSql) {
  judge("qtsql", {"-lQt5Sql", "-lQt5Core", "-lsqlite3"}, 7);
}

} // namespace

} // namespace session_tidy::test
