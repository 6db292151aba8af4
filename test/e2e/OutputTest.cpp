// What the output formats promise to the programs that read them.
#include "e2e/Project.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <set>

namespace session_tidy::test {

namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

/// Several rules, a finding with a path and one with a fix, a header that two units share, and
/// characters that every format has to escape.
class Outputs : public testing::Test {
protected:
  static void SetUpTestSuite() {
    project_ = std::make_unique<Project>();
    project_->write("inc/shared.h", std::string("#pragma once\n") + sampleLibrary +
                                        "inline void shared(soci::session& sql) {\n"
                                        "  soci::transaction{sql};\n}\n");
    for (const char* name : {"src/one.cpp", "src/two.cpp"})
      project_->unit(name, std::string("#include \"../inc/shared.h\"\n") + traced);
    project_->unit("src/broken.cpp", "int x = y;\n");
    project_->shell("git init -q .");
  }
  static void TearDownTestSuite() { project_.reset(); }

  static std::string written(const std::string& format) {
    const Output output = project_->check({"--output-format", format});
    EXPECT_EQ(output.exitCode, 3) << output.err;
    return output.out;
  }

  /// Validates `document` by a schema; says what is wrong.
  static std::string validate(const std::string& document, const std::filesystem::path& schema) {
    project_->write("document.json", document);
    const Output output = runProcess(
        {.arguments = {"python3", "-c",
                       "import json, sys, jsonschema\n"
                       "schema = json.load(open(sys.argv[1]))\n"
                       "kind = jsonschema.validators.validator_for(schema)\n"
                       "for e in kind(schema).iter_errors(json.load(open('document.json'))):\n"
                       "  print(list(e.absolute_path), e.message[:200])\n",
                       schema},
         .directory = project_->folder(),
         .environment = {}});
    return output.out + (output.exitCode == 0 ? "" : output.err);
  }

  static bool canValidate() {
    return runProcess({.arguments = {"python3", "-c", "import jsonschema"},
                       .directory = {},
                       .environment = {}})
               .exitCode == 0;
  }

