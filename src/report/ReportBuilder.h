// Brings the findings of many units together into one report.
#pragma once

#include "driver/Suppressions.h"
#include "report/Report.h"
#include "support/SourceText.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace session_tidy::report {

class ReportBuilder {
public:
  /// What one unit found; its ranges index `files`, absolute and normal paths.
  void add(const std::vector<std::string>& files, std::vector<Finding> findings,
           std::vector<driver::SessionUse> uses = {});
  void countUnit() { ++report_.unitsChecked; }
  void countFailedUnit(const std::string& file) { report_.unitsFailed.push_back(file); }

  /// The report: every finding once, by path and position, without those that comments silence.
  /// What is wrong with such comments is added to `notices`.
  Report finish(SourceCache& sources, std::vector<std::string>& notices);

private:
  void orderFiles();
  void orderUses();
  void dropSuppressed(SourceCache& sources, std::vector<std::string>& notices);

  Report report_;
  std::map<std::string, std::uint32_t> indices_;
};

} // namespace session_tidy::report
