// The examples of the documentation's pages, ready to be compiled.
//
// A block ```json config is the .session-tidy.json of the blocks below it, one marked `before`
// stands before them. Libraries' headers are included as their names occur. A block marked `fixed`
// is what all fixes together make of the `bad` block above it.
#pragma once

#include "e2e/DocsBlocks.h"

#include <filesystem>
#include <string>
#include <vector>

namespace session_tidy::test {

struct Example {
  CodeBlock block;
  std::string rule;
  std::string config;
  std::string text;  ///< with its includes
  std::string fixed; ///< what fixes make of it; empty where the page does not say
  std::vector<std::string> flags;
  std::vector<std::string> libraries;
  std::string missingLibrary;
};

/// The blocks of a page that are marked `bad` or `good`.
std::vector<Example> examplesOf(const std::filesystem::path& page);

/// All pages below a folder.
std::vector<std::filesystem::path> pagesIn(const std::filesystem::path& folder);

} // namespace session_tidy::test
