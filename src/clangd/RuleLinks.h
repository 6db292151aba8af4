// Where the rules' pages are.
#pragma once

#include <string>

namespace session_tidy::clangd {

/// The address of a rule's page: published, else installed beside the program, else in the checkout
/// that it was built from.
std::string rulePageUrl(const std::string& rule);

} // namespace session_tidy::clangd
