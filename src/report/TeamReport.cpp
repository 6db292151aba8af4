// Weighing findings and features.
#include "report/TeamReport.h"

#include "report/Paths.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace session_tidy::report {

namespace {

using driver::SessionFeature;

std::string counted(std::size_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

// ---------------------------------------------------------------- rule pages

/// The first paragraph below a heading of a page, as one line.
std::string paragraph(std::string_view page, std::string_view heading) {
  std::size_t at = page.find(heading);
  if (at == std::string_view::npos) return {};
  at = page.find_first_not_of("\n", at + heading.size());
  if (at == std::string_view::npos) return {};
  std::string text(page.substr(at, page.find("\n\n", at) - at));
  std::ranges::replace(text, '\n', ' ');
  std::erase(text, '`'); // it is shown as plain text
  return text;
}

/// The first block of a page that is marked `good`.
std::string goodExample(std::string_view page) {
  for (const std::string_view mark : {"```cpp good", "```c good"}) {
    std::size_t at = page.find(mark);
    if (at == std::string_view::npos) continue;
    at = page.find('\n', at);
    const std::size_t end = page.find("\n```", at);
    if (at == std::string_view::npos || end == std::string_view::npos) continue;
    return std::string(page.substr(at + 1, end - at));
  }
  return {};
}

// ---------------------------------------------------------------- files

class Assessor {
public:
  Assessor(const Report& report, const Context& context) : report_(report), context_(context) {}

  TeamReport run() {
    readFiles();
    readRules();
    summarise();
    return std::move(result_);
  }

private:
  struct Gathered {
    FileAssessment file;
    std::uint32_t features = 0;
    std::size_t silenced = 0;
    std::size_t guarded = 0;
    std::size_t byHand = 0;
  };

  void readFiles() {
    std::map<std::uint32_t, Gathered> files;
    for (const driver::SessionUse& use : report_.uses) {
      if (use.has(driver::Exempt)) continue;
      Gathered& file = files[use.range.file];
      ++file.file.functions;
      ++result_.functions;
      file.features |= use.features;
      file.guarded += use.has(SessionFeature::Guards) ? 1 : 0;
      file.byHand += use.has(SessionFeature::BeginsByHand) ? 1 : 0;
    }
    for (std::size_t i = 0; i < report_.findings.size(); ++i)
      files[report_.findings[i].range.file].file.findings.push_back(i);
    for (auto& [index, gathered] : files) {
      gathered.file.path = relativePath(report_.files[index], context_.root);
      if (const auto silenced = report_.silenced.find(report_.files[index]);
          silenced != report_.silenced.end())
        gathered.silenced = silenced->second;
      grade(gathered);
      result_.files.push_back(std::move(gathered.file));
    }
    std::ranges::sort(result_.files, {}, [](const FileAssessment& file) {
      return std::tuple(file.grade, -static_cast<std::ptrdiff_t>(file.findings.size()), file.path);
    });
  }

  void grade(Gathered& gathered) {
    FileAssessment& file = gathered.file;
    const bool serious = std::ranges::any_of(file.findings, [&](std::size_t i) {
      return report_.findings[i].severity != Severity::Style;
    });
    file.grade = serious ? Grade::Issues : file.findings.empty() ? Grade::Good : Grade::Caution;
    const auto has = [&](SessionFeature feature) { return (gathered.features & feature) != 0; };
    const auto say = [&](std::string text) { file.reasons.push_back(std::move(text)); };
    if (!file.findings.empty()) {
      std::map<std::string, std::size_t> rules;
      for (const std::size_t index : file.findings) ++rules[report_.findings[index].rule];
      for (const auto& [rule, count] : rules)
        say(rule + (count > 1 ? " (" + std::to_string(count) + ")" : ""));
    }
    if (gathered.silenced != 0)
      say(counted(gathered.silenced, "finding is", "findings are") + " silenced by comments");
    if (serious) return;
    if (gathered.guarded != 0)
      say("transactions are held by guards in " +
          counted(gathered.guarded, "function", "functions"));
    if (gathered.byHand != 0)
      say("transactions that are begun by hand are ended on every path, exceptions included (" +
          counted(gathered.byHand, "function", "functions") + ")");
    if (has(SessionFeature::OwnsByObject)) say("its sessions close by themselves");
    if (has(SessionFeature::HoldsRaw) && file.findings.empty() && gathered.silenced == 0)
      say("handles that have to be closed by hand are closed on every path");
    if (has(SessionFeature::Leases)) say("what it takes from a pool goes back");
    if (has(SessionFeature::HandlesFailure)) say("handlers roll back");
    if (has(SessionFeature::Loops) && file.findings.empty())
      say("loops over generators of sessions come to their end");
    if (file.reasons.empty() && has(SessionFeature::Borrows))
      say("works on sessions of its callers and leaves them as they were");
    if (file.reasons.empty()) say("uses sessions only while they are open");
  }

  // -------------------------------------------------------------- rules

  void readRules() {
    std::map<std::string, RuleSummary> rules;
    for (const Finding& finding : report_.findings) {
      RuleSummary& rule = rules[finding.rule];
      rule.name = finding.rule;
      rule.severity = std::max(rule.count == 0 ? Severity::Style : rule.severity, finding.severity);
      ++rule.count;
      rule.certain += finding.confidence == Confidence::Certain ? 1 : 0;
    }
    for (const RuleText& text : context_.rules) {
      const auto found = rules.find(std::string(text.name));
      if (found == rules.end()) continue;
      found->second.summary = text.summary;
      found->second.risk = paragraph(text.page, "## Why it hurts in production\n");
      found->second.advice = paragraph(text.page, "## What to do\n");
      found->second.example = goodExample(text.page);
    }
    for (auto& [name, rule] : rules) result_.rules.push_back(std::move(rule));
    std::ranges::sort(result_.rules, std::ranges::greater(), [](const RuleSummary& rule) {
      return std::tuple(rule.severity, rule.certain, rule.count, rule.name);
    });
  }

  void summarise() {
    const auto say = [&](std::string text) { result_.summary.push_back(std::move(text)); };
    const auto graded = [&](Grade grade) {
      return static_cast<std::size_t>(
          std::ranges::count(result_.files, grade, &FileAssessment::grade));
    };
    say(counted(report_.unitsChecked, "unit was", "units were") + " checked; sessions occur in " +
        counted(result_.functions, "function", "functions") + " of " +
        counted(result_.files.size(), "file", "files") + ".");
    if (!report_.unitsFailed.empty())
      say(counted(report_.unitsFailed.size(), "unit", "units") +
          " could not be checked whole, so findings may be missing.");
    if (report_.findings.empty()) {
      say("Nothing was found.");
      return;
    }
    const auto certain = static_cast<std::size_t>(
        std::ranges::count(report_.findings, Confidence::Certain, &Finding::confidence));
    say(counted(report_.findings.size(), "finding", "findings") + ", " + std::to_string(certain) +
        " of them certain whatever the code around does.");
    say(counted(graded(Grade::Issues), "file has", "files have") + " issues, " +
        std::to_string(graded(Grade::Caution)) + " call for caution, " +
        std::to_string(graded(Grade::Good)) + " manage sessions well.");
  }

  const Report& report_;
  const Context& context_;
  TeamReport result_;
};

} // namespace

TeamReport assess(const Report& report, const Context& context) {
  return Assessor(report, context).run();
}

std::string_view word(Grade grade) {
  switch (grade) {
  case Grade::Issues:
    return "issues";
  case Grade::Caution:
    return "caution";
  case Grade::Good:
    return "good";
  }
  return "";
}

std::string recommendation(const Finding& finding, const TeamReport& team) {
  if (finding.fixes.empty()) {
    const auto rule = std::ranges::find(team.rules, finding.rule, &RuleSummary::name);
    return rule == team.rules.end() ? std::string() : rule->advice;
  }
  const Fix& fix = finding.fixes.front();
  return fix.description + (fix.safe ? " (session-tidy fix does it)"
                                     : " (session-tidy fix --unsafe-fixes does it; look at it)");
}

} // namespace session_tidy::report
