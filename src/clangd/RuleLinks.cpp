// Looking for the rules' pages.
#include "clangd/RuleLinks.h"

#include <llvm/Support/FileSystem.h>

#include <cctype>
#include <cerrno>
#include <filesystem>
#include <string_view>
#include <system_error>

namespace session_tidy::clangd {

namespace {

std::string fileUrl(const std::filesystem::path& folder) {
  static constexpr std::string_view plain = "/-._~";
  static constexpr std::string_view digits = "0123456789ABCDEF";
  std::string url = "file://";
  for (const char c : folder.string()) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || plain.find(c) != plain.npos)
      url += c;
    else
      url += {'%', digits[byte >> 4U], digits[byte & 15U]};
  }
  return url;
}

std::string findPages() {
  namespace fs = std::filesystem;
  static constexpr char published[] = SESSION_TIDY_DOCS_URL;
  if (published[0] != '\0') return published;
  std::error_code error;
  // By the name it was started by where there is no /proc.
  const fs::path self = llvm::sys::fs::getMainExecutable(
      program_invocation_name, reinterpret_cast<void*>(&fileUrl)); // an address in this program
  const fs::path installed = self.parent_path().parent_path() / "share/doc/session-tidy/rules";
  if (fs::is_directory(installed, error)) return fileUrl(installed);
  return fileUrl(SESSION_TIDY_DOCS_SOURCE_DIR);
}

} // namespace

std::string rulePageUrl(const std::string& rule) {
  static const std::string pages = findPages();
  return pages + "/" + rule + ".md";
}

} // namespace session_tidy::clangd
