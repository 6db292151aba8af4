// The cache never gives another answer than a run without it.
#include "e2e/Project.h"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <random>
#include <thread>

namespace session_tidy::test {

namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::string temporary = "  soci::transaction{sql};\n";

std::string function(const std::string& name, const std::string& body) {
  return "inline void " + name + "(soci::session& sql) {\n" + body + "}\n";
}

class Cache : public testing::Test {
protected:
  void SetUp() override {
    project_.write("inc/lib.h", "#pragma once\n" + std::string(sampleLibrary));
    project_.unit("a.cpp", "#include <lib.h>\n" + function("a", temporary), {"-Ifirst", "-Iinc"});
    project_.unit("b.cpp", "#include <lib.h>\n" + function("b", temporary), {"-Ifirst", "-Iinc"});
  }

  Output check(std::vector<std::string> arguments = {},
               std::map<std::string, std::string> environment = {}) const {
    arguments.insert(arguments.end(), {"--output-format", "json", "--stats"});
    return project_.check(std::move(arguments), std::move(environment));
  }

  /// Runs and expects so many units to be linted; the rest to come from the cache. What comes out
  /// must be what comes out without cache.
  void expectLinted(unsigned count, const std::vector<std::string>& arguments = {},
                    const std::map<std::string, std::string>& environment = {}) const {
    const Output cached = check(arguments, environment);
    EXPECT_THAT(cached.err, HasSubstr(": " + std::to_string(count) + " linted"));
    std::vector<std::string> anew = arguments;
    anew.emplace_back("--no-cache");
    const Output fresh = check(anew, environment);
    EXPECT_EQ(cached.out, fresh.out);
    EXPECT_EQ(cached.exitCode, fresh.exitCode);
  }

