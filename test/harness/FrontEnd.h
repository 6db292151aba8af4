// One interface for all ways to run the checks: plugin, command, editor.
#pragma once

#include "harness/Builds.h"
#include "harness/Diagnostics.h"
#include "harness/Fixture.h"
#include "harness/Workspace.h"

#include <memory>
#include <string>
#include <vector>

namespace session_tidy::test {

struct RunResult {
  std::vector<ShownFinding> findings;
  std::string out;
  std::string err;
  int exitCode = 0;
  std::vector<std::string> problems; ///< broken promises about streams, exit code, protocol
  std::string reproduce;             ///< the command as one could type it
};

/// What became of a fixture whose fixes were applied.
struct FixResult {
  std::string text;                    ///< of the source, all fixes applied
  std::string secondText;              ///< after fixing once more
  std::vector<ShownFinding> remaining; ///< what is still found in the fixed text
  std::vector<std::string> problems;
  std::string reproduce;
};

class FrontEnd {
public:
  virtual ~FrontEnd() = default;

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] int llvm() const { return llvm_; }
  /// Why it cannot run here; empty when it can.
  [[nodiscard]] virtual std::string whyMissing() const = 0;
  [[nodiscard]] virtual bool isEditor() const { return false; }
  [[nodiscard]] virtual bool checksFixes() const { return true; }
  /// Most of a run's time would be the headers'; one front end reads them itself all the same.
  [[nodiscard]] virtual bool takesPrecompiledHeaders() const { return true; }

  virtual RunResult run(const Fixture& fixture, const Workspace& workspace) = 0;
  virtual FixResult fix(const Fixture& fixture, const Workspace& workspace) = 0;

protected:
  FrontEnd(std::string name, int llvm) : name_(std::move(name)), llvm_(llvm) {}

private:
  std::string name_;
  int llvm_;
};

std::unique_ptr<FrontEnd> makePlugin(int llvm);
std::unique_ptr<FrontEnd> makeCommand(int llvm);
std::unique_ptr<FrontEnd> makeEditor(int llvm);

/// Every front end that there could be, missing ones included.
std::vector<std::unique_ptr<FrontEnd>> makeFrontEnds();

/// Shortens file names to the workspace's own.
void relateTo(const Workspace& workspace, std::vector<ShownFinding>& findings);

} // namespace session_tidy::test
