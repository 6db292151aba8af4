// Reading diffs.
#include "driver/ChangedLines.h"

#include "model/JsonFields.h"

#include <algorithm>
#include <charconv>
#include <string>

namespace session_tidy::driver {

void ChangedLines::add(const std::string& file, std::uint32_t first, std::uint32_t last) {
  lines_[file].push_back({.first = first, .last = last});
}

bool ChangedLines::touches(const std::string& file, std::uint32_t first, std::uint32_t last) const {
  const auto found = lines_.find(file);
  return found != lines_.end() && std::ranges::any_of(found->second, [&](const Lines& lines) {
           return lines.first <= last && first <= lines.last;
         });
}

namespace {

/// A name in quotes with C's escapes, as git writes unusual ones.
std::string unquoted(std::string_view text) {
  std::string result;
  for (std::size_t at = 1; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] != '\\' || at + 1 >= text.size()) {
      result += text[at];
      continue;
    }
    const char c = text[++at];
    static constexpr std::string_view names = "abfnrtv";
    static constexpr std::string_view values = "\a\b\f\n\r\t\v";
    if (c >= '0' && c <= '7') {
      unsigned value = 0;
      const std::size_t end = std::min(at + 3, text.size());
      for (; at < end && text[at] >= '0' && text[at] <= '7'; ++at)
        value = value * 8 + static_cast<unsigned>(text[at] - '0');
      --at;
      result += static_cast<char>(value);
    } else {
      const auto known = names.find(c);
      result += known == std::string_view::npos ? c : values[known];
    }
  }
  return result;
}

std::string nameOf(std::string_view text) {
  std::string name = text.starts_with('"') ? unquoted(text) : std::string(text);
  if (!text.starts_with('"')) name = name.substr(0, name.find('\t')); // diff -u appends the time
  while (!name.empty() && (name.back() == '\r' || name.back() == ' ')) name.pop_back();
  if (name == "/dev/null") return {};
  // git's prefixes: b/ and, with diff.mnemonicPrefix, i/ and w/
  if (name.size() > 2 && name[1] == '/' && std::string_view("abciow").find(name[0]) < 6)
    name.erase(0, 2);
  return name;
}

class DiffReader {
public:
  explicit DiffReader(std::string_view text) : text_(text) {}

  std::optional<std::vector<DiffFile>> read() {
    while (!text_.empty()) {
      const std::string_view line = next();
      if (line.starts_with("+++ ")) {
        files_.push_back({.name = nameOf(line.substr(4)), .hunks = {}});
        isDiff_ = true;
      } else if (line.starts_with("@@ ") && !files_.empty()) {
        if (!readHunk(line)) return std::nullopt;
      } else if (line.starts_with("diff ") || line.starts_with("Index: ")) {
        isDiff_ = true;
      }
    }
    if (!isDiff_) return std::nullopt;
    std::erase_if(files_, [](const DiffFile& file) { return file.name.empty(); });
    return std::move(files_);
  }

private:
  std::string_view next() {
    const std::size_t end = text_.find('\n');
    const std::string_view line = text_.substr(0, end);
    text_.remove_prefix(end == std::string_view::npos ? text_.size() : end + 1);
    return line;
  }

  struct Side {
    std::uint32_t from = 0;
    std::uint32_t count = 1;
  };

  static std::optional<Side> readSide(std::string_view& text, char mark) {
    const std::size_t start = text.find(mark);
    if (start == std::string_view::npos) return std::nullopt;
    text.remove_prefix(start + 1);
    if (text.empty() || text[0] < '0' || text[0] > '9') return std::nullopt;
    Side side;
    const auto number = [&](std::uint32_t& value) {
      const auto end = std::from_chars(text.data(), text.data() + text.size(), value).ptr;
      text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    };
    number(side.from);
    if (text.starts_with(',')) {
      text.remove_prefix(1);
      number(side.count);
    }
    return side;
  }

