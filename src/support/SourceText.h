// The text of one file with a table of its lines, which are Clang's: \n, \r and \r\n all end one.
#pragma once

#include "support/Source.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace session_tidy {

class SourceText {
public:
  explicit SourceText(std::string text);

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::uint32_t lineCount() const {
    return static_cast<std::uint32_t>(starts_.size());
  }

  /// The line without its end; empty where there is none.
  [[nodiscard]] std::string_view line(std::uint32_t number) const;

  /// Where a position is in the text; none if it is not in it.
  [[nodiscard]] std::optional<std::size_t> offset(Position position) const;

  /// The position of an offset in the text.
  [[nodiscard]] Position position(std::size_t offset) const;

private:
  std::string text_;
  std::vector<std::size_t> starts_; ///< of each line
};

/// A number that tells different texts apart (FNV-1a, 64 bits).
std::uint64_t fingerprint(std::string_view text);

/// Reads files once, when they are first asked for. Not for several threads at a time.
class SourceCache {
public:
  /// nullptr if the file cannot be read.
  const SourceText* get(const std::string& path);

private:
  std::map<std::string, std::unique_ptr<SourceText>> texts_;
};

/// The bytes of a file; none if it cannot be read.
std::optional<std::string> readFile(const std::string& path);

} // namespace session_tidy
