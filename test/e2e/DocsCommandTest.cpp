// docs/command.md and others are true: what they show is typed into a shell.
//
// From top to bottom of the page, in one folder: a block marked `file=NAME` writes that file, one
// marked `append=NAME` adds to it, in a ```console block each line after "$ " is run, and what
// follows is what it prints (both streams; a line "..." stands for any lines).
#include "e2e/DocsBlocks.h"
#include "e2e/HookRepository.h"
#include "e2e/Project.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <sstream>

namespace session_tidy::test {

namespace {

class Session {
public:
  void play(const CodeBlock& block) {
    constexpr std::string_view file = "file=";
    constexpr std::string_view append = "append=";
    for (const std::string& mark : block.marks) {
      if (mark.starts_with(file)) write(mark.substr(file.size()), block.text);
      if (!mark.starts_with(append)) continue;
      const std::string name = mark.substr(append.size());
      write(name, project_.read(name) + block.text);
    }
    if (block.language == "console") type(block);
  }

  void write(const std::string& name, const std::string& text) const { project_.write(name, text); }

  unsigned commands = 0;

private:
  void type(const CodeBlock& block) {
    std::string command;
    std::vector<std::string> shown;
    const auto check = [&] {
      if (!command.empty()) run(block, command, shown);
      shown.clear();
    };
    for (const std::string& line : linesOf(block.text)) {
      if (!line.starts_with("$ ")) {
        shown.push_back(line);
        continue;
      }
      check();
      command = line.substr(2);
    }
    check();
  }

  void run(const CodeBlock& block, const std::string& command,
           const std::vector<std::string>& shown) {
    ++commands;
    const std::string programs = findBuild(ownLlvm())->command().parent_path();
    const Output output = runProcess(
        {.arguments = {"sh", "-c",
                       "export PATH=" + programs + ":$PATH GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t " +
                           "GIT_COMMITTER_NAME=t GIT_COMMITTER_EMAIL=t; exec 2>&1; (exit " +
                           std::to_string(lastCode_) + "); " + command},
         .directory = project_.folder(),
         .environment = {}});
    lastCode_ = output.exitCode;
    EXPECT_TRUE(printsWhatIsShown(output.out, shown))
        << block.place() << ": $ " << command << "\nprints\n"
        << output.out;
  }

  Project project_;
  int lastCode_ = 0;
};

void playPage(const char* page, Session& session) {
  for (const CodeBlock& block : readCodeBlocks(testFolder().parent_path() / "docs" / page))
    session.play(block);
  EXPECT_GT(session.commands, 3U);
}

void playPage(const char* page) {
  Session session;
  playPage(page, session);
}

TEST(CommandPage, ShowsWhatTheCommandDoes) {
  playPage("command.md");
}

TEST(InitPage, ShowsWhatInitDoes) {
  playPage("init.md");
}

TEST(PreCommitPage, ShowsWhatTheHooksDo) {
  if (!HookRepository::canBeUsed()) GTEST_SKIP() << "pre-commit is not installed";
  const HookRepository hooks;
  Session session;
  session.write(".gitconfig", hooks.gitConfig());
  playPage("pre-commit.md", session);
}

} // namespace

} // namespace session_tidy::test
