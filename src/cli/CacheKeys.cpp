// Putting the text together.
#include "cli/CacheKeys.h"

#include "support/SourceText.h"

#include <clang/Basic/Version.h>

#include <elf.h>
#include <link.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace session_tidy::cli {

namespace {

void readNotes(std::string_view notes, std::string& id) {
  while (notes.size() >= sizeof(ElfW(Nhdr))) {
    ElfW(Nhdr) head;
    std::memcpy(&head, notes.data(), sizeof head);
    const auto padded = [](std::size_t size) { return (size + 3) / 4 * 4; };
    const std::size_t begin = sizeof head + padded(head.n_namesz);
    if (begin + head.n_descsz > notes.size()) return;
    if (head.n_type == NT_GNU_BUILD_ID) id = notes.substr(begin, head.n_descsz);
    notes.remove_prefix(std::min(notes.size(), begin + padded(head.n_descsz)));
  }
}

/// What the linker took of all that is in this program; empty if it did not.
std::string buildId() {
  std::string id;
  dl_iterate_phdr(
      [](dl_phdr_info* program, std::size_t, void* found) {
        for (int i = 0; i < program->dlpi_phnum; ++i) {
          const ElfW(Phdr) & part = program->dlpi_phdr[i];
          if (part.p_type == PT_NOTE)
            readNotes(
                {reinterpret_cast<const char*>(program->dlpi_addr + part.p_vaddr), part.p_memsz},
                *static_cast<std::string*>(found));
        }
        return 1; // the first is the program itself
      },
      &id);
  return id;
}

std::string makeToolText() {
  std::string build = buildId();
  if (build.empty())
    if (const auto program = readFile("/proc/self/exe"))
      build = std::to_string(contentHash(*program));
  return "session-tidy " SESSION_TIDY_VERSION " " + build + " " + clang::getClangFullVersion();
}

/// What Clang's driver reads from the environment.
constexpr std::array variables{"CPATH",
                               "C_INCLUDE_PATH",
                               "CPLUS_INCLUDE_PATH",
                               "OBJC_INCLUDE_PATH",
                               "OBJCPLUS_INCLUDE_PATH",
                               "CCC_OVERRIDE_OPTIONS",
                               "COMPILER_PATH",
                               "GCC_EXEC_PREFIX",
                               "SOURCE_DATE_EPOCH",
                               "SDKROOT"};

void add(std::string& text, const std::string& part) {
  text += part;
  text += '\0'; // so that parts cannot run together
}

void addContent(std::string& text, const std::string& path, FileAnswers& answers) {
  const auto hash = answers.content(path);
  add(text, hash ? std::to_string(*hash) : "none");
}

void addSetup(std::string& text, const driver::Setup& setup, FileAnswers& answers) {
  add(text, setup.config.path);
  if (!setup.config.path.empty()) addContent(text, setup.config.path, answers);
}

} // namespace

const std::string& toolText() {
  static const std::string text = makeToolText();
  return text;
}

std::string reachText(const Unit& unit, const driver::Setup& setup,
                      const driver::SearchPaths& folders, FileAnswers& answers) {
  std::string text;
  add(text, unit.file);
  for (const driver::SearchPaths::Folder& folder : folders.folders)
    add(text, (folder.system ? "system " : "own ") + folder.path);
  add(text, std::to_string(folders.forced.size()));
  for (const std::string& forced : folders.forced) add(text, forced);
  add(text, folders.defines);
  addSetup(text, setup, answers);
  return text;
}

std::string cacheText(const Unit& unit, const driver::Setup& setup, const CheckOptions& options,
                      bool color, FileAnswers& answers) {
  std::string text;
  add(text, toolText());
  add(text, unit.file);
  addContent(text, unit.file, answers); // so that going back and forth between branches finds both
  add(text, unit.folder);
  add(text, std::to_string(unit.command.size()));
  for (const std::string& word : unit.command) add(text, word);
  for (const char* name : variables) {
    const char* value = std::getenv(name);
    add(text, value == nullptr ? "" : "=" + std::string(value));
  }
  add(text, options.checks);
  add(text, options.minConfidence ? std::to_string(static_cast<int>(*options.minConfidence)) : "");
  add(text, color ? "colour" : "");
  addSetup(text, setup, answers);
  return text;
}

} // namespace session_tidy::cli
