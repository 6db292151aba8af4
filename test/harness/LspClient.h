// A small language client: talks to a language server over its standard streams, as an editor does.
#pragma once

#include "harness/Process.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <map>
#include <string>

namespace session_tidy::test {

struct LspError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class LspClient {
public:
  /// Starts the server and introduces itself as an editor that knows code actions and related
  /// information.
  explicit LspClient(const Command& server, const std::filesystem::path& errorFile);

  void open(const std::filesystem::path& file, const std::string& text);
  void change(const std::filesystem::path& file, const std::string& text);
  void close(const std::filesystem::path& file);
  /// The diagnostics for the text last sent.
  nlohmann::json diagnostics(const std::filesystem::path& file);
  /// The code actions offered on a diagnostic.
  nlohmann::json codeActions(const std::filesystem::path& file, const nlohmann::json& diagnostic);
  nlohmann::json request(const std::string& method, const nlohmann::json& params);
  void notify(const std::string& method, const nlohmann::json& params);
  /// Says good-bye; the server's exit code.
  int shutDown();
  [[nodiscard]] pid_t serverProcess() const { return server_.id(); }

private:
  void send(const nlohmann::json& message);
  nlohmann::json receive(std::chrono::steady_clock::time_point deadline);
  void handle(const nlohmann::json& message);
  [[noreturn]] void fail(const std::string& what) const;

  std::filesystem::path errorFile_;
  ChildProcess server_;
  std::string buffer_;
  int nextId_ = 1;
  std::map<std::string, int> versions_;             ///< by URI
  std::map<std::string, nlohmann::json> published_; ///< by URI: the last publication
  Milliseconds limit_ = std::chrono::seconds(90);
};

std::string toUri(const std::filesystem::path& file);
std::filesystem::path fromUri(const std::string& uri);

/// Applies LSP text edits (UTF-16 positions; the fixtures are ASCII).
std::string applyEdits(const std::string& text, nlohmann::json edits);

/// The edits that a code action makes in one file.
nlohmann::json editsFor(const nlohmann::json& codeAction, const std::filesystem::path& file);

} // namespace session_tidy::test
