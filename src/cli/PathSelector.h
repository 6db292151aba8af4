// What a user names on the command line: a file, a folder or a glob.
#pragma once

#include <string>
#include <vector>

namespace session_tidy::cli {

class PathSelector {
public:
  /// `text` as it was typed, seen from the current folder.
  explicit PathSelector(std::string text);

  [[nodiscard]] bool isFile() const { return !glob_ && !folder_; }
  [[nodiscard]] bool isGlob() const { return glob_; }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const std::string& path() const { return path_; } ///< absolute

  /// `file`: absolute.
  [[nodiscard]] bool selects(const std::string& file) const;

  /// The headers on disk that it selects, sorted. Hidden folders are left out.
  [[nodiscard]] std::vector<std::string> headers() const;

  static bool hasWildcard(const std::string& text);
  /// Whether a file's name is that of C or C++ code.
  static bool isCode(const std::string& name);

private:
  std::string text_;
  std::string path_;
  bool glob_ = false;
  bool folder_ = false;
};

} // namespace session_tidy::cli
