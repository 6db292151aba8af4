// Entries as files.
#include "cli/ResultCache.h"

#include "support/AtomicFile.h"
#include "support/SourceText.h"

#include <nlohmann/json.hpp>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <system_error>
#include <utility>
#include <vector>

namespace session_tidy::cli {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::string_view version = "1"; ///< of the entries' form; also a folder's name
constexpr char rootMark = '\1';

std::string hex(std::uint64_t value) {
  std::array<char, 17> text{};
  std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(value));
  return text.data();
}

bool isPathCharacter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '/' || c == '.' || c == '_' ||
         c == '-';
}

/// Whether a path can start at `at`: after no path's character, or after a colour's escape.
bool canStart(const std::string& text, std::size_t at) {
  if (at == 0 || !isPathCharacter(text[at - 1])) return true;
  const std::size_t escape = text.rfind('\033', at - 1);
  return escape != std::string::npos && text.find('m', escape) == at - 1;
}

/// Puts the mark for every `root` that starts a path; in a key for every other one as well
/// ("-I/x").
std::string marked(const std::string& text, const std::string& root, bool anywhere) {
  if (root.size() < 2) return text;
  std::string result;
  std::size_t at = 0;
  for (std::size_t found = 0; (found = text.find(root, found)) != std::string::npos;) {
    const std::size_t end = found + root.size();
    const bool whole = end == text.size() || !isPathCharacter(text[end]) || text[end] == '/';
    if (whole && (anywhere || canStart(text, found))) {
      result.append(text, at, found - at);
      result += rootMark;
      at = end;
    }
    found = end;
  }
  return result.append(text, at);
}

class Portable {
public:
  explicit Portable(const std::string& root) : root_(root) {}

  [[nodiscard]] std::string pack(const std::string& text) const {
    return marked(text, root_, false);
  }
  [[nodiscard]] std::string unpack(const std::string& text) const {
    std::string result;
    for (const char c : text)
      if (c == rootMark)
        result += root_;
      else
        result += c;
    return result;
  }

private:
  const std::string& root_;
};

void repath(UnitResult& result, const auto& change) {
  result.diagnostics = change(result.diagnostics);
  for (std::string& file : result.files) file = change(file);
}

/// Sorted paths, each as the length that it shares with the one before, and the rest.
class PathWriter {
public:
  void add(const std::string& path) {
    const std::size_t most = std::min({path.size(), last_.size(), std::size_t{255}});
    std::size_t shared = 0;
    while (shared < most && path[shared] == last_[shared]) ++shared;
    text_ += static_cast<char>(shared);
    text_.append(path, shared);
    text_ += '\0';
    last_ = path;
  }
  [[nodiscard]] const std::string& text() const { return text_; }

private:
  std::string text_;
  std::string last_;
};

std::vector<std::string> readPaths(const std::string& text) {
  std::vector<std::string> paths;
  std::string last;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\0', at + 1);
    if (end == std::string::npos) throw std::range_error("an unfinished path");
    last.resize(std::min<std::size_t>(last.size(), static_cast<unsigned char>(text[at])));
    last.append(text, at + 1, end - at - 1);
    paths.push_back(last);
    at = end + 1;
  }
  return paths;
}

Json bytes(const std::string& text) {
  return Json::binary({text.begin(), text.end()});
}

std::string text(const Json& json) {
  const auto& read = json.get_binary();
  return {read.begin(), read.end()};
}

template <class Paths>
Json pathList(const Paths& paths, const Portable& portable) {
  std::vector<std::string> packed;
  for (const auto& path : paths) packed.push_back(portable.pack(path));
  std::ranges::sort(packed);
  PathWriter writer;
  for (const std::string& path : packed) writer.add(path);
  return bytes(writer.text());
}

