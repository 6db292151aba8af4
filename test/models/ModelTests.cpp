// Every line of every library model is used, and would be missed.
//
// For each library there is a use file (Uses.h), compiled against the library's own headers or,
// where Debian has none, against stubs of them. Two tests: the functions do what stands behind
// them; and of each thing that could be taken out of the model some function takes notice.
// `--write` writes anew what stands behind the functions: read the difference.
#include "harness/Builds.h"
#include "harness/Fixture.h"
#include "harness/Libraries.h"
#include "model/EmbeddedModels.h"
#include "model/ModelReader.h"
#include "models/Mutants.h"
#include "models/Uses.h"

#include <gtest/gtest.h>

#include <iostream>
#include <memory>
#include <set>
#include <sstream>

namespace session_tidy::test {

namespace {

namespace fs = std::filesystem;

fs::path folder() {
  return testFolder() / "models";
}

/// The use files of a library: its own, and those for other versions of it (libpqxx, libpqxx-7).
std::vector<fs::path> useFiles(const std::string& library) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder() / "uses")) {
    const std::string stem = entry.path().stem();
    if (stem == library || stem.starts_with(library + "-")) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

std::vector<std::string> flagsFor(const std::string& library) {
  std::vector<std::string> flags = libraryFlags(library);
  flags.insert(flags.end(), {"-isystem", (folder() / "stubs").string()});
  return flags;
}

/// What survivors.txt excuses for a library: lines `library: what -- why`.
std::set<std::string> survivorsOf(const std::string& library) {
  std::set<std::string> result;
  std::istringstream stream(readFile(folder() / "survivors.txt"));
  const std::string head = library + ": ";
  for (std::string line; std::getline(stream, line);)
    if (line.starts_with(head))
      result.insert(line.substr(head.size(), line.find(" -- ") - head.size()));
  return result;
}

/// What the use file of the helpers has sessions of.
constexpr std::string_view anySession = R"({
  "library": "any",
  "kinds": {
    "session": {
      "role": "session",
      "types": ["any::Session"],
      "methods": {
        "begin": "begin", "commit": "commit", "rollback": "rollback",
        "query": "derive result on this as rows"
      }
    },
    "rows": {
      "role": "dependent",
      "types": ["any::Rows"],
      "methods": { "text": "derive result on this as text", "next": "refresh" }
    },
    "text": { "role": "dependent", "types": [], "view": true }
  }
})";

/// A model as the lowering gets it, beside the helpers; nothing when it does not load.
std::optional<model::ModelSet> load(const std::string& text, const model::ModelSet& known) {
  auto library = model::readModel(text, "model.json", &known);
  if (!library) return std::nullopt;
  model::ModelSet models;
  const bool helpers = library->kinds.empty();
  if (helpers) models.add(*model::readModel(anySession, "any.json"));
  for (const model::Library& other : known.libraries())
    if (other.kinds.empty() && !helpers) models.add(other);
  models.add(std::move(*library));
  return models;
}

class ModelTest : public testing::TestWithParam<std::string> {
protected:
  void SetUp() override {
    if (isKnownLibrary(GetParam()) && !isInstalled(GetParam()))
      GTEST_SKIP() << "headers not installed";
    ASSERT_FALSE(useFiles(GetParam()).empty()) << "no test/models/uses/" << GetParam() << ".cpp";
    for (const fs::path& path : useFiles(GetParam())) {
      files_.push_back(std::make_unique<UseFile>(path, flagsFor(GetParam())));
      ASSERT_EQ(files_.back()->errors(), "") << path;
    }
  }

  [[nodiscard]] static std::string modelText() {
    return readFile(testFolder().parent_path() / "models" / (GetParam() + ".json"));
  }

  /// Whether some function has the name in it.
  [[nodiscard]] bool isCalled(const std::string& name) const {
    const std::string word = name.starts_with("operator") ? name.substr(8) : name;
    return std::ranges::any_of(
        files_, [&](const auto& file) { return file->text().find(word) != std::string::npos; });
  }

  std::vector<std::unique_ptr<UseFile>> files_;
};

const std::string& libraryOf(const model::ModelSet& models) {
  return models.libraries().back().name;
}

