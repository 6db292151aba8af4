// The hooks of .pre-commit-hooks.yaml, run by the real pre-commit in a repository of its own.
#include "e2e/HookRepository.h"
#include "e2e/Project.h"

#include <gmock/gmock.h>

namespace session_tidy::test {

namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::string defect = "  soci::transaction{sql};\n";

std::string function(const std::string& name, const std::string& body) {
  return "void " + name + "(soci::session& sql) {\n" + body + "}\n";
}

/// A repository whose first commit holds shop.cpp with a defect in line 11; hooks are installed.
class PreCommit : public testing::Test {
protected:
  void SetUp() override {
    if (!HookRepository::canBeUsed()) GTEST_SKIP() << "pre-commit is not installed";
    project_.write(".gitconfig", hooks_.gitConfig());
    project_.write(".gitignore", ".cache\n.gitconfig\ncompile_commands.json\n");
    project_.unit("shop.cpp", badSample());
    project_.shell("git init -q . && git add -A && git commit -qm first");
  }

  /// `hooks`: YAML, the entries of one repository.
  void install(const std::string& hooks) const {
    project_.write(".pre-commit-config.yaml", std::string("repos:\n  - repo: ") +
                                                  publicHookRepository +
                                                  "\n    rev: v0.1.0\n    hooks:\n" + hooks);
    project_.shell("git add -A && git commit -qm hooks");
    const Output installed = shell("pre-commit install -t pre-commit -t pre-push");
    ASSERT_EQ(installed.exitCode, 0) << installed.out << installed.err;
  }

  /// Both streams of what is typed into a shell.
  Output shell(const std::string& commands) const {
    const std::string programs = findBuild(ownLlvm())->command().parent_path();
    return runProcess(
        {.arguments = {"sh", "-c", "export PATH=" + programs + ":$PATH; exec 2>&1; " + commands},
         .directory = project_.folder(),
         .environment = {}});
  }

  Output commitAll() const { return shell("git add -A && git commit -qm change"); }

  void append(const std::string& text, const std::string& file = "shop.cpp") const {
    project_.write(file, project_.read(file) + text);
  }

