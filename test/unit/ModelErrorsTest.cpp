// Malformed models: each gives exactly one error, at the marked place, with the expected words.
//
// The mark is a '^' just before the character that the error points at.
#include "model/ModelReader.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace session_tidy::model {
namespace {

struct Malformed {
  std::string text;     ///< with its mark
  std::string expected; ///< message and hint
};

/// Cases are lines of `text => message`, in a file beside this one; a text may be shortened:
/// K{...} stands for a model with one session kind with these keys, M{...} and F{...} for its
/// methods or for functions, C[...] for its constructors.
std::string expand(const std::string& text) {
  const std::string model = R"({"library":"x","kinds":{"s":{"role":"session","types":["X"])";
  if (text.size() < 3) return text;
  const std::string body = text.substr(2, text.size() - 3);
  if (text.starts_with("K{")) return model + (body.empty() ? "" : ",") + body + "}}}";
  if (text.starts_with("M{")) return model + R"(,"methods":{)" + body + "}}}}";
  if (text.starts_with("C[")) return model + R"(,"constructors":[)" + body + "]}}}";
  if (text.starts_with("F{")) return model + R"(}},"functions":{)" + body + "}}";
  return text;
}

std::vector<Malformed> readCases() {
  std::ifstream file(std::string(SESSION_TIDY_SOURCE_DIR) + "/test/unit/malformed-models.txt");
  std::vector<Malformed> cases;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    const std::size_t arrow = line.find(" => ");
    EXPECT_NE(arrow, std::string::npos) << line;
    std::string text = expand(line.substr(0, arrow));
    // Newlines and tabs are written as two characters, so that a case stays on its line.
    for (const auto& [written, meant] :
         {std::pair{std::string("\\n"), '\n'}, {std::string("\\t"), '\t'}})
      for (std::size_t at = text.find(written); at != std::string::npos;
           at = text.find(written, at + 1))
        text.replace(at, 2, 1, meant);
    cases.push_back({text, line.substr(arrow + 4)});
  }
  return cases;
}

TEST(ModelErrors, eachMalformedModelGivesOneErrorAtItsPlace) {
  const std::vector<Malformed> cases = readCases();
  EXPECT_GE(cases.size(), 200U);
  for (const Malformed& malformed : cases) {
    const std::size_t mark = malformed.text.find('^');
    ASSERT_NE(mark, std::string::npos) << malformed.text;
    const std::string before = malformed.text.substr(0, mark);
    const std::string text = before + malformed.text.substr(mark + 1);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t column =
        mark - (before.rfind('\n') == std::string::npos ? 0 : before.rfind('\n') + 1) + 1;
    const Result<Library> result = readModel(text, "m.json");
    ASSERT_FALSE(result.ok()) << "accepted: " << text;
    EXPECT_EQ(result.error().text(), "m.json:" + std::to_string(line) + ":" +
                                         std::to_string(column) + ": " + malformed.expected)
        << text;
  }
}

TEST(ModelErrors, everyPrefixOfAModelIsAnErrorWithAPosition) {
  std::ifstream file(std::string(SESSION_TIDY_SOURCE_DIR) + "/models/soci.json");
  std::ostringstream text;
  text << file.rdbuf();
  std::string whole = text.str();
  while (whole.ends_with('\n')) whole.pop_back();
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const Result<Library> result = readModel(whole.substr(0, length), "m.json");
    ASSERT_FALSE(result.ok()) << length;
    ASSERT_TRUE(result.error().at.isValid()) << length;
  }
  EXPECT_TRUE(readModel(whole, "m.json").ok());
}

TEST(ModelErrors, oneWrongByteNeverCrashes) {
  std::ifstream file(std::string(SESSION_TIDY_SOURCE_DIR) + "/models/lmdb.json");
  std::ostringstream text;
  text << file.rdbuf();
  const std::string whole = text.str();
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const char wrong : {'"', '}', '0', '\0', '\xff'}) {
      std::string broken = whole;
      broken[at] = wrong;
      const Result<Library> result = readModel(broken, "m.json");
      if (!result.ok()) EXPECT_TRUE(result.error().at.isValid()) << at;
    }
  }
}

} // namespace
} // namespace session_tidy::model
