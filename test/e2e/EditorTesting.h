// A session-clangd with one file open, for tests that work as an editor does.
#pragma once

#include "e2e/Sample.h"
#include "harness/LspClient.h"

#include <gmock/gmock.h>

#include <optional>

namespace session_tidy::test {

/// Parameter: the LLVM version.
class EditorTest : public testing::TestWithParam<int> {
protected:
  void SetUp() override {
    const Build* build = findBuild(GetParam());
    if (build == nullptr || !std::filesystem::exists(build->clangd())) {
      ASSERT_FALSE(GetParam() == ownLlvm() && SESSION_TIDY_TEST_CLANGD)
          << "session-clangd of this build is missing";
      GTEST_SKIP() << "no session-clangd for LLVM " << GetParam();
    }
    client_.emplace(Command{.arguments = {build->clangd(), "--log=error"},
                            .directory = sample_.folder(),
                            .environment = {}},
                    log_.path() / "stderr.txt");
  }

  void TearDown() override {
    if (client_) EXPECT_EQ(client_->shutDown(), 0);
  }

  LspClient& editor() { return *client_; }
  [[nodiscard]] const std::filesystem::path& folder() const { return sample_.folder(); }
  [[nodiscard]] std::filesystem::path file() const { return sample_.source(); }

  /// Opens the file with this text and gives the session findings in it.
  nlohmann::json findingsIn(const std::string& text) {
    editor().open(file(), text);
    return sessionFindings(editor().diagnostics(file()));
  }
  nlohmann::json findingsAfterChangeTo(const std::string& text) {
    editor().change(file(), text);
    return sessionFindings(editor().diagnostics(file()));
  }
  /// The quick fixes offered on a finding, in their order.
  nlohmann::json quickFixes(const nlohmann::json& finding) {
    nlohmann::json result = nlohmann::json::array();
    for (const nlohmann::json& action : editor().codeActions(file(), finding))
      if (action.value("kind", "") == "quickfix") result.push_back(action);
    return result;
  }
  /// The text after an action.
  std::string afterAction(const std::string& text, const nlohmann::json& action) {
    return applyEdits(text, editsFor(action, file()));
  }

  static nlohmann::json sessionFindings(const nlohmann::json& diagnostics) {
    nlohmann::json result = nlohmann::json::array();
    for (const nlohmann::json& diagnostic : diagnostics) {
      const nlohmann::json code = diagnostic.value("code", nlohmann::json());
      if (code.is_string() && code.get<std::string>().starts_with("session-"))
        result.push_back(diagnostic);
    }
    return result;
  }

private:
  Sample sample_{goodSample()};
  TemporaryFolder log_;
  std::optional<LspClient> client_;
};

} // namespace session_tidy::test