Json hashedList(const std::map<std::string, std::uint64_t>& paths, const Portable& portable) {
  std::map<std::string, std::uint64_t> packed;
  for (const auto& [path, hash] : paths) packed[portable.pack(path)] = hash;
  PathWriter writer;
  std::vector<std::uint64_t> hashes;
  for (const auto& [path, hash] : packed) {
    writer.add(path);
    hashes.push_back(hash);
  }
  return Json::array({bytes(writer.text()), hashes});
}

std::map<std::string, std::uint64_t> readHashedList(const Json& json, const Portable& portable) {
  std::map<std::string, std::uint64_t> result;
  const std::vector<std::string> paths = readPaths(text(json.at(0)));
  for (std::size_t i = 0; i < paths.size(); ++i)
    result[portable.unpack(paths[i])] = json.at(1).at(i).get<std::uint64_t>();
  return result;
}

std::set<std::string> readPathList(const Json& json, const Portable& portable) {
  std::set<std::string> result;
  for (const std::string& path : readPaths(text(json)))
    result.insert(result.end(), portable.unpack(path));
  return result;
}

/// The files of the cache, entries and what is left of interrupted writing.
struct CacheFile {
  fs::path path;
  fs::file_time_type time;
  std::uintmax_t bytes = 0;
  bool isEntry = false;
};

std::vector<CacheFile> filesOf(const fs::path& folder) {
  std::vector<CacheFile> files;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder / version, error), end; !error && at != end;
       at.increment(error)) {
    std::error_code ignored; // another process may be cleaning as well
    if (!at->is_regular_file(ignored)) continue;
    files.push_back({.path = at->path(),
                     .time = at->last_write_time(ignored),
                     .bytes = at->file_size(ignored),
                     .isEntry = !at->path().has_extension()});
    if (ignored) files.pop_back();
  }
  return files;
}

} // namespace

std::optional<std::uint64_t> FileAnswers::content(const std::string& path) {
  const auto [place, isNew] = contents_.try_emplace(path);
  std::error_code ignored;
  if (isNew && fs::is_regular_file(path, ignored))
    if (const auto read = readFile(path)) place->second = contentHash(*read);
  return place->second;
}

bool FileAnswers::exists(const std::string& path) {
  const auto [place, isNew] = exists_.try_emplace(path);
  struct stat status{};
  if (isNew) place->second = ::stat(path.c_str(), &status) == 0;
  return place->second;
}

bool FileAnswers::agree(const FileRecord& record) {
  for (const auto& [path, hash] : record.contents)
    if (content(path) != hash) return false;
  for (const std::string& path : record.present)
    if (!exists(path)) return false;
  for (const std::string& path : record.absent)
    if (exists(path)) return false;
  for (const auto& [folder, hash] : record.listings) {
    const auto [place, isNew] = listings_.try_emplace(folder);
    if (isNew) place->second = listingHash(folder);
    if (place->second != hash) return false;
  }
  return true;
}

std::string ResultCache::keyOf(const std::string& about) const {
  const std::string packed = marked(about, root_, true);
  return hex(contentHash(packed)) + hex(contentHash("again " + packed));
}

fs::path ResultCache::pathOf(const std::string& key) const {
  return folder_ / version / key.substr(0, 2) / key.substr(2);
}

fs::path ResultCache::reachFile(const std::string& tool) const {
  return folder_ / version / (hex(contentHash(tool + '\n' + root_)) + ".reach");
}

