#include "models/Uses.h"

#include "ir/IrText.h"
#include "lower/Lowering.h"

#include <clang/AST/ASTContext.h>
#include <clang/Basic/Diagnostic.h>
#include <clang/Frontend/ASTUnit.h>
#include <clang/Tooling/Tooling.h>

#include <fstream>
#include <sstream>

namespace session_tidy::test {

namespace {

constexpr std::string_view mark = "//= ";

/// "f7" of `void f7(...) {`; empty for other lines.
std::string functionOf(const std::string& line) {
  constexpr std::string_view head = "void f";
  if (!line.starts_with(head)) return {};
  return line.substr(5, line.find('(') - 5);
}

std::vector<std::string> linesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

class Errors : public clang::DiagnosticConsumer {
public:
  void HandleDiagnostic(clang::DiagnosticsEngine::Level level,
                        const clang::Diagnostic& diagnostic) override {
    if (level < clang::DiagnosticsEngine::Error) return;
    llvm::SmallString<128> message;
    diagnostic.FormatDiagnostic(message);
    text += std::string(message) + "\n";
  }

  std::string text;
};

/// Places and words of the source say nothing about what is done.
void forgetPlaces(ir::Function& function) {
  function.takenNames.clear();
  for (ir::Frame& frame : function.frames) frame.call = {};
  for (ir::Slot& slot : function.slots) slot.declared = {};
  for (ir::Block& block : function.blocks) {
    block.range = {};
    block.condition.range = {};
    block.condition.text.clear();
    for (ir::Event& event : block.events) {
      event.range = {};
      event.inner = {};
      event.text.clear();
      event.database.clear();
    }
  }
}

/// The slots and events of the text form, without its control flow.
std::string summary(const ir::Unit& unit, ir::Function function) {
  forgetPlaces(function);
  std::string result;
  for (const std::string& line : linesOf(ir::print(unit, function))) {
    std::istringstream words(line);
    std::string first;
    words >> first;
    static const std::string_view skipped[] = {"function", "names",   "var",    "block",
                                               "jump",     "leave",   "return", "choose",
                                               "branch",   "unwound", "switch"};
    if (first.empty() || std::ranges::find(skipped, first) != std::end(skipped)) continue;
    std::string rest = line.substr(line.find(first));
    if (first == "slot") rest.erase(0, 5);
    result += (result.empty() ? "" : "; ") + rest;
  }
  return result;
}

} // namespace

UseFile::UseFile(const std::filesystem::path& path, const std::vector<std::string>& flags) {
  std::ifstream stream(path);
  std::ostringstream all;
  all << stream.rdbuf();
  text_ = all.str();
  std::vector<std::string> arguments = flags;
  arguments.insert(arguments.end(),
                   {"-std=c++20", "-w", "-resource-dir=" SESSION_TIDY_RESOURCE_DIR});
  Errors errors;
  unit_ = clang::tooling::buildASTFromCodeWithArgs(
      text_, arguments, path.string(), "model-tests",
      std::make_shared<clang::PCHContainerOperations>(),
      clang::tooling::getClangStripDependencyFileAdjuster(), clang::tooling::FileContentMappings(),
      &errors);
  errors_ = unit_ ? errors.text : "cannot be compiled at all";
}

UseFile::~UseFile() = default;

Deeds UseFile::expected() const {
  Deeds result;
  std::string function;
  for (const std::string& line : linesOf(text_)) {
    if (line.starts_with(mark)) result[function] = line.substr(mark.size());
    if (const std::string name = functionOf(line); !name.empty()) function = name;
  }
  return result;
}

Deeds UseFile::deeds(const model::ModelSet& models) const {
  Deeds result;
  const lower::LoweredUnit lowered = lower::lowerUnit(unit_->getASTContext(), models);
  for (const ir::Function& function : lowered.unit.functions)
    if (function.range.file == 0 && function.name != "lambda")
      result[function.name] = summary(lowered.unit, function);
  return result;
}

std::string UseFile::withExpectations(const Deeds& deeds) const {
  std::string result;
  for (const std::string& line : linesOf(text_)) {
    if (line.starts_with(mark)) continue;
    result += line + "\n";
    const auto found = deeds.find(functionOf(line));
    if (found != deeds.end()) result += std::string(mark) + found->second + "\n";
  }
  return result;
}

} // namespace session_tidy::test
