// NOLINT comments of one file: which findings they silence, exactly as clang-tidy 22 reads them.
//
// Only the command asks here; clang-tidy and clangd look for themselves.
#pragma once

#include "driver/Globs.h"
#include "support/Source.h"
#include "support/SourceText.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace session_tidy::driver {

class Suppressions {
public:
  /// The text must outlive this.
  explicit Suppressions(const SourceText& text);

  /// Whether a finding of `rule` at `position` is silenced.
  [[nodiscard]] bool silences(std::string_view rule, Position position) const {
    return silencer(rule, position).has_value();
  }

  /// The comment that silences a finding: an index into `written`.
  [[nodiscard]] std::optional<std::size_t> silencer(std::string_view rule, Position position) const;

  /// A comment as it stands in the file.
  struct Written {
    Position at;
    std::string checks; ///< as between the brackets; empty: all
    bool hasReason = false;
    bool isEnd = false; ///< of a block
  };
  [[nodiscard]] std::vector<Written> written() const;

  /// A NOLINTBEGIN or NOLINTEND that lacks its other half.
  struct Unmatched {
    Position position;
    bool isBegin = true;
  };
  [[nodiscard]] const std::vector<Unmatched>& unmatched() const { return unmatched_; }

private:
  enum class Form { Line, NextLine, Begin, End };

  struct Comment {
    Form form = Form::Line;
    Position at;
    std::size_t offset = 0;
    std::string checks; ///< as written between the brackets, trimmed; empty without brackets
    GlobList rules;
    bool hasReason = false; ///< words after it
  };

  struct Block {
    std::size_t comment = 0; ///< that begins it
    std::size_t begin = 0;
    std::size_t end = 0;
    GlobList rules;
  };

  static std::optional<Form> formOf(std::string_view ending);
  void findComments();
  void pairBlocks();
  [[nodiscard]] std::optional<std::size_t> onLine(std::uint32_t line, Form form,
                                                  std::string_view rule) const;

  const SourceText& text_;
  std::vector<Comment> comments_; ///< in the order of the file
  std::vector<Block> blocks_;
  std::vector<Unmatched> unmatched_;
};

} // namespace session_tidy::driver
