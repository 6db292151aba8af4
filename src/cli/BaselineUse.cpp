// Baselines and files.
#include "cli/BaselineUse.h"

#include "support/AtomicFile.h"
#include "support/SourceText.h"

#include <system_error>
#include <utility>

namespace session_tidy::cli {

namespace fs = std::filesystem;

BaselineUse::BaselineUse(const BaselineOptions& options, std::string root)
    : mode_(options.mode), root_(std::move(root)),
      file_(options.file.empty() ? fs::path(root_) / report::baselineFileName
                                 : fs::path(options.file)) {
  if (options.ignore) return;
  std::error_code ignored;
  const bool needed = !options.file.empty() && mode_ != BaselineMode::Update;
  exists_ = fs::exists(file_, ignored);
  if (!needed && !exists_) return;
  const auto text = readFile(file_.string());
  if (!text) {
    error_ = exists_ ? "cannot read the baseline " + file_.string()
                     : "there is no baseline " + file_.string() +
                           " (session-tidy baseline update --baseline FILE writes one)";
    return;
  }
  if (auto baseline = report::Baseline::read(*text, file_.string()))
    baseline_ = std::move(*baseline);
  else
    error_ = baseline.error().text();
}

bool BaselineUse::wasLookedAt(const std::string& relative, const Scope& scope) const {
  return scope.all || scope.files.contains((fs::path(root_) / relative).lexically_normal());
}

std::size_t BaselineUse::apply(report::Report& report, SourceCache& sources,
                               const Scope& scope) const {
  if (baseline_.entries().empty()) return 0;
  return baseline_
      .apply(report, sources, root_,
             [&](const std::string& file) { return wasLookedAt(file, scope); })
      .size();
}

std::string BaselineUse::write(report::Report report, SourceCache& sources, const Scope& scope) {
  const std::size_t before = baseline_.entries().size();
  report::Baseline next;
  if (mode_ == BaselineMode::Update) {
    next = report::Baseline::of(report, sources, root_);
    std::vector<report::Baseline::Entry> kept;
    for (const auto& entry : baseline_.entries())
      if (!wasLookedAt(entry.file, scope)) kept.push_back(entry);
    next.add(kept);
  } else {
    next = baseline_;
    next.remove(baseline_.apply(report, sources, root_,
                                [&](const std::string& file) { return wasLookedAt(file, scope); }));
  }
  error_ = writeAtomically(file_.string(), next.text());
  const std::size_t now = next.entries().size();
  return file_.string() + ": " + std::to_string(now) + (now == 1 ? " finding" : " findings") +
         ", before " + std::to_string(before);
}

} // namespace session_tidy::cli
