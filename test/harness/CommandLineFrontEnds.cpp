// The two front ends that are run once per file and print clang's text format: plugin and command.
#include "harness/FrontEnd.h"
#include "harness/Process.h"

#include <algorithm>
#include <regex>
#include <sstream>

namespace session_tidy::test {

namespace fs = std::filesystem;

namespace {

/// Runs, reads the text, and fixes by running again with --fix.
class CommandLineFrontEnd : public FrontEnd {
public:
  /// What fixes do depends little on the LLVM: the newest and the oldest will do.
  [[nodiscard]] bool checksFixes() const override {
    const std::vector<Build> builds = findBuilds();
    return llvm() == builds.front().llvm || llvm() == builds.back().llvm;
  }

  RunResult run(const Fixture& fixture, const Workspace& workspace) override {
    RunResult result = runOnce(fixture, workspace, false);
    checkStreams(result);
    return result;
  }

  FixResult fix(const Fixture& fixture, const Workspace& workspace) override {
    FixResult result;
    const RunResult first = runOnce(fixture, workspace, true);
    result.reproduce = first.reproduce;
    result.text = workspace.text();
    const RunResult second = runOnce(fixture, workspace, true);
    result.remaining = second.findings;
    result.secondText = workspace.text();
    for (const RunResult* run : {&first, &second})
      if (run->exitCode > 1)
        result.problems.push_back("exit code " + std::to_string(run->exitCode) +
                                  " with --fix; on the error stream:\n" + run->err);
    return result;
  }

protected:
  using FrontEnd::FrontEnd;

  [[nodiscard]] virtual Command makeCommandLine(const Fixture& fixture, const Workspace& workspace,
                                                bool fix) const = 0;
  [[nodiscard]] virtual bool mayAppearOnErrorStream(const std::string& line) const = 0;
  [[nodiscard]] virtual int expectedExitCode(const RunResult& result) const = 0;

private:
  RunResult runOnce(const Fixture& fixture, const Workspace& workspace, bool fix) const {
    const Command command = makeCommandLine(fixture, workspace, fix);
    Output output = runProcess(command);
    RunResult result;
    result.reproduce = describe(command);
    result.findings = parseClangText(output.out);
    relateTo(workspace, result.findings);
    result.exitCode = output.exitCode;
    if (output.timedOut) result.problems.emplace_back("timed out");
    result.out = std::move(output.out);
    result.err = std::move(output.err);
    return result;
  }

  void checkStreams(RunResult& result) const {
    std::istringstream stream(result.err);
    for (std::string line; std::getline(stream, line);)
      if (!mayAppearOnErrorStream(line)) result.problems.push_back("on the error stream: " + line);
    if (const int expected = expectedExitCode(result); result.exitCode != expected)
      result.problems.push_back("exit code " + std::to_string(result.exitCode) + ", expected " +
                                std::to_string(expected));
  }
};

class Plugin final : public CommandLineFrontEnd {
public:
  explicit Plugin(int llvm)
      : CommandLineFrontEnd("Plugin" + std::to_string(llvm), llvm),
        clangTidy_(findTool("clang-tidy", llvm)) {}

  [[nodiscard]] std::string whyMissing() const override {
    const Build* build = findBuild(llvm());
    if (build == nullptr || !fs::exists(build->plugin()))
      return "no build of libsession-tidy.so for LLVM " + std::to_string(llvm());
    if (clangTidy_.empty()) return "clang-tidy-" + std::to_string(llvm()) + " is not installed";
    return "";
  }

private:
  [[nodiscard]] Command makeCommandLine(const Fixture& fixture, const Workspace& workspace,
                                        bool fix) const override {
    std::vector<std::string> arguments{clangTidy_, "--load", findBuild(llvm())->plugin(),
                                       "--checks=-*," + fixture.checks, "--header-filter=.*"};
    // All fixes, those included that may change more than the defect: they hang on notes.
    if (fix) arguments.emplace_back("--fix-notes");
    arguments.push_back(workspace.source());
    arguments.emplace_back("--");
    arguments.insert(arguments.end(), workspace.flags().begin(), workspace.flags().end());
    return {.arguments = arguments, .directory = workspace.folder(), .environment = {}};
  }

  [[nodiscard]] bool mayAppearOnErrorStream(const std::string& line) const override {
    static const std::regex chatter(
        R"(^(\d+ warnings? generated\.|Suppressed \d+ warnings? .*|Use -(header|system).*|)$)");
    return std::regex_match(line, chatter);
  }

  [[nodiscard]] int expectedExitCode(const RunResult& /*result*/) const override { return 0; }

  fs::path clangTidy_;
};

class SessionTidy final : public CommandLineFrontEnd {
public:
  explicit SessionTidy(int llvm) : CommandLineFrontEnd("Command" + std::to_string(llvm), llvm) {}

  [[nodiscard]] std::string whyMissing() const override {
    const Build* build = findBuild(llvm());
    return build != nullptr && fs::exists(build->command())
               ? ""
               : "no build of session-tidy for LLVM " + std::to_string(llvm());
  }

  [[nodiscard]] bool takesPrecompiledHeaders() const override {
    return llvm() != supportedLlvms[0];
  }

private:
  [[nodiscard]] Command makeCommandLine(const Fixture& fixture, const Workspace& workspace,
                                        bool fix) const override {
    std::vector<std::string> arguments{findBuild(llvm())->command()};
    if (fixture.checks != "session-*") arguments.push_back("--checks=-*," + fixture.checks);
    if (fix) arguments.emplace_back("--unsafe-fixes");
    // However small: no finding may be lost by asking first whether a session can occur.
    arguments.insert(arguments.end(), {"--parse-below", "0"});
    arguments.insert(arguments.end(), {"-p", workspace.folder(), workspace.source()});
    return {.arguments = arguments, .directory = workspace.folder(), .environment = {}};
  }

  [[nodiscard]] bool mayAppearOnErrorStream(const std::string& line) const override {
    return line.empty();
  }

  [[nodiscard]] int expectedExitCode(const RunResult& result) const override {
    return result.findings.empty() ? 0 : 1;
  }
};

} // namespace

std::unique_ptr<FrontEnd> makePlugin(int llvm) {
  return std::make_unique<Plugin>(llvm);
}

std::unique_ptr<FrontEnd> makeCommand(int llvm) {
  return std::make_unique<SessionTidy>(llvm);
}

std::vector<std::unique_ptr<FrontEnd>> makeFrontEnds() {
  std::vector<std::unique_ptr<FrontEnd>> result;
  for (const int llvm : supportedLlvms) {
    result.push_back(makePlugin(llvm));
    result.push_back(makeCommand(llvm));
    if (llvm >= 19)
      result.push_back(makeEditor(llvm)); // older ones ship no libraries to build it from
  }
  return result;
}

void relateTo(const Workspace& workspace, std::vector<ShownFinding>& findings) {
  const auto relate = [&](std::string& file) {
    const fs::path path = (workspace.folder() / file).lexically_normal();
    const fs::path relative = path.lexically_relative(workspace.folder());
    if (!relative.empty() && *relative.begin() != "..") file = relative;
  };
  for (ShownFinding& finding : findings) {
    relate(finding.file);
    for (ShownNote& note : finding.notes) relate(note.file);
  }
}

} // namespace session_tidy::test
