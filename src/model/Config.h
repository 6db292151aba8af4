// The user's own settings, .session-tidy.json: own kinds, sanctioned places, exempt paths, rules.
#pragma once

#include "model/Model.h"
#include "model/ModelError.h"
#include "model/ModelSet.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace session_tidy::model {

/// What the configuration says about one rule.
struct RuleConfig {
  bool enabled = true;
  /// Values as text: "true", "3", "strict".
  std::map<std::string, std::string, std::less<>> options;

  friend bool operator==(const RuleConfig&, const RuleConfig&) = default;
};

struct Config {
  std::string path;          ///< the file it was read from; empty: no file
  Library library;           ///< the project's own kinds and functions; ids start with "project."
  std::string guard;         ///< the project's transaction guard, for fix-its: "shop::Tx"
  std::string guardHeader;   ///< what declares it, with its marks: "<shop/tx.h>"
  bool guardCommits = false; ///< at its end, as the models say of it
  std::vector<std::string> factories; ///< functions that may make sessions: "shop::openSession"
  /// Functions that may end what they did not begin: "shop::onError".
  std::vector<std::string> handlers;
  std::vector<std::string> exempt; ///< globs of paths, relative to the file's folder: "test/**"
  std::string minConfidence;       ///< "possible", "likely" or "certain"; empty: not set
  std::map<std::string, RuleConfig, std::less<>> rules; ///< by name: "session-leak"

  /// Whether findings in this file are not wanted. The path may be absolute or relative to the
  /// current folder.
  [[nodiscard]] bool isExempt(const std::filesystem::path& file) const;

  friend bool operator==(const Config&, const Config&) = default;
};

/// A rule and its options, as far as the configuration must know them.
struct KnownOption {
  std::string_view name;
  bool isFlag = false; ///< true or false; other options are texts
};
struct KnownRule {
  std::string_view name;
  std::vector<KnownOption> options;
};

/// The name that is looked for.
inline constexpr std::string_view configFileName = ".session-tidy.json";

/// Reads a configuration. `known` are the library models that own kinds may extend; rule names and
/// options are checked when `rules` is not empty.
Result<Config> readConfig(std::string_view text, const std::string& file,
                          const ModelSet* known = nullptr,
                          const std::vector<KnownRule>& rules = {});

/// Reads the file at a path; a file that cannot be read is an error as well.
Result<Config> readConfigFile(const std::filesystem::path& path, const ModelSet* known = nullptr,
                              const std::vector<KnownRule>& rules = {});

/// The nearest configuration in the folder of a source file or above it.
std::optional<std::filesystem::path> findConfig(const std::filesystem::path& sourceFile);

/// Whether a path matches a glob: "*" within a folder, "**" across folders, "?" one character.
bool matchesGlob(std::string_view path, std::string_view glob);

} // namespace session_tidy::model
