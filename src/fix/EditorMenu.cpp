// Titles and order of an editor's actions.
#include "fix/EditorMenu.h"

#include "fix/Silence.h"

namespace session_tidy::fix {

namespace {

constexpr std::string_view unsafeMark = " (unsafe)";
constexpr std::string_view silenceTitle = "silence with NOLINT";

} // namespace

std::vector<Fix> editorMenu(const Finding& finding, std::string_view text) {
  std::vector<Fix> menu;
  for (const Fix& fix : finding.fixes)
    if (fix.safe) menu.push_back(fix);
  for (const Fix& fix : finding.fixes)
    if (!fix.safe) menu.emplace_back(fix).description += unsafeMark;
  if (auto comment = silence(std::string(text), finding.range, finding.rule))
    menu.push_back({.description = std::string(silenceTitle) + "(" + finding.rule + ")",
                    .safe = false,
                    .edits = {*comment}});
  return menu;
}

MenuGrade menuGrade(std::string_view title) {
  if (title.starts_with(silenceTitle)) return MenuGrade::Silence;
  return title.ends_with(unsafeMark) ? MenuGrade::Unsafe : MenuGrade::Safe;
}

} // namespace session_tidy::fix