std::optional<UnitResult> ResultCache::find(const std::string& key, FileAnswers& answers) const {
  const fs::path path = pathOf(key);
  const auto file = readFile(path.string());
  constexpr std::size_t hashSize = 16;
  if (!file || file->size() < hashSize) return std::nullopt;
  const std::string_view body = std::string_view(*file).substr(hashSize);
  if (file->compare(0, hashSize, hex(contentHash(body))) != 0) return std::nullopt;
  try {
    const Json json = Json::from_cbor(body);
    const Portable portable(root_);
    const FileRecord record{.contents = readHashedList(json.at(0), portable),
                            .present = readPathList(json.at(1), portable),
                            .absent = readPathList(json.at(2), portable),
                            .listings = readHashedList(json.at(3), portable)};
    if (!answers.agree(record)) return std::nullopt;
    auto result = decodeUnitResult(text(json.at(4)));
    if (!result) return std::nullopt;
    repath(*result, [&](const std::string& old) { return portable.unpack(old); });
    std::error_code ignored;
    fs::last_write_time(path, fs::file_time_type::clock::now(), ignored); // used just now
    return result;
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

void ResultCache::store(const std::string& key, const FileRecord& record,
                        const UnitResult& result) const {
  const Portable portable(root_);
  // What was read is checked by its content.
  std::set<std::string> present = record.present;
  for (const auto& [path, hash] : record.contents) present.erase(path);
  UnitResult packed = result;
  repath(packed, [&](const std::string& old) { return portable.pack(old); });
  const Json json = Json::array({hashedList(record.contents, portable), pathList(present, portable),
                                 pathList(record.absent, portable),
                                 hashedList(record.listings, portable), bytes(encode(packed))});
  std::string body;
  Json::to_cbor(json, body);
  const fs::path path = pathOf(key);
  std::error_code ignored;
  fs::create_directories(path.parent_path(), ignored);
  writeAtomically(path.string(), hex(contentHash(body)) + body);
}

ResultCache::Size ResultCache::size() const {
  Size size;
  for (const CacheFile& file : filesOf(folder_)) {
    size.entries += file.isEntry ? 1 : 0;
    size.bytes += file.bytes;
  }
  return size;
}

std::string ResultCache::keepBelow(std::uintmax_t limit,
                                   const std::vector<std::string>& written) const {
  // Looking through all files takes longer than linting a unit, so their sum is kept beside them.
  // Processes that write it at the same time may lose a part: now and then it is taken anew.
  constexpr unsigned runsBetween = 100;
  const std::string sumFile = (folder_ / version / "sum.txt").string();
  std::uintmax_t total = 0;
  unsigned runs = 0;
  const auto text = readFile(sumFile);
  const bool known = text && std::sscanf(text->c_str(), "%ju bytes, %u runs", &total, &runs) == 2;
  std::error_code ignored;
  for (const std::string& key : written)
    if (const auto bytes = fs::file_size(pathOf(key), ignored); !ignored) total += bytes;
  if (!known || total > limit || ++runs >= runsBetween) {
    total = shrink(limit);
    runs = 0;
  }
  std::error_code error;
  fs::create_directories(folder_ / version, error);
  if (error) return "cannot make " + (folder_ / version).string() + ": " + error.message();
  return writeAtomically(sumFile,
                         std::to_string(total) + " bytes, " + std::to_string(runs) + " runs\n");
}

std::uintmax_t ResultCache::shrink(std::uintmax_t limit) const {
  std::vector<CacheFile> files = filesOf(folder_);
  std::uintmax_t total = 0;
  for (const CacheFile& file : files) total += file.bytes;
  const auto old = fs::file_time_type::clock::now() - std::chrono::hours(1);
  const std::uintmax_t aim = total > limit ? limit - limit / 10 : limit; // not again in a moment
  std::ranges::sort(files, {}, &CacheFile::time);
  std::error_code ignored;
  for (const CacheFile& file : files) {
    const bool leftOver = !file.isEntry && file.time < old; // its writer is long gone
    if (total <= aim && !leftOver) continue;
    if (fs::remove(file.path, ignored)) total -= file.bytes;
  }
  return total;
}

fs::path cacheFolder(const std::string& option) {
  if (!option.empty()) return option;
  const auto variable = [](const char* name) -> fs::path {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
  };
  if (const fs::path own = variable("SESSION_TIDY_CACHE_DIR"); !own.empty()) return own;
  if (const fs::path xdg = variable("XDG_CACHE_HOME"); xdg.is_absolute())
    return xdg / "session-tidy";
  const fs::path home = variable("HOME");
  return home.is_absolute() ? home / ".cache" / "session-tidy" : fs::path();
}

} // namespace session_tidy::cli