/// Methods that are not listed use their object and throw as their kind does: a line that says no
/// more is there for its reader.
bool isAssumedAnyway(const Mutant& mutant, const model::ModelSet& models) {
  const model::Kind* kind = models.kind(libraryOf(models) + "." + mutant.kind);
  if (kind == nullptr || mutant.method.empty()) return false;
  const auto& overloads = models.methods(*kind, mutant.method);
  return std::ranges::all_of(overloads, [&](const model::CallModel* call) {
    return call->effects == std::vector<model::Effect>{{}} && call->throws == kind->throws &&
           call->success == model::Success::Always;
  });
}

TEST_P(ModelTest, UsesDoWhatStandsBehindThem) {
  const auto known = model::loadEmbeddedModels();
  const auto models = load(modelText(), *known);
  ASSERT_TRUE(models);
  for (const auto& file : files_) {
    const Deeds expected = file->expected();
    const Deeds seen = file->deeds(*models);
    EXPECT_FALSE(expected.empty());
    for (const auto& [function, deed] : expected) {
      const auto found = seen.find(function);
      EXPECT_EQ(deed, found == seen.end() ? "nothing" : found->second) << function;
    }
    for (const auto& [function, deed] : seen)
      EXPECT_TRUE(expected.contains(function)) << function << " has no line of what it does";
    if (HasFailure())
      std::cout << "if this is meant: session-tidy-model-tests --write " << GetParam() << "\n";
  }
}

TEST_P(ModelTest, WouldMissWhateverIsTakenOut) {
  const auto known = model::loadEmbeddedModels();
  const auto whole = load(modelText(), *known);
  ASSERT_TRUE(whole);
  std::vector<Deeds> before;
  for (const auto& file : files_) before.push_back(file->deeds(*whole));
  unsigned survivors = 0;
  unsigned assumed = 0;
  std::set<std::string> listed = survivorsOf(GetParam());
  const std::vector<Mutant> mutants = mutantsOf(modelText());
  for (const Mutant& mutant : mutants) {
    const auto models = load(mutant.text, *known);
    bool noticed = !models; // what does not load is noticed, too
    for (std::size_t i = 0; !noticed && i < files_.size(); ++i)
      noticed = files_[i]->deeds(*models) != before[i];
    if (noticed) continue;
    if (isAssumedAnyway(mutant, *whole)) {
      ++assumed;
      EXPECT_TRUE(isCalled(mutant.method)) << "nobody calls " << mutant.what;
      continue;
    }
    ++survivors;
    listed.erase(mutant.what);
    EXPECT_TRUE(survivorsOf(GetParam()).contains(mutant.what))
        << "nobody would miss " << mutant.what;
  }
  for (const std::string& stale : listed)
    ADD_FAILURE() << stale << " is missed: no need for a line in survivors.txt";
  std::cout << GetParam() << ": " << mutants.size() << " mutants, " << assumed
            << " say what is assumed anyway, " << survivors << " survive\n";
}

std::vector<std::string> libraryNames() {
  std::vector<std::string> names;
  const auto models = model::loadEmbeddedModels();
  for (const model::Library& library : models->libraries()) names.push_back(library.name);
  return names;
}

INSTANTIATE_TEST_SUITE_P(Models, ModelTest, testing::ValuesIn(libraryNames()),
                         [](const auto& instance) { return instance.param; });

/// Writes the expectations of a library's use files anew.
void rewrite(const std::string& library) {
  const auto known = model::loadEmbeddedModels();
  const auto models =
      load(readFile(testFolder().parent_path() / "models" / (library + ".json")), *known);
  for (const fs::path& path : useFiles(library)) {
    const UseFile file(path, flagsFor(library));
    std::cout << path.filename().string() << ": " << file.errors() << '\n';
    if (models && file.errors().empty())
      writeFile(path, file.withExpectations(file.deeds(*models)));
  }
}

} // namespace

} // namespace session_tidy::test

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  if (argc < 2 || std::string(argv[1]) != "--write") return RUN_ALL_TESTS();
  for (int i = 2; i < argc; ++i) session_tidy::test::rewrite(argv[i]);
  return 0;
}
