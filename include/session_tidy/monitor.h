// Which sessions and transactions are open, since when, and who opened them.
//
// Scopes and handles tell monitor::global() when SESSION_TIDY_MONITOR is 1 throughout the program;
// a class of one's own holds a live_session (marks.h). Thread-safe. Nothing foreign is called with
// a lock held: whoever asks gets copies. monitor_text.h writes them as text, JSON and for
// Prometheus.
#pragma once

#include <session_tidy/place.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

namespace session_tidy {

class monitor {
public:
  using clock = std::chrono::steady_clock;
  enum class what : unsigned char { session, transaction };
  /// How a transaction ended; sessions are closed.
  enum class ending : unsigned char { closed, committed, rolled_back, abandoned };

  /// Something that is open.
  struct entry {
    what kind = what::session;
    place at;
    std::thread::id thread;
    clock::time_point since;
    std::uint64_t number = 0; ///< counts what was opened; unique
  };

  /// Ages in seconds: below 10, to 30, to 60, and more.
  using ages = std::array<std::uint64_t, 4>;

  struct counters {
    std::uint64_t opened = 0;
    std::uint64_t open = 0;
    std::uint64_t high_water = 0;
    std::array<std::uint64_t, 4> ended{}; ///< by ending
    ages open_ages{};                     ///< of those that are open
    ages ended_ages{};                    ///< of those that are not, when they ended
  };

  struct snapshot {
    counters sessions;
    counters transactions;
    std::vector<entry> open; ///< oldest first
    clock::time_point taken;

    /// Those that are open for longer than that.
    [[nodiscard]] std::vector<entry> longer_than(std::chrono::seconds age) const;
  };

  /// Held as long as what it stands for is open. Moves; an empty one stands for nothing.
  class ticket {
  public:
    ticket() noexcept = default;
    ticket(ticket&& other) noexcept
        : owner_(std::exchange(other.owner_, nullptr)), shard_(other.shard_), slot_(other.slot_) {}
    ticket& operator=(ticket&& other) noexcept {
      if (this != &other) {
        close();
        owner_ = std::exchange(other.owner_, nullptr);
        shard_ = other.shard_;
        slot_ = other.slot_;
      }
      return *this;
    }
    ~ticket() { close(); }

    void close(ending how = ending::closed) noexcept {
      if (monitor* owner = std::exchange(owner_, nullptr)) owner->close(shard_, slot_, how);
    }
    explicit operator bool() const noexcept { return owner_ != nullptr; }

  private:
    friend class monitor;
    ticket(monitor* owner, std::uint32_t shard, std::uint32_t slot) noexcept
        : owner_(owner), shard_(shard), slot_(slot) {}

    monitor* owner_ = nullptr;
    std::uint32_t shard_ = 0;
    std::uint32_t slot_ = 0;
  };

  monitor() = default;
  monitor(const monitor&) = delete;
  monitor& operator=(const monitor&) = delete;

  /// The one that scopes and handles use. It outlives all static objects.
  static monitor& global() {
    static monitor& one = *std::make_unique<monitor>().release();
    return one;
  }

  [[nodiscard]] ticket open(what kind, place at = place::here()) {
    const std::uint32_t which = shard_of_thread();
    shard& home = shards_[which];
    const auto thread = std::this_thread::get_id();
    const clock::time_point now = clock::now();
    totals& all = of(kind);
    const std::uint64_t number = numbers_.fetch_add(1, std::memory_order_relaxed);
    std::uint32_t index = none;
    {
      const std::lock_guard<std::mutex> lock(home.mutex);
      index = home.take();
      home.slots[index].held = {kind, at, thread, now, number};
    }
    all.opened.fetch_add(1, std::memory_order_relaxed);
    const std::uint64_t open = all.open.fetch_add(1, std::memory_order_relaxed) + 1;
    std::uint64_t highest = all.high_water.load(std::memory_order_relaxed);
    while (open > highest &&
           !all.high_water.compare_exchange_weak(highest, open, std::memory_order_relaxed)) {
    }
    return {this, which, index};
  }

  /// For raw handles, which have no place for a ticket: by their address. What was noted before
  /// under the same address counts as closed.
  void opened(const void* session, place at = place::here()) {
    ticket fresh = open(what::session, at);
    const std::lock_guard<std::mutex> lock(raw_mutex_);
    std::swap(raw_[session], fresh);
  }
  /// Whether it was noted as open.
  bool closed(const void* session) {
    ticket old;
    const std::lock_guard<std::mutex> lock(raw_mutex_);
    const auto known = raw_.find(session);
    if (known == raw_.end()) return false;
    old = std::move(known->second);
    raw_.erase(known);
    return true;
  }

