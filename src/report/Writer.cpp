// The list of output formats.
#include "report/Writers.h"

#include <array>

namespace session_tidy::report {

namespace {

struct Format {
  std::string_view name;
  std::unique_ptr<Writer> (*make)();
};

constexpr std::array<Format, 12> formats{{
    {.name = "text", .make = makeTextWriter},
    {.name = "concise", .make = makeConciseWriter},
    {.name = "json", .make = makeJsonWriter},
    {.name = "jsonl", .make = makeJsonLinesWriter},
    {.name = "sarif", .make = makeSarifWriter},
    {.name = "gitlab", .make = makeGitlabWriter},
    {.name = "github", .make = makeGithubWriter},
    {.name = "junit", .make = makeJunitWriter},
    {.name = "checkstyle", .make = makeCheckstyleWriter},
    {.name = "rdjson", .make = makeRdjsonWriter},
    {.name = "html", .make = makeHtmlWriter},
    {.name = "markdown", .make = makeMarkdownWriter},
}};

} // namespace

std::unique_ptr<Writer> makeWriter(std::string_view format) {
  for (const Format& known : formats)
    if (known.name == format) return known.make();
  return nullptr;
}

std::vector<std::string_view> formatNames() {
  std::vector<std::string_view> names;
  names.reserve(formats.size());
  for (const Format& known : formats) names.push_back(known.name);
  return names;
}

} // namespace session_tidy::report
