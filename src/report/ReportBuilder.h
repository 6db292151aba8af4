// Brings the findings of many units together into one report.
#pragma once

#include "driver/Suppressions.h"
#include "report/Report.h"
#include "report/SuppressionPolicy.h"
#include "support/SourceText.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace session_tidy::report {

class ReportBuilder {
public:
  explicit ReportBuilder(SuppressionPolicy policy = {}) : policy_(std::move(policy)) {}

  /// What one unit found; its ranges index `files`, absolute and normal paths.
  void add(const std::vector<std::string>& files, std::vector<Finding> findings,
           std::vector<driver::SessionUse> uses = {});
  /// The file has been looked at: its comments are judged, whether or not something is found in it.
  void judge(const std::string& file) { judged_.insert(file); }
  void countUnit() { ++report_.unitsChecked; }
  void countFailedUnit(const std::string& file) { report_.unitsFailed.push_back(file); }

  /// The report: every finding once, by path and position, without those that comments silence.
  /// What is wrong with such comments is added to `notices`.
  Report finish(SourceCache& sources, std::vector<std::string>& notices);

private:
  void orderFiles();
  void orderUses();
  void dropSuppressed(SourceCache& sources, std::vector<std::string>& notices);
  void judgeComments(const std::string& path, const driver::Suppressions& comments,
                     const std::set<std::size_t>& used);
  [[nodiscard]] bool couldSilence(const std::string& checks) const;
  void addComment(const std::string& path, Position at, std::string message);

  SuppressionPolicy policy_;
  std::set<std::string> judged_;
  Report report_;
  std::map<std::string, std::uint32_t> indices_;
};

} // namespace session_tidy::report
