// Reads fixtures: directives in the first lines, expectations anywhere.
#include "harness/Fixture.h"

#include "harness/Builds.h"
#include "harness/Libraries.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>

namespace session_tidy::test {

namespace fs = std::filesystem;

namespace {

std::string_view trim(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

std::vector<std::string> words(std::string_view text) {
  std::istringstream stream{std::string(text)};
  std::vector<std::string> result;
  for (std::string word; stream >> word;) result.push_back(word);
  return result;
}

std::vector<std::string> lines(std::string_view text) {
  std::istringstream stream{std::string(text)};
  std::vector<std::string> result;
  for (std::string line; std::getline(stream, line);) result.push_back(line);
  return result;
}

class FixtureReader {
public:
  explicit FixtureReader(Fixture& fixture) : fixture_(fixture) {}

  void readDirectives() {
    unsigned number = 0;
    for (const std::string& line : lines(fixture_.text)) {
      ++number;
      const std::string_view text = trim(line);
      if (!text.empty() && !text.starts_with("//")) return;
      static const std::regex form(R"(^// ([a-z]+): (.*)$)");
      std::smatch match;
      const std::string stripped(text);
      if (std::regex_match(stripped, match, form)) directive(match[1], match[2], number);
    }
  }

  void readExpectations(const std::string& file, std::string_view text) {
    unsigned number = 0;
    static const std::regex form(R"(// expect(-note)?(@([+-]\d+))?:(.*)$)");
    for (const std::string& line : lines(text)) {
      ++number;
      std::smatch match;
      if (!std::regex_search(line, match, form)) {
        if (line.find("// expect") != line.npos) mistake(file, number, "expectation without ':'");
        continue;
      }
      const int shift = match[3].matched ? std::stoi(match[3]) : 0;
      const bool isNote = match[1].matched;
      readList(file, number, number + static_cast<unsigned>(shift), isNote, match[4]);
    }
  }

private:
  void mistake(const std::string& file, unsigned line, const std::string& what) {
    fixture_.mistakes.push_back(file + ":" + std::to_string(line) + ": " + what);
  }

  void directive(const std::string& name, const std::string& value, unsigned line) {
    if (name == "flags")
      fixture_.ownFlags = words(value);
    else if (name == "library")
      addLibraries(value, line);
    else if (name == "config")
      fixture_.config += value + "\n";
    else if (name == "checks")
      fixture_.checks = trim(value);
    else if (name == "header")
      addHeader(trim(value), line);
    else if (name == "clangd" && trim(value) == "subset")
      fixture_.clangdSubset = true;
    else if (name == "llvm")
      fixture_.minLlvm = std::stoi(value);
    else if (name != "expect")
      mistake(fixture_.name, line, "unknown directive '" + name + ": " + value + "'");
  }

  void addHeader(std::string_view name, unsigned line) {
    for (const fs::path& folder : {fixture_.path.parent_path(), testFolder() / "cases/support"})
      if (fs::exists(folder / name)) {
        fixture_.headers.push_back(folder / name);
        return;
      }
    mistake(fixture_.name, line, "no header '" + std::string(name) + "'");
  }

  void addLibraries(const std::string& value, unsigned line) {
    for (std::string name : words(value)) {
      std::erase(name, ',');
      if (!isKnownLibrary(name)) mistake(fixture_.name, line, "unknown library '" + name + "'");
      fixture_.libraries.push_back(name);
    }
  }

  // `rule`, `rule "part"`, `rule (no fix)`, `rule "part" (no fix)`; for notes `"part"`; several
  // with `;`.
  void readList(const std::string& file, unsigned line, unsigned target, bool isNote,
                std::string rest) {
    static const std::regex item(
        R"re(^\s*([a-z][a-z0-9-]*)?\s*("([^"]*)")?\s*(\(no fix\))?\s*(;|$))re");
    std::smatch match;
    while (!trim(rest).empty()) {
      if (!std::regex_search(rest, match, item) || match[1].matched == isNote ||
          (isNote && !match[2].matched)) {
        mistake(file, line, "cannot read the expectation '" + rest + "'");
        return;
      }
      Expectation expected{.file = file,
                           .line = target,
                           .rule = match[1],
                           .messagePart = match[3],
                           .fixable = !match[4].matched};
      (isNote ? fixture_.notes : fixture_.findings).push_back(std::move(expected));
      rest = match.suffix();
    }
  }

  Fixture& fixture_;
};

bool isCompanion(const fs::path& path) {
  return path.stem().string().ends_with(".fixed");
}

bool isSource(const fs::path& path) {
  return path.extension() == ".cpp" || path.extension() == ".c";
}

} // namespace

std::vector<Expectation> Fixture::findingsAfterFix() const {
  Fixture fixed;
  fixed.name = name;
  FixtureReader(fixed).readExpectations(path.filename(), fixedText);
  std::erase_if(fixed.findings, [](const Expectation& e) { return e.fixable; });
  for (const Expectation& e : findings)
    if (e.file != path.filename() && !e.fixable) fixed.findings.push_back(e);
  return fixed.findings;
}

Fixture readFixture(const fs::path& path, const fs::path& root) {
  Fixture fixture;
  fixture.path = path;
  fixture.name = path.lexically_relative(root);
  fixture.text = readFile(path);
  fixture.ownFlags = {path.extension() == ".c" ? "-std=c11" : "-std=c++20"};
  FixtureReader reader(fixture);
  reader.readDirectives();
  fixture.flags = fixture.ownFlags;
  for (const std::string& library : fixture.libraries)
    for (const std::string& flag : libraryFlags(library)) fixture.flags.push_back(flag);
  reader.readExpectations(path.filename(), fixture.text);
  for (const fs::path& header : fixture.headers)
    reader.readExpectations(header.filename(), readFile(header));
  const fs::path companion =
      path.parent_path() / (path.stem().string() + ".fixed" + path.extension().string());
  if (fs::exists(companion)) {
    fixture.fixedPath = companion;
    fixture.fixedText = readFile(companion);
  }
  return fixture;
}

std::vector<Fixture> readFixtures(const fs::path& root) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(root))
    if (entry.is_regular_file() && isSource(entry.path()) && !isCompanion(entry.path()))
      paths.push_back(entry.path());
  std::ranges::sort(paths);
  std::vector<Fixture> fixtures;
  for (const fs::path& path : paths) fixtures.push_back(readFixture(path, root));
  return fixtures;
}

std::string readFile(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(stream), {}};
}

void writeFile(const fs::path& path, std::string_view text) {
  fs::create_directories(path.parent_path());
  std::ofstream stream(path, std::ios::binary);
  stream.write(text.data(), static_cast<std::streamsize>(text.size()));
  if (!stream) throw std::runtime_error("cannot write " + path.string());
}

} // namespace session_tidy::test