  /// Splits a hunk at its context lines. False if its header, "@@ -1,2 +3,4 @@", is none.
  bool readHunk(std::string_view header) {
    const auto before = readSide(header, '-');
    const auto after = before ? readSide(header, '+') : std::nullopt;
    if (!after) return false;
    std::uint32_t oldLine = before->count == 0 ? before->from + 1 : before->from;
    std::uint32_t newLine = after->count == 0 ? after->from + 1 : after->from;
    const std::uint32_t oldEnd = oldLine + before->count;
    const std::uint32_t newEnd = newLine + after->count;
    Hunk open;
    const auto close = [&] {
      if (open.oldCount + open.newCount > 0) files_.back().hunks.push_back(open);
      open = {};
    };
    while (!text_.empty() && (oldLine < oldEnd || newLine < newEnd)) {
      const char mark = text_.front();
      next();
      if (mark == '\\') continue; // "No newline at end of file"
      if (mark != '+' && mark != '-') {
        close();
        ++oldLine;
        ++newLine;
        continue;
      }
      if (open.oldCount + open.newCount == 0) open = {oldLine, 0, newLine, 0};
      ++(mark == '+' ? open.newCount : open.oldCount);
      ++(mark == '+' ? newLine : oldLine);
    }
    close();
    return true;
  }

  std::string_view text_;
  std::vector<DiffFile> files_;
  bool isDiff_ = false;
};

} // namespace

std::optional<std::vector<DiffFile>> readDiff(std::string_view text) {
  return DiffReader(text).read();
}

ChangedLines::Lines newLines(const Hunk& hunk) {
  if (hunk.newCount > 0) return {.first = hunk.newFrom, .last = hunk.newFrom + hunk.newCount - 1};
  return {.first = std::max(hunk.newFrom, 2U) - 1, .last = hunk.newFrom};
}

ChangedLines::Lines moved(ChangedLines::Lines lines, const std::vector<Hunk>& hunks) {
  const auto place = [&](std::uint32_t line, bool end) {
    std::int64_t shift = 0;
    for (const Hunk& hunk : hunks) {
      if (line < hunk.oldFrom) break;
      if (line < hunk.oldFrom + hunk.oldCount) {
        const std::uint32_t last = hunk.newFrom + std::max(hunk.newCount, 1U) - 1;
        return end ? last : hunk.newFrom;
      }
      shift = static_cast<std::int64_t>(hunk.newFrom + hunk.newCount) -
              static_cast<std::int64_t>(hunk.oldFrom + hunk.oldCount);
    }
    return static_cast<std::uint32_t>(static_cast<std::int64_t>(line) + shift);
  };
  if (lines.last == ChangedLines::lastLine) return lines;
  return {.first = place(lines.first, false), .last = place(lines.last, true)};
}

LineFilter readLineFilter(std::string_view text) {
  LineFilter filter;
  const std::string hint = R"(as in [{"name": "shop.cpp", "lines": [[1, 9]]}])";
  const auto error = model::readFields(text, "--line-filter", hint, [&](const auto& json) {
    for (const auto& item : json.items()) {
      LineFilter::Item& read = filter.items.emplace_back();
      const auto name = item.at("name");
      read.name = name.text();
      if (read.name.empty()) name.fail("an empty name");
      if (!item.has("lines")) {
        read.lines.push_back({.first = 1, .last = ChangedLines::lastLine});
        continue;
      }
      for (const auto& lines : item.at("lines").items()) {
        const auto ends = lines.items();
        if (ends.size() != 2) lines.fail("two numbers are needed: the first and the last line");
        read.lines.push_back({.first = ends[0].number(), .last = ends[1].number()});
      }
    }
  });
  if (error) filter.error = error->text();
  return filter;
}

bool endsInPath(std::string_view path, std::string_view name) {
  if (!path.ends_with(name)) return false;
  return path.size() == name.size() || name.starts_with('/') ||
         path[path.size() - name.size() - 1] == '/';
}

} // namespace session_tidy::driver