  /// The number that the next to be opened gets: what is open and has a lower one is older.
  [[nodiscard]] std::uint64_t next_number() const noexcept {
    return numbers_.load(std::memory_order_relaxed);
  }

  /// All of it at about one moment; the clock can be another's, so that ages can be tested.
  [[nodiscard]] snapshot take(clock::time_point now = clock::now()) const;

private:
  static constexpr std::uint32_t none = ~std::uint32_t{0};
  static constexpr std::uint32_t shard_count = 16;

  struct slot {
    entry held;
    std::uint32_t next_free = none;
    bool used = false;
  };

  struct alignas(64) shard {
    mutable std::mutex mutex;
    std::vector<slot> slots;
    std::uint32_t first_free = none;

    std::uint32_t take() {
      std::uint32_t index = first_free;
      if (index == none) {
        index = static_cast<std::uint32_t>(slots.size());
        slots.emplace_back();
      }
      first_free = slots[index].next_free;
      slots[index].used = true;
      return index;
    }
    entry give(std::uint32_t index) noexcept {
      slot& one = slots[index];
      one.used = false;
      one.next_free = std::exchange(first_free, index);
      return one.held;
    }
  };

  struct alignas(64) totals {
    std::atomic<std::uint64_t> opened{0};
    std::atomic<std::uint64_t> open{0};
    std::atomic<std::uint64_t> high_water{0};
    std::array<std::atomic<std::uint64_t>, 4> ended{};
    std::array<std::atomic<std::uint64_t>, 4> ended_ages{};
  };

  static std::uint32_t shard_of_thread() noexcept {
    static std::atomic<std::uint32_t> next{0};
    thread_local const std::uint32_t mine =
        next.fetch_add(1, std::memory_order_relaxed) % shard_count;
    return mine;
  }

  static std::size_t bucket(clock::duration age) noexcept {
    using std::chrono::seconds;
    if (age < seconds(10)) return 0;
    if (age < seconds(30)) return 1;
    return age < seconds(60) ? 2 : 3;
  }

  void close(std::uint32_t which, std::uint32_t index, ending how) noexcept {
    shard& home = shards_[which];
    entry ended;
    {
      const std::lock_guard<std::mutex> lock(home.mutex);
      ended = home.give(index);
    }
    totals& all = of(ended.kind);
    all.open.fetch_sub(1, std::memory_order_relaxed);
    all.ended[static_cast<std::size_t>(how)].fetch_add(1, std::memory_order_relaxed);
    all.ended_ages[bucket(clock::now() - ended.since)].fetch_add(1, std::memory_order_relaxed);
  }

  totals& of(what kind) noexcept { return totals_[kind == what::session ? 0 : 1]; }

  std::array<shard, shard_count> shards_;
  std::array<totals, 2> totals_;
  std::atomic<std::uint64_t> numbers_{0};
  std::mutex raw_mutex_;
  std::unordered_map<const void*, ticket> raw_;
};

inline std::vector<monitor::entry> monitor::snapshot::longer_than(std::chrono::seconds age) const {
  std::vector<entry> found;
  for (const entry& one : open)
    if (taken - one.since > age) found.push_back(one);
  return found;
}

inline monitor::snapshot monitor::take(clock::time_point now) const {
  snapshot result;
  result.taken = now;
  for (const shard& home : shards_) {
    const std::lock_guard<std::mutex> lock(home.mutex);
    for (const slot& one : home.slots)
      if (one.used) result.open.push_back(one.held);
  }
  std::sort(result.open.begin(), result.open.end(),
            [](const entry& a, const entry& b) { return a.number < b.number; });
  const auto read = [](const totals& all, counters& into) {
    into.opened = all.opened.load(std::memory_order_relaxed);
    into.open = all.open.load(std::memory_order_relaxed);
    into.high_water = all.high_water.load(std::memory_order_relaxed);
    for (std::size_t i = 0; i < into.ended.size(); ++i) {
      into.ended[i] = all.ended[i].load(std::memory_order_relaxed);
      into.ended_ages[i] = all.ended_ages[i].load(std::memory_order_relaxed);
    }
  };
  read(totals_[0], result.sessions);
  read(totals_[1], result.transactions);
  for (const entry& one : result.open) {
    counters& all = one.kind == what::session ? result.sessions : result.transactions;
    ++all.open_ages[bucket(now - one.since)];
  }
  return result;
}

} // namespace session_tidy
