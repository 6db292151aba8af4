// Running over many units: parallel, one bad unit contained, progress, interruption.
#include "e2e/Project.h"

#include <gmock/gmock.h>
#include <pty.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>

namespace session_tidy::test {

namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* crash = "#pragma clang __debug crash\n";

/// Reading it never ends: nobody writes to it.
void makeHang(const Project& project, const std::string& name) {
  ASSERT_EQ(::mkfifo((project.folder() / name).c_str(), 0600), 0);
}

TEST(Running, ReportsAllUnitsInTheOrderOfTheirPaths) {
  Project project;
  for (const char* name : {"c.cpp", "a.cpp", "d.cpp", "b.cpp"}) project.unit(name, badSample());
  const Output one = project.check({"--output-format", "concise", "-j", "1"});
  const Output four = project.check({"--output-format", "concise", "-j", "4"});
  EXPECT_EQ(one.exitCode, 1);
  EXPECT_EQ(one.out, four.out);
  EXPECT_THAT(one.out, testing::ContainsRegex("a.cpp:11(.|\n)*b.cpp:11(.|\n)*d.cpp:11"));
  EXPECT_THAT(one.err, IsEmpty());
}

// The first parse leaves out what hardly any unit needs; these need it.

TEST(Running, KnowsWhatConstantsNeedOfTheLibrary) {
  Project project;
  project.unit("a.cpp", "#include <algorithm>\n#include <array>\n"
                        "constexpr int third() {\n"
                        "  std::array<int, 3> all{3, 1, 2};\n"
                        "  std::sort(all.begin(), all.end());\n"
                        "  return all[2];\n"
                        "}\n"
                        "static_assert(third() == 3);\n" +
                            badSample());
  const Output output = project.check({"--output-format", "concise"});
  EXPECT_EQ(output.exitCode, 1);
  EXPECT_THAT(output.out, HasSubstr("a.cpp:19:3"));
  EXPECT_THAT(output.err, IsEmpty());
}

TEST(Running, HeedsWhatPragmasAllow) {
  Project project;
  project.unit("a.cpp", "#pragma clang diagnostic ignored \"-Wc++11-narrowing\"\n"
                        "int narrow(long wide) { return int{wide}; }\n" +
                            badSample());
  const Output output = project.check({"--output-format", "concise"});
  EXPECT_EQ(output.exitCode, 1);
  EXPECT_THAT(output.out, HasSubstr("a.cpp:13:3"));
  EXPECT_THAT(output.err, IsEmpty());
}

TEST(Running, ReportsErrorsOnce) {
  Project project;
  project.unit("a.cpp", badSample() + "int broken = nothing;\n");
  const Output output = project.check({"--output-format", "concise", "--stats"});
  EXPECT_EQ(output.exitCode, 3);
  EXPECT_THAT(output.out, HasSubstr("a.cpp:11:3"));
  const std::string error = "undeclared identifier 'nothing'";
  const std::size_t told = output.err.find(error);
  ASSERT_NE(told, std::string::npos) << output.err;
  EXPECT_EQ(output.err.find(error, told + 1), std::string::npos) << output.err;
  EXPECT_THAT(output.err, testing::ContainsRegex("functions with sessions +1\n"));
}

TEST(Running, ACrashCostsItsOwnUnitOnly) {
  Project project;
  project.unit("a.cpp", badSample());
  project.unit("b.cpp", crash + badSample());
  project.unit("c.cpp", badSample());
  const Output output = project.check({"--output-format", "concise", "-j", "2"});
  EXPECT_EQ(output.exitCode, 2);
  EXPECT_THAT(output.out, HasSubstr("a.cpp:11:3"));
  EXPECT_THAT(output.out, HasSubstr("c.cpp:11:3"));
  EXPECT_THAT(output.err, HasSubstr("crashed on " + (project.folder() / "b.cpp").string()));
  EXPECT_THAT(output.err, HasSubstr("1 of 3 units could not be checked"));
}

TEST(Running, AHangIsGivenUpInTime) {
  Project project;
  project.unit("a.cpp", "#include \"endless.h\"\n" + badSample());
  project.unit("b.cpp", badSample());
  makeHang(project, "endless.h");
  const Output output = project.check({"--output-format", "concise", "--timeout", "1"});
  EXPECT_EQ(output.exitCode, 2);
  EXPECT_FALSE(output.timedOut);
  EXPECT_THAT(output.out, HasSubstr("b.cpp:11:3"));
  EXPECT_THAT(output.err,
              HasSubstr("gave up on " + (project.folder() / "a.cpp").string() + " after 1 s"));
}

TEST(Running, WritesReportsWholeOrNotAtAll) {
  Project project;
  project.unit("a.cpp", badSample());
  const Output output = project.check({"--output-format", "json:missing/out.json"});
  EXPECT_EQ(output.exitCode, 2);
  EXPECT_THAT(output.err, HasSubstr("cannot write missing/out.json"));
  EXPECT_EQ(project.check({"--output-format", "json:out.json"}).exitCode, 1);
  EXPECT_TRUE(nlohmann::json::accept(project.read("out.json")));
}

/// What appears on a terminal of the given kind; with a signal on the way, if there is one.
struct Terminal {
  std::string shown;
  int status = 0;
};

Terminal runOnTerminal(const Project& project, const std::vector<std::string>& arguments,
                       int signal = 0, const std::string& awaited = "") {
  int terminal = -1;
  const pid_t pid = ::forkpty(&terminal, nullptr, nullptr, nullptr);
  if (pid == 0) {
    std::vector<std::string> words{findBuild(ownLlvm())->command()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    ::setenv("TERM", "xterm", 1);
    ::setenv("HOME", project.folder().c_str(), 1);
    ::unsetenv("NO_COLOR");
    if (::chdir(project.folder().c_str()) != 0) ::_exit(126);
    ::execv(pointers[0], pointers.data());
    ::_exit(127);
  }
  Terminal result;
  std::array<char, 4096> buffer{};
  bool sent = signal == 0;
  for (ssize_t count = 0; (count = ::read(terminal, buffer.data(), buffer.size())) > 0;) {
    result.shown.append(buffer.data(), static_cast<std::size_t>(count));
    if (!sent && result.shown.find(awaited) != std::string::npos) {
      sent = true;
      ::kill(pid, signal);
    }
  }
  ::close(terminal);
  ::waitpid(pid, &result.status, 0);
  return result;
}

TEST(Running, ShowsProgressOnATerminalAndTakesItAway) {
  Project project;
  for (const char* name : {"a.cpp", "b.cpp", "c.cpp"}) project.unit(name, goodSample());
  const Terminal seen = runOnTerminal(project, {"check"});
  EXPECT_EQ(seen.status, 0);
  EXPECT_THAT(seen.shown, HasSubstr("/3 units, 0 findings"));
  EXPECT_TRUE(seen.shown.ends_with("\r\033[K")) << seen.shown;
  EXPECT_THAT(runOnTerminal(project, {"check", "--quiet"}).shown, IsEmpty());
}

TEST(Running, IsSilentWhenPiped) {
  Project project;
  for (const char* name : {"a.cpp", "b.cpp", "c.cpp"}) project.unit(name, goodSample());
  const Output output = project.check();
  EXPECT_THAT(output.out + output.err, IsEmpty());
}

TEST(Running, EndsAtOnceWhenInterrupted) {
  Project project;
  project.unit("a.cpp", "#include \"endless.h\"\n");
  project.unit("b.cpp", "#include \"endless.h\"\n");
  makeHang(project, "endless.h");
  const Terminal seen =
      runOnTerminal(project, {"check", "--output-format", "json:out.json"}, SIGINT, "0/2 units");
  ASSERT_TRUE(WIFSIGNALED(seen.status)) << seen.status << seen.shown;
  EXPECT_EQ(WTERMSIG(seen.status), SIGINT);
  EXPECT_THAT(seen.shown, HasSubstr("interrupted after 0 of 2 units"));
  EXPECT_FALSE(std::filesystem::exists(project.folder() / "out.json"));
}

/// Everything that a fix has written so far is said, and is whole.
TEST(Running, SaysWhatWasFixedWhenInterrupted) {
  Project project;
  project.unit("a.cpp", "#include \"once.h\"\n" + badSample());
  makeHang(project, "once.h"); // read a second time, after the first fixes
  const pid_t pid = ::fork();
  if (pid == 0) {
    const std::string command =
        "exec " + findBuild(ownLlvm())->command().string() + " fix --no-cache >out.txt 2>err.txt";
    if (::chdir(project.folder().c_str()) != 0) ::_exit(126);
    ::execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
    ::_exit(127);
  }
  project.write("line.h", "// read once\n");
  project.shell("timeout 20 sh -c 'cat line.h >once.h'");
  for (int i = 0; i < 2000 && project.read("a.cpp").find("transaction tr") == std::string::npos;
       ++i)
    ::usleep(10000);
  ::kill(pid, SIGINT);
  int status = 0;
  ::waitpid(pid, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status)) << status << project.read("err.txt");
  EXPECT_THAT(project.read("err.txt"), HasSubstr("fixed 1 finding in a.cpp\n"));
  EXPECT_THAT(project.read("err.txt"), HasSubstr("interrupted after 0 of 1 units"));
  EXPECT_THAT(project.read("a.cpp"), testing::EndsWith("  soci::transaction tr{sql};\n}\n"));
}

TEST(Running, ColoursByOptionAndEnvironment) {
  Project project;
  project.unit("a.cpp", badSample());
  EXPECT_THAT(project.check({"--color", "always"}).out, HasSubstr("\033["));
  EXPECT_THAT(project.check({}, {{"FORCE_COLOR", "1"}}).out, HasSubstr("\033["));
  EXPECT_THAT(project.check({}, {{"FORCE_COLOR", "1"}, {"NO_COLOR", "1"}}).out,
              Not(HasSubstr("\033[")));
  EXPECT_THAT(project.check().out, Not(HasSubstr("\033[")));
}

} // namespace

} // namespace session_tidy::test
