// Lines of a file, counted as Clang counts them.
#include "support/SourceText.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace session_tidy {

SourceText::SourceText(std::string text) : text_(std::move(text)) {
  starts_.push_back(0);
  for (std::size_t at = 0; at < text_.size(); ++at) {
    if (text_[at] == '\r' && at + 1 < text_.size() && text_[at + 1] == '\n') ++at;
    if (text_[at] == '\n' || text_[at] == '\r') starts_.push_back(at + 1);
  }
}

std::string_view SourceText::line(std::uint32_t number) const {
  if (number == 0 || number > starts_.size()) return {};
  const std::size_t begin = starts_[number - 1];
  const std::string_view rest = std::string_view(text_).substr(begin);
  return rest.substr(0, rest.find_first_of("\r\n"));
}

std::optional<std::size_t> SourceText::offset(Position position) const {
  if (position.line == 0 || position.column == 0 || position.line > starts_.size()) return {};
  const std::size_t offset = starts_[position.line - 1] + position.column - 1;
  const std::size_t limit =
      position.line < starts_.size() ? starts_[position.line] : text_.size() + 1;
  if (offset >= limit) return {};
  return offset;
}

Position SourceText::position(std::size_t offset) const {
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  const auto line = static_cast<std::uint32_t>(after - starts_.begin());
  return {.line = line, .column = static_cast<std::uint32_t>(offset - starts_[line - 1]) + 1};
}

std::uint64_t fingerprint(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3;
  }
  return hash;
}

const SourceText* SourceCache::get(const std::string& path) {
  const auto [place, isNew] = texts_.try_emplace(path);
  if (isNew) {
    if (auto text = readFile(path)) place->second = std::make_unique<SourceText>(std::move(*text));
  }
  return place->second.get();
}

std::optional<std::string> readFile(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return std::nullopt;
  struct stat status{};
  const bool known = ::fstat(file, &status) == 0 && status.st_size > 0;
  // One more than there is, so that the end shows in the same call; pipes tell no size.
  std::string text(known ? static_cast<std::size_t>(status.st_size) + 1 : 4096, '\0');
  std::size_t size = 0;
  for (;;) {
    if (size == text.size()) text.resize(2 * size);
    const ssize_t count = ::read(file, text.data() + size, text.size() - size);
    if (count == 0) break;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      ::close(file);
      return std::nullopt;
    }
    size += static_cast<std::size_t>(count);
  }
  ::close(file);
  text.resize(size);
  return text;
}

} // namespace session_tidy
