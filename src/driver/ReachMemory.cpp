// One file with all answers: places (paths, stamps, names) and, per key, which of them matter.
#include "driver/ReachMemory.h"

#include "support/AtomicFile.h"
#include "support/FileStamp.h"
#include "support/SourceText.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <bit>
#include <cstring>
#include <set>
#include <system_error>
#include <utility>

namespace session_tidy::driver {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

/// The clocks of file systems are coarse, and those of other machines may be late.
constexpr std::chrono::seconds margin(2);

/// Of the names in a folder and which of them are folders; never 0. 1 if it cannot be read.
std::uint64_t namesIn(const std::string& folder) {
  std::set<std::string> names;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    std::error_code ignored;
    names.insert(at->path().filename().string() + (at->is_directory(ignored) ? "/" : ""));
  }
  if (error) return 1;
  std::string text;
  for (const std::string& name : names) text += name + '\n';
  return std::max<std::uint64_t>(fingerprint(text), 2);
}

std::string keyOf(const std::string& about) {
  return std::to_string(fingerprint(about)) + ' ' + std::to_string(fingerprint("again " + about));
}

Json packed(const std::vector<std::uint64_t>& numbers) {
  std::vector<std::uint8_t> bytes(numbers.size() * sizeof(std::uint64_t));
  if (!numbers.empty()) std::memcpy(bytes.data(), numbers.data(), bytes.size());
  return Json::binary(std::move(bytes));
}

std::vector<std::uint64_t> unpacked(const Json& json) {
  const auto& bytes = json.get_binary();
  std::vector<std::uint64_t> numbers(bytes.size() / sizeof(std::uint64_t));
  if (!numbers.empty())
    std::memcpy(numbers.data(), bytes.data(), numbers.size() * sizeof(std::uint64_t));
  return numbers;
}

template <class Visit>
void forEachBit(const std::vector<std::uint64_t>& bits, Visit visit) {
  for (std::size_t word = 0; word < bits.size(); ++word)
    for (std::uint64_t rest = bits[word]; rest != 0; rest &= rest - 1)
      visit(word * 64 + static_cast<std::size_t>(std::countr_zero(rest)));
}

void setBit(std::vector<std::uint64_t>& bits, std::size_t bit) {
  if (bit / 64 >= bits.size()) bits.resize(bit / 64 + 1);
  bits[bit / 64] |= std::uint64_t{1} << bit % 64;
}

} // namespace

ReachMemory::ReachMemory(fs::path file, Clock::time_point now)
    : file_(std::move(file)), trustedUntil_(std::chrono::duration_cast<std::chrono::nanoseconds>(
                                                now.time_since_epoch() - margin)
                                                .count()) {
  try {
    read();
  } catch (const std::exception&) { // whatever is there is not ours
    places_.clear();
    now_.clear();
    answers_.clear();
  }
}

void ReachMemory::read() {
  const auto text = readFile(file_.string());
  constexpr std::size_t hashSize = sizeof(std::uint64_t);
  if (!text || text->size() < hashSize) return;
  const std::string_view body = std::string_view(*text).substr(hashSize);
  std::uint64_t hash = 0;
  std::memcpy(&hash, text->data(), hashSize);
  if (hash != fingerprint(body)) return;
  const Json json = Json::from_cbor(body);
  const std::vector<std::uint64_t> stamps = unpacked(json.at(1));
  const std::vector<std::uint64_t> names = unpacked(json.at(2));
  const auto& paths = json.at(0).get_ref<const std::string&>();
  for (std::size_t at = 0; at < paths.size();) {
    const std::size_t end = paths.find('\n', at);
    places_.push_back({.path = paths.substr(at, end - at),
                       .stamp = stamps.at(places_.size()),
                       .names = names.at(places_.size())});
    now_[places_.back().path] = places_.size() - 1;
    at = end == std::string::npos ? paths.size() : end + 1;
  }
  for (const auto& [key, answer] : json.at(3).items())
    answers_[key] = {.answer = answer.at(0).get<bool>(), .places = unpacked(answer.at(1))};
}

bool ReachMemory::isSame(Place& place) const {
  if (place.state == Place::State::Unknown) {
    const bool untouched = place.stamp != 0 && fileStamp(place.path) == place.stamp;
    // Editors write aside and rename: that changes the folder, but not what is in it.
    const bool same = untouched || (place.names != 0 && namesIn(place.path) == place.names);
    place.state = same ? Place::State::Same : Place::State::Changed;
  }
  return place.state == Place::State::Same;
}

