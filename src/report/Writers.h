// The makers of all formats, one per file of this folder; Writer.cpp lists them.
#pragma once

#include "report/Writer.h"

namespace session_tidy::report {

std::unique_ptr<Writer> makeCheckstyleWriter();
std::unique_ptr<Writer> makeConciseWriter();   ///< one line per finding
std::unique_ptr<Writer> makeGithubWriter();    ///< annotations of GitHub's workflows
std::unique_ptr<Writer> makeGitlabWriter();    ///< GitLab's Code Quality
std::unique_ptr<Writer> makeJsonLinesWriter(); ///< one finding per line
std::unique_ptr<Writer> makeJsonWriter();
std::unique_ptr<Writer> makeHtmlWriter();     ///< the report for a team, one file
std::unique_ptr<Writer> makeMarkdownWriter(); ///< the same as text
std::unique_ptr<Writer> makeJunitWriter();
std::unique_ptr<Writer> makeRdjsonWriter(); ///< reviewdog
std::unique_ptr<Writer> makeSarifWriter();
std::unique_ptr<Writer> makeTextWriter(); ///< as clang prints diagnostics

} // namespace session_tidy::report