  Project project_;
};

TEST_F(Cache, RemembersWhatDidNotChange) {
  expectLinted(2);
  expectLinted(0);
}

TEST_F(Cache, AnEditedSourceIsLintedAnew) {
  expectLinted(2);
  project_.write("a.cpp", "#include <lib.h>\n");
  expectLinted(1);
  project_.write("a.cpp", "#include <lib.h>\n" + function("a", temporary));
  expectLinted(0); // as before: the entry is still there
}

TEST_F(Cache, AnEditedHeaderIsSeen) {
  expectLinted(2);
  project_.write("inc/lib.h", project_.read("inc/lib.h") + function("inHeader", temporary));
  expectLinted(2);
}

TEST_F(Cache, ANolintEditIsSeen) {
  expectLinted(2);
  project_.write("a.cpp", "#include <lib.h>\n" +
                              function("a", "  soci::transaction{sql}; // NOLINT: as a test\n"));
  expectLinted(1);
  const auto document = nlohmann::json::parse(check().out);
  ASSERT_EQ(document["findings"].size(), 1U);
  EXPECT_EQ(document["findings"][0]["location"]["file"], "b.cpp");
  EXPECT_EQ(document["silenced"], nlohmann::json({{"a.cpp", 1}}));
}

TEST_F(Cache, ANewHeaderThatShadowsAnotherIsSeen) {
  expectLinted(2);
  project_.write("first/lib.h",
                 "namespace soci { struct session; }\n"
                 "namespace soci { struct transaction { transaction(session&); }; }\n");
  expectLinted(2);
}

TEST_F(Cache, AHeaderThatWasMissingIsSeen) {
  project_.unit("c.cpp",
                "#if __has_include(<extra.h>)\n#include <extra.h>\n#endif\n"
                "#include <lib.h>\n",
                {"-Iinc"});
  expectLinted(3);
  project_.write("inc/extra.h", "#include <lib.h>\n" + function("extra", temporary));
  expectLinted(1);
}

TEST_F(Cache, ARemovedHeaderIsSeen) {
  expectLinted(2);
  fs::remove(project_.folder() / "inc/lib.h");
  expectLinted(2);
}

TEST_F(Cache, OtherFlagsAreOtherResults) {
  expectLinted(2);
  project_.shell("sed -i 's/-std=c++20/-std=c++17/g' compile_commands.json");
  expectLinted(2);
  expectLinted(2, {}, {{"CPLUS_INCLUDE_PATH", (project_.folder() / "inc").string()}});
}

TEST_F(Cache, ConfigurationAndOptionsCount) {
  expectLinted(2);
  project_.write(".session-tidy.json", R"({"rules": {"session-temporary-guard": false}})");
  expectLinted(2);
  project_.write(".session-tidy.json", R"({"exempt": ["b.cpp"]})");
  expectLinted(2);
  expectLinted(2, {"--checks", "session-leak"});
  expectLinted(2, {"--min-confidence", "certain"});
}

/// The program with another build id: what the linker writes after the note's head.
std::string ofAnotherBuild(std::string program) {
  using namespace std::string_literals;
  const std::size_t name = program.find("\3\0\0\0GNU\0"s);
  if (name == std::string::npos) throw std::runtime_error("the program has no build id");
  program[name + 8] = static_cast<char>(~program[name + 8]);
  return program;
}

TEST_F(Cache, AnotherBuildHasResultsOfItsOwn) {
  expectLinted(2);
  const std::string program = readFile(findBuild(ownLlvm())->command());
  const auto run = [&](const char* name, const std::string& text) {
    project_.write(name, text);
    fs::permissions(project_.folder() / name, fs::perms::owner_all);
    const Output output = runProcess({.arguments = {project_.folder() / name, "check", "--stats"},
                                      .directory = project_.folder(),
                                      .environment = {}});
    return output.err;
  };
  EXPECT_THAT(run("copy", program), HasSubstr(": 0 linted, 2 from the cache"));
  EXPECT_THAT(run("other", ofAnotherBuild(program)), HasSubstr(": 2 linted, 0 from the cache"));
}

TEST_F(Cache, ChangedFilesOfAFixAreLintedAnew) {
  expectLinted(2);
  EXPECT_EQ(project_.check({"a.cpp", "--fix", "--unsafe-fixes"}).exitCode, 0);
  expectLinted(0); // the second look of the fix has linted what it changed
}

TEST_F(Cache, FailingUnitsAreRememberedUntilTheyChange) {
  project_.write("a.cpp", "#include <lib.h>\n#include \"later.h\"\n");
  expectLinted(2);
  const Output again = check();
  EXPECT_EQ(again.exitCode, 3);
  EXPECT_THAT(again.err, HasSubstr(": 0 linted"));
  EXPECT_THAT(again.err, HasSubstr("later.h"));
  project_.write("later.h", "");
  expectLinted(1);
}

TEST_F(Cache, CrashesAreNotRemembered) {
  project_.write("a.cpp", "#pragma clang __debug crash\n");
  EXPECT_EQ(check().exitCode, 2);
  EXPECT_THAT(check().err, HasSubstr(": 1 linted"));
}

TEST_F(Cache, CheckoutsShareIt) {
  project_.shell("git init -q . && mkdir cache");
  const std::string cache = project_.folder() / "cache";
  EXPECT_THAT(check({"--cache-dir", cache}).err, HasSubstr(": 2 linted"));
  const TemporaryFolder other;
  project_.shell("cp -r . " + (other.path() / "copy").string() + " && cd " +
                 (other.path() / "copy").string() + " && sed -i 's|" + project_.folder().string() +
                 "|'$PWD'|g' compile_commands.json");
  const Output there = runSessionTidy(
      other.path() / "copy", {"check", "--cache-dir", cache, "--stats", "--output-format", "json"});
  EXPECT_THAT(there.err, HasSubstr(": 0 linted, 2 from the cache"));
  EXPECT_EQ(there.out, check().out) << "paths are relative";
  const Output text = runSessionTidy(other.path() / "copy",
                                     {"check", "--cache-dir", cache, "--output-format", "concise"});
  EXPECT_THAT(text.out, HasSubstr("a.cpp:3:"));
}

TEST_F(Cache, DamagedEntriesAreNone) {
  expectLinted(2);
  project_.shell("for f in $(find .cache -type f); do printf x | dd of=$f bs=1 seek=40 "
                 "conv=notrunc 2>/dev/null; done");
  expectLinted(2);
  project_.shell("for f in $(find .cache -type f); do truncate -s 10 $f; done");
  expectLinted(2);
  expectLinted(0);
}

TEST_F(Cache, StaysWithinItsSize) {
  expectLinted(2);
  EXPECT_THAT(project_.run({"cache", "stats"}).out, HasSubstr(": 2 units"));
  project_.write("a.cpp", "#include <lib.h>\nint changed;\n");
  EXPECT_EQ(project_.check({"--cache-size", "0"}).exitCode, 1);
  EXPECT_THAT(project_.run({"cache", "stats"}).out, HasSubstr(": 0 units"));
  expectLinted(2);
  EXPECT_THAT(project_.run({"cache", "clean"}).out, HasSubstr(": 0 units"));
  expectLinted(2);
}

TEST_F(Cache, DoesWithoutAPlaceToWrite) {
  project_.write("file", "");
  for (const char* folder : {"/proc/nowhere", "file"}) {
    const Output output = check({"--cache-dir", folder});
    EXPECT_EQ(output.exitCode, 1);
    EXPECT_THAT(output.err, HasSubstr(": 2 linted"));
    const std::size_t told = output.err.find("results are not kept for the next run: ");
    EXPECT_NE(told, std::string::npos) << output.err;
    EXPECT_EQ(output.err.find("are not kept", told + 20), std::string::npos) << "once";
    EXPECT_THAT(output.err, HasSubstr("--no-cache"));
    EXPECT_THAT(project_.check({"--quiet", "--cache-dir", folder}).err, IsEmpty());
  }
  EXPECT_EQ(project_.run({"cache", "stats", "--cache-dir", "file"}).exitCode, 2);
}

/// Starts a run and does not wait for it.
pid_t start(const Project& project) {
  const std::string program = findBuild(ownLlvm())->command();
  const pid_t pid = ::fork();
  if (pid != 0) return pid;
  ::setenv("HOME", project.folder().c_str(), 1);
  ::unsetenv("SESSION_TIDY_CACHE_DIR");
  if (::chdir(project.folder().c_str()) != 0) ::_exit(126);
  ::execl(program.c_str(), program.c_str(), "check", "--quiet", "--output-format", "json:out.json",
          nullptr);
  ::_exit(127);
}

TEST_F(Cache, RunsThatAreKilledLeaveNothingWrong) {
  for (int delay = 5; delay < 100; delay += 10) {
    EXPECT_EQ(project_.run({"cache", "clean"}).exitCode, 0);
    const pid_t pid = start(project_);
    std::this_thread::sleep_for(std::chrono::milliseconds(delay));
    ::kill(pid, SIGKILL);
    ::waitpid(pid, nullptr, 0);
    const Output cached = check();
    EXPECT_EQ(cached.out, check({"--no-cache"}).out);
  }
}

TEST_F(Cache, ManyProcessesUseItAtOnce) {
  std::vector<pid_t> pids;
  for (int i = 0; i < 6; ++i) pids.push_back(start(project_));
  for (const pid_t pid : pids) {
    int status = 0;
    ::waitpid(pid, &status, 0);
    EXPECT_EQ(WEXITSTATUS(status), 1);
  }
  expectLinted(0);
}

/// A project of tiny files that is edited at random.
class RandomEdits {
public:
  explicit RandomEdits(unsigned seed) : random_(seed) {
    project_.write("one/lib.h", sampleLibrary);
    for (const char* name : {"u0.cpp", "u1.cpp"}) project_.unit(name, source(), {"-Ione", "-Itwo"});
  }

