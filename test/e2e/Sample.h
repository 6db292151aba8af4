// A small unit with one defect, for tests of the programs rather than of the rules.
#pragma once

#include "harness/Builds.h"
#include "harness/Process.h"
#include "harness/Workspace.h"

#include <gtest/gtest.h>

#include <string>

namespace session_tidy::test {

/// Stands in for SOCI, so that no library need be installed: models know types by their names.
inline constexpr const char* sampleLibrary = R"(namespace soci {
struct session { void begin(); void commit(); void rollback(); };
class transaction {
public:
  explicit transaction(session& sql);
  ~transaction();
  void commit();
};
}
)";

inline constexpr const char* sampleRule = "session-temporary-guard";

/// The defect is in line 11, column 3.
inline std::string badSample() {
  return std::string(sampleLibrary) + "void work(soci::session& sql) {\n"
                                      "  soci::transaction{sql};\n"
                                      "}\n";
}

inline std::string goodSample() {
  return std::string(sampleLibrary) + "void work(soci::session& sql) {\n"
                                      "  soci::transaction tr{sql};\n"
                                      "  tr.commit();\n"
                                      "}\n";
}

/// A folder with one source and its compilation database.
class Sample {
public:
  explicit Sample(const std::string& text) {
    writeFile(source(), text);
    writeFile(folder() / "compile_commands.json",
              compileCommands(folder(), "sample.cpp", {"-std=c++20"}));
  }

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }
  [[nodiscard]] std::filesystem::path source() const { return folder() / "sample.cpp"; }

private:
  TemporaryFolder folder_;
};

} // namespace session_tidy::test