  static constexpr const char* traced = "static void work(soci::session& sql, int \xc3\xbc) {\n"
                                        "  /* < & \xf0\x9f\x98\x80 */ sql.begin();\n"
                                        "  if (\xc3\xbc < 1 && \xc3\xbc > -1) return;\n"
                                        "  sql.commit();\n}\n"
                                        "void use(soci::session& sql) { work(sql, 1); }\n";
  static inline std::unique_ptr<Project> project_;
};

TEST_F(Outputs, JsonIsWhatItsSchemaSays) {
  const std::string document = written("json");
  const json parsed = json::parse(document);
  EXPECT_EQ(parsed["findings"].size(), 3U);
  EXPECT_EQ(parsed["units"]["failed"], json::array({"src/broken.cpp"}));
  if (!canValidate()) GTEST_SKIP() << "python3-jsonschema is not installed";
  const auto schema = testFolder().parent_path() / "docs/session-tidy-output.schema.json";
  EXPECT_EQ(validate(document, schema), "");
  json wrong = parsed;
  wrong["findings"][0]["severity"] = "fatal";
  EXPECT_NE(validate(wrong.dump(), schema), "") << "the schema says something";
}

TEST_F(Outputs, JsonLinesAreTheFindingsOfJson) {
  const json document = json::parse(written("json"));
  std::istringstream lines(written("jsonl"));
  json findings = json::array();
  for (std::string line; std::getline(lines, line);) findings.push_back(json::parse(line));
  EXPECT_EQ(findings, document["findings"]);
}

TEST_F(Outputs, AHeadersFindingAppearsOnce) {
  const std::string concise = written("concise");
  const auto first = concise.find("shared.h");
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(concise.find("shared.h", first + 1), std::string::npos) << concise;
}

/// What every consumer relies on, whether or not the official schema is at hand.
void checkLocation(const json& location) {
  const json& physical = location.at("physicalLocation");
  const std::string uri = physical.at("artifactLocation").at("uri");
  EXPECT_FALSE(uri.starts_with("/") || uri.starts_with("file:")) << uri;
  const json& region = physical.at("region");
  EXPECT_GE(region.at("startLine"), 1);
  EXPECT_GE(region.at("startColumn"), 1);
}

TEST_F(Outputs, SarifHasWhatServicesAndViewersRead) {
  const json document = json::parse(written("sarif"));
  EXPECT_EQ(document["version"], "2.1.0");
  const json& run = document["runs"][0];
  const json& rules = run["tool"]["driver"]["rules"];
  for (const json& rule : rules)
    for (const char* text : {"shortDescription", "fullDescription", "help"})
      EXPECT_FALSE(rule.at(text).at("text").get<std::string>().empty()) << rule["id"];
  std::set<std::string> fingerprints;
  bool traced = false;
  bool fixed = false;
  for (const json& result : run["results"]) {
    EXPECT_EQ(rules[result["ruleIndex"].get<std::size_t>()]["id"], result["ruleId"]);
    ASSERT_EQ(result["locations"].size(), 1U);
    checkLocation(result["locations"][0]);
    fingerprints.insert(result["partialFingerprints"]["sessionTidy/v1"]);
    if (result.contains("codeFlows")) {
      traced = true;
      for (const json& step : result["codeFlows"][0]["threadFlows"][0]["locations"])
        checkLocation(step.at("location"));
    }
    fixed |= result.contains("fixes");
  }
  EXPECT_EQ(fingerprints.size(), run["results"].size());
  EXPECT_TRUE(traced);
  EXPECT_TRUE(fixed);
  EXPECT_FALSE(run["invocations"][0]["executionSuccessful"]);
}

// Columns count UTF-16 units: the face before `sql.begin()` is two of them, and four bytes.
TEST_F(Outputs, SarifCountsAsEditorsDo) {
  const json document = json::parse(written("sarif"));
  for (const json& result : document["runs"][0]["results"]) {
    const json& region = result["locations"][0]["physicalLocation"]["region"];
    if (region["startLine"] == 3 && result["ruleId"] == "session-unfinished-transaction") {
      EXPECT_EQ(region["startColumn"], 16);
      return;
    }
  }
  FAIL() << "the finding is missing: " << document;
}

// The schema is not ours to ship: SESSION_TIDY_SARIF_SCHEMA names a copy of
// sarif-schema-2.1.0.json.
TEST_F(Outputs, SarifIsWhatTheOfficialSchemaSays) {
  const char* schema = std::getenv("SESSION_TIDY_SARIF_SCHEMA");
  if (schema == nullptr) GTEST_SKIP() << "SESSION_TIDY_SARIF_SCHEMA names no schema";
  EXPECT_EQ(validate(written("sarif"), schema), "");
}

TEST_F(Outputs, GitlabHasRelativePathsAndFingerprintsOfItsOwn) {
  const json issues = json::parse(written("gitlab"));
  ASSERT_EQ(issues.size(), 3U);
  std::set<std::string> fingerprints;
  for (const json& issue : issues) {
    const std::string path = issue["location"]["path"];
    EXPECT_FALSE(path.starts_with("/") || path.starts_with("./")) << path;
    EXPECT_GE(issue["location"]["lines"]["begin"], 1);
    EXPECT_THAT((std::set<std::string>{"info", "minor", "major", "critical", "blocker"}),
                testing::Contains(issue["severity"].get<std::string>()));
    fingerprints.insert(issue["fingerprint"]);
  }
  EXPECT_EQ(fingerprints.size(), 3U);
}

TEST_F(Outputs, GithubGetsOneCommandPerFinding) {
  std::istringstream lines(written("github"));
  unsigned count = 0;
  for (std::string line; std::getline(lines, line); ++count)
    EXPECT_THAT(line,
                testing::ContainsRegex("^::(notice|warning|error) file=[^,]+,line=[0-9]+,col=[0-9]+"
                                       "(,endColumn=[0-9]+)?,title=session-[a-z-]+::[^\r]+$"));
  EXPECT_EQ(count, 3U);
}

TEST_F(Outputs, XmlFormatsAreWellFormed) {
  for (const char* format : {"junit", "checkstyle"}) {
    project_->write("out.xml", written(format));
    const Output parsed =
        runProcess({.arguments = {"python3", "-c",
                                  "import xml.etree.ElementTree as x; r = x.parse('out.xml')."
                                  "getroot(); print(r.tag, len(list(r.iter('failure'))), "
                                  "len(list(r.iter('error'))))"},
                    .directory = project_->folder(),
                    .environment = {}});
    EXPECT_EQ(parsed.out, std::string(format) == "junit" ? "testsuites 3 1\n" : "checkstyle 0 3\n")
        << parsed.err;
  }
}

TEST_F(Outputs, RdjsonHasPathsPlacesAndSuggestions) {
  const json document = json::parse(written("rdjson"));
  EXPECT_EQ(document["source"]["name"], "session-tidy");
  ASSERT_EQ(document["diagnostics"].size(), 3U);
  bool suggests = false;
  for (const json& diagnostic : document["diagnostics"]) {
    EXPECT_GE(diagnostic["location"]["range"]["start"]["line"], 1);
    EXPECT_TRUE(diagnostic["code"]["value"].get<std::string>().starts_with("session-"));
    suggests |= diagnostic.contains("suggestions");
  }
  EXPECT_TRUE(suggests);
}

TEST_F(Outputs, SeveralAtOnce) {
  const Output output = project_->check({"--output-format", "concise", "--output-format",
                                         "sarif:a.sarif", "--output-format", "gitlab:b.json"});
  EXPECT_THAT(output.out, HasSubstr("src/one.cpp:3:"));
  EXPECT_TRUE(json::accept(project_->read("a.sarif")));
  EXPECT_EQ(json::parse(project_->read("b.json")).size(), 3U);
}

TEST_F(Outputs, FilesOfOneRepositoryAreNamedFromItsRoot) {
  const Output output =
      runSessionTidy(project_->folder() / "src", {"check", "one.cpp", "--output-format", "gitlab"});
  EXPECT_THAT(output.out, HasSubstr("\"src/one.cpp\""));
}

TEST_F(Outputs, NamesAreLinksOnTerminalsOnly) {
  EXPECT_THAT(written("text"), Not(HasSubstr("\033]8;;")));
  const Output coloured = project_->check({"--color", "always"});
  EXPECT_THAT(coloured.out, Not(HasSubstr("\033]8;;")));
}

} // namespace

} // namespace session_tidy::test
