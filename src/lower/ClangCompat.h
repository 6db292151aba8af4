// The differences between LLVM 14, 16, 19 and 22 that this project meets, all of them, in one
// place.
#pragma once

#include <llvm/ADT/StringRef.h>

#include <string>

namespace session_tidy::compat {

/// StringRef::startswith became starts_with (16), and the old name went (19).
inline bool startsWith(llvm::StringRef text, llvm::StringRef prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

inline bool endsWith(llvm::StringRef text, llvm::StringRef suffix) {
  return text.size() >= suffix.size() && text.substr(text.size() - suffix.size()) == suffix;
}

} // namespace session_tidy::compat
