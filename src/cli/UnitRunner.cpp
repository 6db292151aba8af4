// The frontend action of the command: no warnings, no bodies of system headers, nothing but the
// lowering.
#include "cli/UnitRunner.h"

#include "cli/LibraryBodies.h"
#include "cli/RecordingFileSystem.h"
#include "lower/Lowering.h"
#include "lower/Texts.h"
#include "support/SourceText.h"

#include <clang/AST/ASTConsumer.h>
#include <clang/AST/ASTContext.h>
#include <clang/Basic/DiagnosticDriver.h>
#include <clang/Basic/FileManager.h>
#include <clang/Basic/SourceManager.h>
#include <clang/Basic/Stack.h>
#include <clang/Frontend/CompilerInstance.h>
#include <clang/Frontend/CompilerInvocation.h>
#include <clang/Frontend/FrontendAction.h>
#include <clang/Frontend/TextDiagnosticPrinter.h>
#include <clang/Lex/Pragma.h>
#include <clang/Lex/Preprocessor.h>
#include <clang/Tooling/Tooling.h>
#include <llvm/Support/VirtualFileSystem.h>
#include <llvm/Support/raw_ostream.h>

#include <filesystem>
#include <memory>
#include <type_traits>
#include <utility>

namespace session_tidy::cli {

namespace {

/// What one parse works on and reports to.
struct Job {
  const Unit& unit;
  const model::ModelSet& models;
  const model::Waits& waits;
  const UseUnit& use;
  UnitOutcome& outcome;
  /// Leaves out what hardly any unit needs; if that makes errors, the unit is parsed once more.
  bool quick = false;
};

void makeAbsolute(std::vector<std::string>& files, const std::filesystem::path& folder) {
  for (std::string& file : files) file = (folder / file).lexically_normal().string();
}

class Consumer : public clang::ASTConsumer {
public:
  Consumer(Job& job, const clang::SourceManager& sources) : job_(job), sources_(sources) {}

  bool shouldSkipFunctionBody(clang::Decl* declaration) override {
    return sources_.isInSystemHeader(sources_.getExpansionLoc(declaration->getLocation()));
  }

  void HandleTranslationUnit(clang::ASTContext& context) override {
    if (job_.quick && context.getDiagnostics().hasErrorOccurred()) return;
    lower::LoweredUnit lowered = lower::lowerUnit(context, job_.models, {.waits = job_.waits});
    makeAbsolute(lowered.unit.files, job_.unit.folder);
    for (const clang::FileID id : lowered.fileIds) {
      const llvm::StringRef text = sources_.getBufferData(id);
      job_.outcome.fingerprints.push_back(fingerprint({text.data(), text.size()}));
    }
    job_.use(lowered.unit, lower::ClangTexts(context, lowered));
  }

private:
  Job& job_;
  const clang::SourceManager& sources_;
};

/// `#pragma GCC diagnostic` has nothing to say where there are no warnings, but makes every
/// question about them slow.
void forgetDiagnosticPragmas(clang::Preprocessor& preprocessor) {
  for (const char* space : {"GCC", "clang"}) {
    clang::EmptyPragmaHandler sameName("diagnostic"); // by which the other is found
    preprocessor.RemovePragmaHandler(space, &sameName);
    preprocessor.AddPragmaHandler(space, new clang::EmptyPragmaHandler("diagnostic"));
  }
}

class Action : public clang::ASTFrontendAction {
public:
  explicit Action(Job& job) : job_(job) {}

protected:
  bool BeginSourceFileAction(clang::CompilerInstance& compiler) override {
    if (job_.quick) forgetDiagnosticPragmas(compiler.getPreprocessor());
    return true;
  }

  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance& compiler,
                                                        llvm::StringRef) override {
    return std::make_unique<Consumer>(job_, compiler.getSourceManager());
  }

private:
  Job& job_;
};

class ActionFactory : public clang::tooling::FrontendActionFactory {
public:
  explicit ActionFactory(Job& job) : job_(job) {}

  std::unique_ptr<clang::FrontendAction> create() override {
    return std::make_unique<Action>(job_);
  }

  bool runInvocation(std::shared_ptr<clang::CompilerInvocation> invocation,
                     clang::FileManager* files,
                     std::shared_ptr<clang::PCHContainerOperations> pchOperations,
                     clang::DiagnosticConsumer* consumer) override {
    invocation->getFrontendOpts().SkipFunctionBodies = true;
    invocation->getDiagnosticOpts().IgnoreWarnings = true;
    invocation->getDiagnosticOpts().ShowCarets =
        false; // nor "1 error generated."; Printer has its own
    return FrontendActionFactory::runInvocation(std::move(invocation), files,
                                                std::move(pchOperations), consumer);
  }

private:
  Job& job_;
};

/// The compiler's own printer, deaf to flags of other compilers: they are no reason not to parse.
class Printer : public clang::TextDiagnosticPrinter {
public:
  using TextDiagnosticPrinter::TextDiagnosticPrinter;