std::optional<bool> ReachMemory::recall(const std::string& about) {
  const auto known = answers_.find(keyOf(about));
  if (known == answers_.end()) return std::nullopt;
  bool same = true;
  forEachBit(known->second.places, [&](std::size_t place) {
    same = same && place < places_.size() && isSame(places_[place]);
  });
  return same ? std::optional(known->second.answer) : std::nullopt;
}

std::size_t ReachMemory::add(Place place) {
  const auto [known, isNew] = now_.try_emplace(place.path, places_.size());
  if (!isNew && (places_[known->second].isSeen || places_[known->second].stamp == place.stamp))
    return known->second;
  known->second = places_.size();
  place.state = Place::State::Same;
  place.isSeen = true;
  places_.push_back(std::move(place));
  return known->second;
}

std::size_t ReachMemory::placeOf(const Reach::Seen& file) {
  return add({.path = file.path, .stamp = file.changed < trustedUntil_ ? file.stamp : 0});
}

/// The folder itself or, if it is not there, the one in which it would have to appear.
std::size_t ReachMemory::placeOfFolder(const std::string& folder) {
  const auto [known, isNew] = folders_.try_emplace(folder);
  if (!isNew) return known->second;
  fs::path there = folder;
  std::error_code ignored;
  while (!fs::is_directory(there, ignored) && there.has_relative_path())
    there = there.parent_path();
  const std::string path = there.string();
  const bool trusted = changeTime(path) < trustedUntil_;
  return known->second = add({.path = path,
                              .stamp = trusted ? fileStamp(path) : 0,
                              .names = trusted ? namesIn(path) : 0});
}

void ReachMemory::keep(const std::string& about, bool answer, const Reach& reach) {
  Answer kept{.answer = answer, .places = {}};
  for (const Reach::Seen* file : reach.files) setBit(kept.places, placeOf(*file));
  for (const std::string* folder : reach.searched) setBit(kept.places, placeOfFolder(*folder));
  answers_[keyOf(about)] = std::move(kept);
  isNew_ = true;
}

/// Places of answers that were found anew in the meantime.
void ReachMemory::dropUnused() {
  std::vector<std::uint64_t> used;
  for (const auto& [key, answer] : answers_)
    forEachBit(answer.places, [&](std::size_t place) { setBit(used, place); });
  std::vector<std::size_t> numbers(places_.size());
  std::vector<Place> places;
  forEachBit(used, [&](std::size_t place) {
    if (place >= places_.size()) return;
    numbers[place] = places.size();
    places.push_back(std::move(places_[place]));
  });
  for (auto& [key, answer] : answers_) {
    std::vector<std::uint64_t> bits;
    forEachBit(answer.places, [&](std::size_t place) { setBit(bits, numbers.at(place)); });
    answer.places = std::move(bits);
  }
  places_ = std::move(places);
}

void ReachMemory::save() {
  if (!isNew_) return;
  // What does not hold any more will not be asked for again under its key, or found anew.
  std::erase_if(answers_, [&](const auto& answer) {
    bool gone = false;
    forEachBit(answer.second.places, [&](std::size_t place) {
      gone |= place >= places_.size() || places_[place].state == Place::State::Changed;
    });
    return gone;
  });
  dropUnused();
  std::string paths;
  std::vector<std::uint64_t> stamps;
  std::vector<std::uint64_t> names;
  for (const Place& place : places_) {
    paths += place.path + '\n';
    stamps.push_back(place.stamp);
    names.push_back(place.names);
  }
  Json answers = Json::object();
  for (const auto& [key, answer] : answers_)
    answers[key] = Json::array({answer.answer, packed(answer.places)});
  std::string body;
  Json::to_cbor(Json::array({paths, packed(stamps), packed(names), answers}), body);
  std::string hash(sizeof(std::uint64_t), '\0');
  const std::uint64_t value = fingerprint(body);
  std::memcpy(hash.data(), &value, hash.size());
  std::error_code ignored;
  fs::create_directories(file_.parent_path(), ignored);
  writeAtomically(file_.string(), hash + body);
}

} // namespace session_tidy::driver
