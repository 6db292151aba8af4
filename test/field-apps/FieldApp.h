// One application of examples/field: what its two programs do, and what the linter says of them.
//
// In before/ a line "// defect: RULE, words" says that the line below it is reported by that rule,
// with the words in the message. All else has to be silent.
#pragma once

#include "harness/Diagnostics.h"
#include "harness/Process.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace session_tidy::test {

/// The folder of all applications' sources, and the one in which CTest has built them.
std::filesystem::path fieldSources();
std::filesystem::path fieldBuild();

/// A line that a linter's finding is announced for.
struct Mark {
  std::string file; ///< below examples/field
  unsigned line = 0;
  std::string rule;
  std::string words;
};

/// By name, what a program has told.
using Facts = std::map<std::string, std::string>;

class FieldApp {
public:
  explicit FieldApp(std::string name) : name_(std::move(name)) {}

  /// Whether it was built, which needs its libraries.
  [[nodiscard]] bool isBuilt() const;

  /// Plays a scenario; `state` is "before" or "after".
  [[nodiscard]] Facts play(const std::string& state, const std::string& scenario) const;
  [[nodiscard]] static Facts playProgram(const std::filesystem::path& program,
                                         const std::string& scenario);

  /// Runs the command on the folder of the state and on what both states share.
  [[nodiscard]] Output tidy(const std::string& state, std::vector<std::string> arguments) const;
  [[nodiscard]] std::vector<ShownFinding> findings(const std::string& state) const;

  /// The announced findings of before/.
  [[nodiscard]] std::vector<Mark> marks() const;

private:
  std::string name_;
};

/// Before is found as it is marked, after is clean.
void expectMarkedFindings(const FieldApp& app);

/// The report of before names each finding with file, line, risk and advice, and grades the files
/// as given ("routes.cpp" "issues"); that of after finds nothing and calls all files good.
void expectReport(const FieldApp& app, const std::map<std::string, std::string>& grades);

/// Both programs play the scenario; what they tell is as given.
void expectFacts(const FieldApp& app, const std::string& scenario, const Facts& before,
                 const Facts& after);

} // namespace session_tidy::test
