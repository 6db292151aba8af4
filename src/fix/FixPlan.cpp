// Planning and applying edits.
#include "fix/FixPlan.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace session_tidy::fix {

namespace {

/// The edits of one fix, by file.
using FileReplacements = std::vector<std::pair<std::uint32_t, Replacement>>;

const Fix* choose(const Finding& finding, bool unsafe) {
  const auto safe = std::ranges::find_if(finding.fixes, [](const Fix& fix) { return fix.safe; });
  if (safe != finding.fixes.end()) return &*safe;
  return unsafe && !finding.fixes.empty() ? &finding.fixes.front() : nullptr;
}

// Two insertions at one place overlap too: nobody knows which is to come first. What a file needs
// once has an order: includes, then declarations.
bool overlap(const Replacement& a, const Replacement& b) {
  if (a.begin == a.end && b.begin == b.end)
    return a.begin == b.begin && (a.once.empty() || b.once.empty());
  return a.begin < b.end && b.begin < a.end;
}

/// Text in the file's own kind of line ends.
std::string withLineEnds(const std::string& text, const std::string& file) {
  const std::size_t end = file.find('\n');
  if (end == std::string::npos || end == 0 || file[end - 1] != '\r') return text;
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n' && (i == 0 || text[i - 1] != '\r')) result += '\r';
    result += text[i];
  }
  return result;
}

class Planner {
public:
  Planner(const std::vector<std::string>& files, SourceCache& sources)
      : files_(files), sources_(sources) {}

  void add(std::size_t index, const Fix& fix) {
    FileReplacements edits;
    if (auto trouble = locate(fix, edits); !trouble.empty()) {
      plan_.heldBack.push_back({.finding = index, .reason = std::move(trouble)});
      return;
    }
    if (std::ranges::find(made_, edits) == made_.end()) {
      FileReplacements all = edits;
      std::erase_if(edits, [&](const auto& entry) { return isThere(entry.first, entry.second); });
      if (conflicts(edits)) {
        plan_.heldBack.push_back(
            {.finding = index, .reason = "overlaps another fix; run again to make it"});
        return;
      }
      for (const auto& [file, edit] : edits) {
        auto& list = plan_.byFile[file];
        list.push_back(edit);
        if (!edit.once.empty()) once_.emplace(file, edit.once);
      }
      made_.push_back(std::move(all));
    }
    plan_.fixed.push_back(index);
  }

  FixPlan finish() {
    for (auto& [file, edits] : plan_.byFile)
      std::ranges::sort(edits, [](const Replacement& a, const Replacement& b) {
        return std::tuple(a.begin, a.end, rank(a)) < std::tuple(b.begin, b.end, rank(b));
      });
    return std::move(plan_);
  }

private:
  static int rank(const Replacement& edit) {
    if (edit.once.empty()) return 2;
    return edit.once.starts_with("include") ? 0 : 1;
  }

  [[nodiscard]] bool isThere(std::uint32_t file, const Replacement& edit) const {
    return !edit.once.empty() && once_.contains({file, edit.once});
  }

  /// Turns positions into offsets. Says what is in the way, if anything.
  std::string locate(const Fix& fix, FileReplacements& edits) {
    for (const Edit& edit : fix.edits) {
      const std::uint32_t file = edit.range.file;
      const SourceText* text = sources_.get(files_[file]);
      if (text == nullptr) return "cannot read " + files_[file];
      const auto begin = text->offset(edit.range.begin);
      const auto end = text->offset(edit.range.end);
      if (!begin || !end || *begin > *end || edit.range.inMacro)
        return "does not stand in the source text";
      edits.emplace_back(file, Replacement{.begin = *begin,
                                           .end = *end,
                                           .text = withLineEnds(edit.text, text->text()),
                                           .once = edit.once});
    }
    for (std::size_t i = 0; i < edits.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (edits[i].first == edits[j].first && overlap(edits[i].second, edits[j].second))
          return "overlaps itself";
    return {};
  }

  [[nodiscard]] bool conflicts(const FileReplacements& edits) const {
    return std::ranges::any_of(edits, [&](const auto& entry) {
      const std::uint32_t file = entry.first;
      const Replacement& edit = entry.second; // clang 14 cannot capture structured bindings
      const auto list = plan_.byFile.find(file);
      return list != plan_.byFile.end() &&
             std::any_of(list->second.begin(), list->second.end(),
                         [&](const Replacement& made) { return overlap(edit, made); });
    });
  }

  const std::vector<std::string>& files_;
  SourceCache& sources_;
  std::vector<FileReplacements> made_;
  std::set<std::pair<std::uint32_t, std::string>> once_;
  FixPlan plan_;
};

} // namespace

FixPlan planFixes(const std::vector<Finding>& findings, const std::vector<std::string>& files,
                  SourceCache& sources, bool unsafe) {
  Planner planner(files, sources);
  for (std::size_t index = 0; index < findings.size(); ++index)
    if (const Fix* fix = choose(findings[index], unsafe)) planner.add(index, *fix);
  return planner.finish();
}

std::string apply(const std::string& text, const std::vector<Replacement>& replacements) {
  std::string result;
  std::size_t at = 0;
  for (const Replacement& replacement : replacements) {
    result.append(text, at, replacement.begin - at);
    result += replacement.text;
    at = replacement.end;
  }
  return result.append(text, at);
}

} // namespace session_tidy::fix