  void step() {
    static const std::vector<std::string> headers{"one/h0.h", "two/h0.h", "two/h1.h", "h1.h"};
    const std::string header = headers[below(headers.size())];
    switch (below(6)) {
    case 0:
    case 1:
      project_.write("u" + std::to_string(below(2)) + ".cpp", source());
      break;
    case 2:
    case 3:
      project_.write(header, body("h" + std::to_string(below(9))));
      break;
    case 4:
      fs::remove(project_.folder() / header);
      break;
    default:
      project_.write(".session-tidy.json",
                     below(2) == 0 ? "{}" : R"({"rules": {"session-temporary-guard": false}})");
    }
  }

  [[nodiscard]] Output check(bool cached) const {
    std::vector<std::string> arguments{"-j", "1", "--output-format", "json"};
    if (!cached) arguments.emplace_back("--no-cache");
    return project_.check(arguments);
  }

private:
  std::size_t below(std::size_t count) { return random_() % count; }

  std::string body(const std::string& name) {
    switch (below(3)) {
    case 0:
      return "static inline void " + name + "(soci::session& sql) { soci::transaction{sql}; }\n";
    case 1:
      return "static inline void " + name +
             "(soci::session& sql) { soci::transaction{sql}; } // NOLINT\n";
    default:
      return "// nothing\n";
    }
  }

  std::string source() {
    std::string text = "#include <lib.h>\n";
    for (const char* header : {"h0.h", "h1.h"}) {
      const std::string name = header;
      if (below(2) == 0)
        text += "#if __has_include(\"" + name + "\")\n#include \"" + name + "\"\n#endif\n";
    }
    return text + body("own");
  }

  Project project_;
  std::mt19937 random_;
};

TEST(CacheAtRandom, IsNeverAnotherAnswer) {
  RandomEdits edits(20261121);
  for (int i = 0; i < 500; ++i) {
    edits.step();
    const Output cached = edits.check(true);
    const Output fresh = edits.check(false);
    ASSERT_EQ(cached.out, fresh.out) << "step " << i;
    ASSERT_EQ(cached.exitCode, fresh.exitCode) << "step " << i;
    ASSERT_EQ(cached.err, fresh.err) << "step " << i;
  }
}

} // namespace

} // namespace session_tidy::test
