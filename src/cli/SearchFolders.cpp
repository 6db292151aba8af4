// A tool action that looks at the invocation and stops there.
#include "cli/SearchFolders.h"

#include "cli/UnitRunner.h"

#include <clang/Basic/FileManager.h>
#include <clang/Frontend/CompilerInvocation.h>
#include <clang/Frontend/FrontendOptions.h>
#include <clang/Lex/HeaderSearchOptions.h>
#include <clang/Lex/PreprocessorOptions.h>
#include <clang/Tooling/Tooling.h>
#include <llvm/Support/VirtualFileSystem.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

namespace session_tidy::cli {

namespace {

namespace fs = std::filesystem;

class Reader : public clang::tooling::ToolAction {
public:
  explicit Reader(const std::string& folder) : folder_(folder) {}

  bool runInvocation(std::shared_ptr<clang::CompilerInvocation> invocation, clang::FileManager*,
                     std::shared_ptr<clang::PCHContainerOperations>,
                     clang::DiagnosticConsumer*) override {
    readSearch(invocation->getHeaderSearchOpts());
    readPreprocessor(invocation->getPreprocessorOpts());
    const clang::FrontendOptions& frontend = invocation->getFrontendOpts();
    paths.opaque |= !frontend.ModuleFiles.empty() || !frontend.ModuleMapFiles.empty();
    return true;
  }

  driver::SearchPaths paths;

private:
  // Not by its text alone: clang's folders have `..` after links.
  [[nodiscard]] std::string absolute(const std::string& path) const {
    std::error_code error;
    const fs::path real = fs::weakly_canonical(fs::path(folder_) / path, error);
    return error ? (fs::path(folder_) / path).string() : real.string();
  }

  void readSearch(const clang::HeaderSearchOptions& options) {
    for (const auto& entry : options.UserEntries) {
      paths.opaque |= entry.IsFramework || entry.Path.find(".hmap") != std::string::npos;
      const bool system = entry.Group != clang::frontend::Quoted &&
                          entry.Group != clang::frontend::Angled &&
                          entry.Group != clang::frontend::After;
      std::string path = entry.Path;
      if (path.rfind('=', 0) == 0) path.erase(0, 1);
      paths.folders.push_back({.path = absolute(path), .system = system});
      if (!options.Sysroot.empty() && options.Sysroot != "/")
        paths.folders.push_back({.path = absolute(options.Sysroot + "/" + path), .system = system});
    }
    paths.opaque |= !options.SystemHeaderPrefixes.empty() || !options.VFSOverlayFiles.empty() ||
                    !options.PrebuiltModuleFiles.empty();
  }

  void readPreprocessor(const clang::PreprocessorOptions& options) {
    for (const auto* includes : {&options.Includes, &options.MacroIncludes})
      for (const auto& include : *includes) { // beside the command's folder, or searched for
        paths.forced.push_back(absolute(include));
        paths.forced.push_back(include);
      }
    for (const auto& [macro, undefined] : options.Macros) {
      if (undefined) continue;
      std::string text = macro;
      if (const auto equals = text.find('='); equals != std::string::npos) text[equals] = ' ';
      paths.defines += "#define " + text + "\n";
    }
    paths.opaque |= !options.ImplicitPCHInclude.empty() || !options.RemappedFiles.empty();
  }

  const std::string& folder_;
};

driver::SearchPaths ask(const Unit& unit) {
  driver::SearchPaths unknown;
  unknown.opaque = true;
  const llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> fileSystem(
      llvm::vfs::createPhysicalFileSystem());
  if (fileSystem->setCurrentWorkingDirectory(unit.folder)) return unknown;
  const llvm::IntrusiveRefCntPtr<clang::FileManager> files(
      new clang::FileManager(clang::FileSystemOptions(), fileSystem));
  Reader reader(unit.folder);
  clang::tooling::ToolInvocation invocation(parseCommand(unit), &reader, files.get(),
                                            std::make_shared<clang::PCHContainerOperations>());
  clang::IgnoringDiagConsumer silent;
  invocation.setDiagnosticConsumer(&silent);
  return invocation.run() ? std::move(reader.paths) : unknown;
}

} // namespace

const driver::SearchPaths& SearchFolders::of(const Unit& unit) {
  std::vector<std::string> flags = unit.command;
  const auto isFile = [&](const std::string& word) {
    return !word.empty() && word[0] != '-' &&
           (fs::path(unit.folder) / word).lexically_normal().string() == unit.file;
  };
  std::erase_if(flags, isFile);
  // The language hangs on the file's ending, and with it the folders.
  flags.push_back(fs::path(unit.file).extension().string());
  const auto [place, isNew] = known_.try_emplace({unit.folder, std::move(flags)});
  if (isNew) place->second = ask(unit);
  return place->second;
}

} // namespace session_tidy::cli
