// session-tidy init: looks at a project, says what it found, and writes its settings files.
#include "cli/Commands.h"
#include "cli/InitFiles.h"
#include "cli/ProjectSurvey.h"
#include "cli/UnitSearch.h"
#include "driver/DatabaseSearch.h"
#include "model/EmbeddedModels.h"
#include "model/Names.h"
#include "support/AtomicFile.h"

#include <filesystem>
#include <iomanip>
#include <iostream>
#include <string>

namespace session_tidy::cli {

namespace {

namespace fs = std::filesystem;

void tellLibraries(const ProjectSurvey& survey) {
  std::cout << survey.units << " units, " << survey.files << " files of the project read\n\n";
  std::cout << "Session libraries, by what is included:\n";
  for (const UsedLibrary& library : survey.libraries)
    std::cout << "  " << std::left << std::setw(14) << library.name << library.files
              << (library.files == 1 ? " file, " : " files, first in ") << library.firstFile << ':'
              << library.firstLine << '\n';
  if (survey.libraries.empty()) std::cout << "  none that is built in\n";
}

void tellClasses(const ProjectSurvey& survey) {
  std::cout << "\nClasses that may be sessions or transactions, by the names of their methods:\n";
  for (const LikelyClass& one : survey.classes) {
    std::cout << "  " << one.kind.type << " (" << model::name(one.kind.role) << ", " << one.file
              << ':' << one.line << "):";
    for (const auto& [method, op] : one.kind.methods) {
      std::cout << ' ' << method;
      if (model::name(op) != method) std::cout << " = " << model::name(op);
      std::cout << (&method == &one.kind.methods.back().first ? "" : ",");
    }
    std::cout << '\n';
  }
  if (survey.classes.empty()) std::cout << "  none\n";
}

std::string indented(const std::string& text) {
  std::string result = "    ";
  for (const char c : text) {
    result += c;
    if (c == '\n') result += "    ";
  }
  result.resize(result.size() - 4);
  return result;
}

/// Nobody to ask is a no.
bool confirmed(const PlannedFile& file) {
  std::cout << "Change " << file.name << ", which is there already? [y/N] " << std::flush;
  std::string answer;
  const bool answered = static_cast<bool>(std::getline(std::cin, answer));
  if (!answered) std::cout << '\n';
  return answer == "y" || answer == "Y" || answer == "yes";
}

/// 0, or the exit code of a failure.
int settle(const PlannedFile& file, const fs::path& folder, const InitOptions& options) {
  if (!file.needed) {
    std::cout << "  " << file.name << " is there and will do\n";
    return exit_code::clean;
  }
  if (options.dryRun) {
    std::cout << "  " << file.name << (file.exists ? " would become" : " would be written") << " ("
              << file.note << "):\n"
              << indented(file.text);
    return exit_code::clean;
  }
  if (file.exists && !options.yes && !confirmed(file)) {
    std::cout << "  " << file.name << " stays as it is; it would have become:\n"
              << indented(file.text);
    return exit_code::clean;
  }
  const std::string path = (folder / file.name).string();
  std::string error = whyNotWritable(path);
  if (error.empty()) error = writeAtomically(path, file.text);
  if (!error.empty()) {
    std::cerr << "session-tidy: " << error << '\n';
    return exit_code::trouble;
  }
  std::cout << "  " << file.name << (file.exists ? " changed: " : " written: ") << file.note
            << '\n';
  return exit_code::clean;
}

/// The folder of the database, as .clangd would name it.
std::string databaseFolder(const InitOptions& options, const fs::path& folder) {
  const auto database = options.units.database.empty() ? driver::findDatabase(folder)
                                                       : driver::databaseAt(options.units.database);
  if (!database) return {};
  const fs::path normal = fs::absolute(database->parent_path()).lexically_normal();
  return normal.lexically_relative(fs::absolute(folder).lexically_normal()).string();
}

} // namespace

int run(const InitOptions& options) {
  const UnitList list = findUnits(options.units);
  if (!list.error.empty()) {
    std::cerr << "session-tidy: " << list.error << '\n';
    return exit_code::trouble;
  }
  const auto models = model::loadEmbeddedModels();
  if (!models) {
    std::cerr << models.error().text() << '\n';
    return exit_code::trouble;
  }
  const fs::path folder = fs::current_path();
  const ProjectSurvey found = survey(list.units, folder, *models);
  tellLibraries(found);
  tellClasses(found);
  std::cout << "\nFiles in " << folder.string() << ":\n";
  int code = exit_code::clean;
  for (const PlannedFile& file : planFiles(folder, found, databaseFolder(options, folder)))
    code = std::max(code, settle(file, folder, options));
  return code;
}

} // namespace session_tidy::cli
