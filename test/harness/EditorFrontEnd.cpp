// session-clangd, driven as an editor drives it; one server serves all fixtures of a test process.
#include "harness/FrontEnd.h"
#include "harness/LspClient.h"

#include <algorithm>
#include <cctype>
#include <optional>

namespace session_tidy::test {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

bool isOurs(const json& diagnostic) {
  const json code = diagnostic.value("code", json());
  return code.is_string() && code.get<std::string>().starts_with("session-");
}

// Clang's own warnings are nobody's business here; its errors are.
bool counts(const json& diagnostic) {
  return isOurs(diagnostic) || diagnostic.value("severity", 1) == 1;
}

// clangd says "Made here (fix available)" where clang-tidy says "made here".
std::string asWritten(std::string message) {
  for (const std::string_view hint : {" (fix available)", " (fixes available)"})
    if (message.ends_with(hint)) message.resize(message.size() - hint.size());
  if (!message.empty())
    message[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(message[0])));
  return message;
}

ShownFinding toFinding(const json& diagnostic, const std::string& file) {
  ShownFinding finding;
  const json& start = diagnostic.at("range").at("start");
  finding.file = file;
  finding.line = start.at("line").get<unsigned>() + 1;
  finding.column = start.at("character").get<unsigned>() + 1;
  finding.rule = isOurs(diagnostic) ? diagnostic["code"].get<std::string>() : "error";
  finding.isError = !isOurs(diagnostic);
  finding.message = asWritten(diagnostic.at("message"));
  for (const json& note : diagnostic.value("relatedInformation", json::array())) {
    const json& place = note.at("location");
    const json& at = place.at("range").at("start");
    finding.notes.push_back({fromUri(place.at("uri")), at.at("line").get<unsigned>() + 1,
                             at.at("character").get<unsigned>() + 1,
                             asWritten(note.at("message"))});
  }
  return finding;
}

class Editor final : public FrontEnd {
public:
  explicit Editor(int llvm) : FrontEnd("Editor" + std::to_string(llvm), llvm) {}

  ~Editor() override {
    try {
      if (client_) client_->shutDown();
    } catch (const std::exception&) { // what matters was tested before
    }
  }

  [[nodiscard]] bool isEditor() const override { return true; }

  [[nodiscard]] std::string whyMissing() const override {
    const Build* build = findBuild(llvm());
    return build != nullptr && fs::exists(build->clangd())
               ? ""
               : "no build of session-clangd for LLVM " + std::to_string(llvm());
  }

  RunResult run(const Fixture& fixture, const Workspace& workspace) override {
    RunResult result;
    result.reproduce = describe(command()) + "  # and open " + workspace.source().string();
    try {
      LspClient& lsp = client();
      lsp.open(workspace.source(), workspace.text());
      const json diagnostics = lsp.diagnostics(workspace.source());
      result.findings = toFindings(diagnostics, workspace);
      result.out = diagnostics.dump(2);
      // A file to be fixed next stays open: reading its headers again is what takes long.
      if (fixture.fixedPath.empty())
        lsp.close(workspace.source());
      else
        open_ = workspace.source();
    } catch (const std::exception& error) {
      client_.reset();
      open_.clear();
      result.problems.emplace_back(error.what());
    }
    return result;
  }

  FixResult fix(const Fixture& fixture, const Workspace& workspace) override {
    FixResult result;
    result.reproduce =
        describe(command()) + "  # and apply the actions in " + workspace.source().string();
    try {
      result.text = workspace.text();
      if (open_ != workspace.source()) client().open(workspace.source(), result.text);
      applyAll(fixture, workspace, result);
      client().close(workspace.source());
      open_.clear();
    } catch (const std::exception& error) {
      client_.reset();
      open_.clear();
      result.problems.emplace_back(error.what());
    }
    result.secondText = result.text;
    return result;
  }

private:
  Command command() const {
    return {.arguments = {findBuild(llvm())->clangd(), "--background-index=false", "--clang-tidy",
                          "--log=error", "-j=2", "--pch-storage=memory"},
            .directory = folder_.path(),
            .environment = {}};
  }

  LspClient& client() {
    if (!client_) client_.emplace(command(), folder_.path() / "stderr.txt");
    return *client_;
  }

  static std::vector<ShownFinding> toFindings(const json& diagnostics, const Workspace& workspace) {
    std::vector<ShownFinding> findings;
    for (const json& diagnostic : diagnostics)
      if (counts(diagnostic)) findings.push_back(toFinding(diagnostic, workspace.source()));
    relateTo(workspace, findings);
    return findings;
  }

  // As a user would: from top to bottom, one action after the other, looking at the result each
  // time.
  void applyAll(const Fixture& fixture, const Workspace& workspace, FixResult& result) {
    for (std::size_t round = 0; round <= fixture.findings.size(); ++round) {
      const json diagnostics = client().diagnostics(workspace.source());
      result.remaining = toFindings(diagnostics, workspace);
      const std::optional<std::string> text = applyFirst(diagnostics, workspace, result);
      if (!text) return;
      const std::size_t before = result.remaining.size();
      result.text = *text;
      client().change(workspace.source(), result.text);
      result.remaining = toFindings(client().diagnostics(workspace.source()), workspace);
      if (result.remaining.size() >= before)
        result.problems.push_back(
            "a code action was applied and its diagnostic stayed; the text is now\n" + result.text);
    }
  }

  std::optional<std::string> applyFirst(const json& diagnostics, const Workspace& workspace,
                                        FixResult& result) {
    for (const json& diagnostic : diagnostics) {
      if (!isOurs(diagnostic)) continue;
      for (const json& action : client().codeActions(workspace.source(), diagnostic)) {
        const json edits = editsFor(action, workspace.source());
        if (action.value("kind", "") != "quickfix" || edits.empty() || isSuppression(action))
          continue;
        if (!action.contains("title") || action["title"].get<std::string>().empty())
          result.problems.emplace_back("a code action without title: " + action.dump());
        return applyEdits(result.text, edits);
      }
    }
    return std::nullopt;
  }

  static bool isSuppression(const json& action) {
    const std::string title = action.value("title", "");
    return title.find("NOLINT") != title.npos || title.find("uppress") != title.npos;
  }

  TemporaryFolder folder_;
  fs::path open_; ///< between run and fix
  std::optional<LspClient> client_;
};

} // namespace

std::unique_ptr<FrontEnd> makeEditor(int llvm) {
  return std::make_unique<Editor>(llvm);
}

} // namespace session_tidy::test
