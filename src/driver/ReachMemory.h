// What was found out about the units' reach, kept from run to run.
//
// Whether a session can occur in a unit hangs on the texts of all files that it may read and on
// where there are none. Reading them again takes longer than all else in a run in which nothing has
// changed, so the answer is kept together with the files' stamps (support/FileStamp.h). It counts
// only while every file has the stamp it had, and while there is nothing new in the folders where
// something was looked for in vain. What was changed right before or during a run is not trusted:
// a second change might have left the same stamp.
#pragma once

#include "driver/IncludeGraph.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace session_tidy::driver {

class ReachMemory {
public:
  using Clock = std::chrono::system_clock;

  /// `file`: where it is kept; need not be there. `now`: when the run began.
  explicit ReachMemory(std::filesystem::path file, Clock::time_point now = Clock::now());

  /// What was found out, if it still holds. `about` is all that the answer hangs on besides files.
  std::optional<bool> recall(const std::string& about);

  void keep(const std::string& about, bool answer, const Reach& reach);

  /// Writes what is new. A failure to write is none of the run.
  void save();

private:
  /// A file or, if `names` is not 0, a folder.
  struct Place {
    std::string path;
    std::uint64_t stamp = 0; ///< 0: not to be trusted
    std::uint64_t names = 0; ///< hash of what is in the folder
    enum class State : std::uint8_t { Unknown, Same, Changed } state = State::Unknown;
    bool isSeen = false; ///< in this run
  };
  struct Answer {
    bool answer = false;
    std::vector<std::uint64_t> places; ///< bits, by the places' numbers
  };

  void read();
  bool isSame(Place& place) const;
  std::size_t placeOf(const Reach::Seen& file);
  std::size_t placeOfFolder(const std::string& folder);
  std::size_t add(Place place);
  void dropUnused();

  std::filesystem::path file_;
  std::int64_t trustedUntil_; ///< what was changed later may change unseen
  std::vector<Place> places_;
  std::unordered_map<std::string, std::size_t> now_;     ///< the last place of each path
  std::unordered_map<std::string, std::size_t> folders_; ///< what is watched for a folder
  std::map<std::string, Answer> answers_;                ///< by a hash of what they are about
  bool isNew_ = false;
};

} // namespace session_tidy::driver