  void HandleDiagnostic(clang::DiagnosticsEngine::Level level,
                        const clang::Diagnostic& diagnostic) override {
    const unsigned id = diagnostic.getID();
    if (id != clang::diag::err_drv_unknown_argument &&
        id != clang::diag::err_drv_unknown_argument_with_suggestion)
      TextDiagnosticPrinter::HandleDiagnostic(level, diagnostic);
  }
};

/// Prints errors into a text. LLVM up to 19 keeps the printer's options by pointer, later by
/// reference.
template <class AnyPrinter = Printer>
class ErrorPrinter {
public:
  ErrorPrinter(std::string& text, bool color) : stream_(text) {
    auto options = std::make_unique<clang::DiagnosticOptions>();
    options->ShowColors = color;
    stream_.enable_colors(color);
    if constexpr (std::is_constructible_v<AnyPrinter, llvm::raw_ostream&,
                                          clang::DiagnosticOptions&>) {
      options_ = std::move(options);
      printer_ = std::make_unique<AnyPrinter>(stream_, *options_);
    } else {
      printer_ = std::make_unique<AnyPrinter>(stream_, options.release()); // takes it over
    }
  }

  AnyPrinter& printer() { return *printer_; }
  void flush() { stream_.flush(); }

private:
  llvm::raw_string_ostream stream_;
  std::unique_ptr<clang::DiagnosticOptions> options_;
  std::unique_ptr<AnyPrinter> printer_;
};

void parse(Job& job, bool color) {
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> const fileSystem(
      new RecordingFileSystem(llvm::vfs::createPhysicalFileSystem(),
                              job.outcome.record)); // with a current folder of its own
  if (fileSystem->setCurrentWorkingDirectory(job.unit.folder)) {
    job.outcome.status = UnitStatus::Failed;
    job.outcome.diagnostics = "error: cannot enter '" + job.unit.folder +
                              "', which the compile database names for " + job.unit.file + "\n";
    return;
  }
  std::error_code ignored;
  if (!std::filesystem::exists(job.unit.file, ignored)) {
    job.outcome.status = UnitStatus::Failed;
    job.outcome.diagnostics = "error: there is no " + job.unit.file +
                              ", which the compile database names; let the build write it anew\n";
    return;
  }
  const llvm::IntrusiveRefCntPtr<clang::FileManager> files(
      new clang::FileManager(clang::FileSystemOptions(), fileSystem));
  ErrorPrinter errors(job.outcome.diagnostics, color);
  ActionFactory factory(job);
  clang::tooling::ToolInvocation invocation(parseCommand(job.unit), &factory, files.get(),
                                            std::make_shared<clang::PCHContainerOperations>());
  invocation.setDiagnosticConsumer(&errors.printer());
  const bool ran = invocation.run();
  errors.flush();
  const std::string name = std::filesystem::path(job.unit.file).filename().string();
  if (!ran && job.outcome.diagnostics.find(name) == std::string::npos)
    job.outcome.diagnostics += "note: in the compile command of " + job.unit.file + "\n";
  if (!ran || errors.printer().getNumErrors() > 0) job.outcome.status = UnitStatus::Failed;
}

} // namespace

std::vector<std::string> parseCommand(const Unit& unit) {
  std::vector<std::string> command = unit.command;
  std::vector<std::string> ours{"-w", "-Qunused-arguments"};
  if (const std::string folder = resourceFolder(); !folder.empty())
    ours.push_back("-resource-dir=" + folder);
  command.insert(command.begin() + 1, ours.begin(), ours.end());
  return command;
}

std::string resourceFolder() {
  static const std::string folder = [] {
    std::error_code ignored;
    return std::filesystem::is_directory(SESSION_TIDY_RESOURCE_DIR "/include", ignored)
               ? std::string(SESSION_TIDY_RESOURCE_DIR)
               : std::string();
  }();
  return folder;
}

UnitOutcome runUnit(const Unit& unit, const model::ModelSet& models, const model::Waits& waits,
                    bool color, const UseUnit& use) {
  UnitOutcome outcome;
  Job job{.unit = unit, .models = models, .waits = waits, .use = use, .outcome = outcome};
  clang::noteBottomOfStack(); // so that deep recursion goes on a new stack in time
  {
    const WithoutLibraryBodies skips;
    job.quick = true;
    parse(job, color);
    if (outcome.status != UnitStatus::Failed) return outcome;
  }
  outcome = {};
  job.quick = false;
  parse(job, color); // the errors may come of what was left out
  return outcome;
}

} // namespace session_tidy::cli
