// Hashing files and folders.
#include "cli/FileRecord.h"

#include <llvm/ADT/StringRef.h>
#include <llvm/Support/xxhash.h>

#include <filesystem>
#include <system_error>

namespace session_tidy::cli {

std::uint64_t contentHash(std::string_view text) {
  return llvm::xxHash64(llvm::StringRef(text.data(), text.size()));
}

std::uint64_t listingHash(const std::string& folder) {
  std::set<std::string> names;
  std::error_code error;
  for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error))
    names.insert(at->path().filename().string());
  std::string text;
  for (const std::string& name : names) text += name + '\n';
  return contentHash(text);
}

void FileRecord::addListing(const std::string& folder) {
  listings[folder] = listingHash(folder);
}

} // namespace session_tidy::cli