  HookRepository hooks_;
  Project project_;
};

TEST_F(PreCommit, ADefectIsRefusedUntilItIsMended) {
  install("      - id: session-tidy\n");
  append(function("added", defect));
  const Output refused = commitAll();
  EXPECT_EQ(refused.exitCode, 1);
  EXPECT_THAT(refused.out,
              AllOf(HasSubstr("- hook id: session-tidy\n- exit code: 1\n\nshop.cpp:14:3: "
                              "warning: the guard 'soci::transaction' made here"),
                    HasSubstr("   14 |   soci::transaction{sql};\n"),
                    Not(HasSubstr("shop.cpp:11:"))))
      << "its own lines only, as the command shows them";
  EXPECT_THAT(shell("git log --format=%s -n 1").out, "hooks\n");

  project_.write("shop.cpp", badSample() + function("added", "  soci::transaction tr{sql};\n"
                                                             "  tr.commit();\n"));
  const Output accepted = commitAll();
  EXPECT_EQ(accepted.exitCode, 0) << accepted.out;
  EXPECT_THAT(shell("git log --format=%s -n 1").out, "change\n");
}

TEST_F(PreCommit, OnlyWhatIsCommittedCounts) {
  install("      - id: session-tidy\n");
  append(function("harmless", ""));
  EXPECT_EQ(commitAll().exitCode, 0) << "beside an old defect";

  append(function("notYet", defect));
  project_.unit("other.cpp", goodSample());
  const Output other = shell("git add other.cpp && git commit -qm other");
  EXPECT_EQ(other.exitCode, 0) << other.out;
  EXPECT_THAT(project_.read("shop.cpp"), HasSubstr("notYet"));
  EXPECT_EQ(shell("git commit -qam all").exitCode, 1);
}

TEST_F(PreCommit, ACommitThatIsTakenAwayIsMissed) {
  install("      - id: session-tidy\n");
  const std::string before = "  sql.begin();\n  if (n) {\n    sql.rollback();\n    return;\n  }\n";
  const std::string after = "  n = 1;\n  n = 2;\n  n = 3;\n}\n";
  const std::string head = "void move(soci::session& sql, int n) {\n";
  append(head + before + "  sql.commit();\n" + after);
  EXPECT_EQ(commitAll().exitCode, 0);
  project_.write("shop.cpp", badSample() + head + before + after);
  const Output refused = commitAll();
  EXPECT_EQ(refused.exitCode, 1);
  EXPECT_THAT(refused.out, HasSubstr("shop.cpp:14:3: warning: the transaction begun here"));
}

TEST_F(PreCommit, TheFixHookMendsTheCommittedLines) {
  install("      - id: session-tidy-fix\n");
  append(function("added", defect));
  const Output refused = commitAll();
  EXPECT_EQ(refused.exitCode, 1);
  EXPECT_THAT(refused.out, AllOf(HasSubstr("- files were modified by this hook"),
                                 HasSubstr("session-tidy: fixed 1 finding in shop.cpp")));
  EXPECT_EQ(project_.read("shop.cpp"),
            badSample() + function("added", "  soci::transaction tr{sql};\n"))
      << "and no others";
  EXPECT_EQ(commitAll().exitCode, 0);
}

TEST_F(PreCommit, TheFullHookLooksAtAllBeforeAPush) {
  install("      - id: session-tidy-full\n");
  append("// a word\n");
  EXPECT_EQ(commitAll().exitCode, 0);
  project_.shell("git init -q --bare up.git && git remote add up up.git");
  const Output refused = shell("git push -q up HEAD");
  EXPECT_EQ(refused.exitCode, 1);
  EXPECT_THAT(refused.out, HasSubstr("shop.cpp:11:3: warning"));
  EXPECT_EQ(shell("pre-commit run --hook-stage manual").exitCode, 1);
  project_.write("shop.cpp", goodSample());
  EXPECT_EQ(commitAll().exitCode, 0);
  EXPECT_EQ(shell("git push -q up HEAD").exitCode, 0);
}

TEST_F(PreCommit, RunByHandItLooksAtWhatItIsAskedFor) {
  install("      - {id: session-tidy, args: [--stats], exclude: ^old/}\n");
  project_.unit("old/past.cpp", badSample());
  append(function("added", defect));
  project_.shell("git add -A && git commit -qnm more");
  const Output since = shell("pre-commit run --from-ref HEAD~1 --to-ref HEAD");
  EXPECT_EQ(since.exitCode, 1);
  EXPECT_THAT(since.out, AllOf(HasSubstr("shop.cpp:14:"), Not(HasSubstr("shop.cpp:11:")),
                               Not(HasSubstr("past.cpp"))));
  const Output all = shell("pre-commit run --all-files");
  EXPECT_EQ(all.exitCode, 1);
  EXPECT_THAT(all.out, AllOf(HasSubstr("shop.cpp:11:"), HasSubstr("shop.cpp:14:"),
                             Not(HasSubstr("past.cpp")), HasSubstr("0 linted, 1 from the cache")));
  EXPECT_EQ(shell("pre-commit run").exitCode, 0) << "nothing is staged";
}

TEST_F(PreCommit, WithoutACompileDatabaseItSaysWhatToDo) {
  install("      - id: session-tidy\n");
  append(function("harmless", ""));
  project_.shell("mkdir -p .cache && mv compile_commands.json .cache");
  const Output refused = commitAll();
  EXPECT_EQ(refused.exitCode, 1);
  EXPECT_THAT(refused.out,
              AllOf(HasSubstr("- exit code: 2"),
                    HasSubstr("no compile_commands.json here or above"),
                    HasSubstr("CMake: configure with -DCMAKE_EXPORT_COMPILE_COMMANDS=ON"),
                    HasSubstr("In .pre-commit-config.yaml that is `args: [-p, DIR]`"),
                    HasSubstr("SKIP=session-tidy git commit")));
  EXPECT_EQ(shell("SKIP=session-tidy git commit -qm skipped").exitCode, 0);
  install("      - {id: session-tidy, args: [-p, .cache]}\n");
  append(function("added", defect));
  EXPECT_THAT(commitAll().out, HasSubstr("shop.cpp:16:"));
}

} // namespace

} // namespace session_tidy::test
