// Computing fingerprints.
#include "report/Fingerprint.h"

#include "report/Paths.h"
#include "report/SourceColumns.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <unordered_map>

namespace session_tidy::report {

namespace {

std::string hex(std::uint64_t value) {
  std::array<char, 17> text{};
  std::snprintf(text.data(), text.size(), "%llx", static_cast<unsigned long long>(value));
  return text.data();
}

/// The window over the text that the line hash of a line covers.
class RollingHash {
public:
  explicit RollingHash(std::vector<std::string>& hashes) : hashes_(hashes) {
    for (std::size_t i = 0; i < size; ++i) leaving_ *= factor;
  }

  void add(std::uint16_t c) {
    if (c == ' ' || c == '\t' || (afterReturn_ && c == '\n')) {
      afterReturn_ = false;
      return;
    }
    afterReturn_ = c == '\r';
    if (afterReturn_) c = '\n';
    emit();
    if (atLineStart_) startsLine_[at_] = ++line_;
    atLineStart_ = c == '\n';
    roll(c);
  }

  void finish() {
    add(0xffff);
    for (std::size_t i = 0; i < size; ++i) {
      emit();
      roll(0);
    }
  }

private:
  static constexpr std::size_t size = 100;
  static constexpr std::uint64_t factor = 37;

  void emit() {
    const std::size_t line = startsLine_[at_];
    if (line == 0) return;
    startsLine_[at_] = 0;
    if (hashes_.size() < line) hashes_.resize(line);
    hashes_[line - 1] = hex(hash_) + ":" + std::to_string(++seen_[hash_]);
  }

  void roll(std::uint16_t c) {
    hash_ = hash_ * factor + c - leaving_ * window_[at_];
    window_[at_] = c;
    at_ = (at_ + 1) % size;
  }

  std::vector<std::string>& hashes_;
  std::array<std::uint16_t, size> window_{};
  std::array<std::size_t, size> startsLine_{}; ///< number of the line that starts there, or 0
  std::unordered_map<std::uint64_t, unsigned> seen_;
  std::uint64_t hash_ = 0;
  std::uint64_t leaving_ = 1;
  std::size_t at_ = 0;
  std::size_t line_ = 0;
  bool atLineStart_ = true;
  bool afterReturn_ = false;
};

} // namespace

std::string Fingerprints::of(const Finding& finding) {
  const std::string& path = report_.files[finding.range.file];
  const SourceText* text = sources_.get(path);
  std::string line(text == nullptr ? std::string_view() : text->line(finding.range.begin.line));
  std::erase_if(line, [](char c) { return c == ' ' || c == '\t'; });
  const std::string name = relativePath(path, root_);
  const std::uint64_t value =
      fingerprint(finding.rule + '\n' + name + '\n' + finding.function + '\n' + line);
  return hex(value) + ":" + std::to_string(++seen_[value]);
}

std::vector<std::string> lineHashes(const std::string& text) {
  std::vector<std::string> hashes;
  RollingHash hash(hashes);
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = codePointAt(text, at);
    if (c.length == 4) { // as UTF-16 has it
      hash.add(static_cast<std::uint16_t>(0xd7c0 + (c.value >> 10)));
      hash.add(static_cast<std::uint16_t>(0xdc00 + (c.value & 0x3ff)));
    } else {
      hash.add(c.length == 0 ? 0xfffd : static_cast<std::uint16_t>(c.value));
    }
    at += std::max<std::size_t>(c.length, 1);
  }
  hash.finish();
  return hashes;
}

} // namespace session_tidy::report
