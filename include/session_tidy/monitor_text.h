// What the monitor knows, as text for people, as JSON and for Prometheus.
#pragma once

#include <session_tidy/monitor.h>

#include <cstdio>
#include <sstream>
#include <string>
#include <string_view>

namespace session_tidy {
namespace detail {

constexpr const char* age_names[] = {"under_10s", "10_to_30s", "30_to_60s", "over_60s"};
constexpr const char* ending_names[] = {"closed", "committed", "rolled_back", "abandoned"};

inline const char* name_of(monitor::what kind) {
  return kind == monitor::what::session ? "session" : "transaction";
}

inline std::string name_of(std::thread::id id) {
  std::ostringstream text;
  text << id;
  return text.str();
}

inline std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char code[8];
      std::snprintf(code, sizeof code, "\\u%04x", static_cast<unsigned>(c));
      result += code;
    } else {
      result += c;
    }
  }
  return result + '"';
}

inline std::int64_t milliseconds(monitor::clock::duration age) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(age).count();
}

template <class Names>
std::string object_of(const Names& names, const std::array<std::uint64_t, 4>& numbers) {
  std::string text = "{";
  for (std::size_t i = 0; i < numbers.size(); ++i)
    text += (i == 0 ? "" : ", ") + quoted(names[i]) + ": " + std::to_string(numbers[i]);
  return text + "}";
}

inline std::string json_of(const monitor::counters& all) {
  return "{\"opened\": " + std::to_string(all.opened) + ", \"open\": " + std::to_string(all.open) +
         ", \"high_water\": " + std::to_string(all.high_water) +
         ", \"ended\": " + object_of(ending_names, all.ended) +
         ", \"open_ages\": " + object_of(age_names, all.open_ages) +
         ", \"ended_ages\": " + object_of(age_names, all.ended_ages) + "}";
}

} // namespace detail

/// One line for each, oldest first:
///
///   session opened 73.2 s ago at mail.cpp:120 in 'fetch' by thread 139834
inline std::string to_text(const std::vector<monitor::entry>& entries,
                           monitor::clock::time_point now) {
  std::string text;
  for (const monitor::entry& one : entries) {
    char age[32];
    std::snprintf(age, sizeof age, "%.1f", std::chrono::duration<double>(now - one.since).count());
    text += std::string(detail::name_of(one.kind)) + " opened " + age + " s ago at " + one.at.file +
            ":" + std::to_string(one.at.line) + " in '" + one.at.function + "' by thread " +
            detail::name_of(one.thread) + "\n";
  }
  return text;
}

inline std::string to_json(const monitor::snapshot& now) {
  std::string text = "{\"sessions\": " + detail::json_of(now.sessions) +
                     ", \"transactions\": " + detail::json_of(now.transactions) + ", \"open\": [";
  for (const monitor::entry& one : now.open) {
    if (&one != &now.open.front()) text += ", ";
    text += "{\"kind\": " + detail::quoted(detail::name_of(one.kind)) +
            ", \"number\": " + std::to_string(one.number) +
            ", \"file\": " + detail::quoted(one.at.file) +
            ", \"line\": " + std::to_string(one.at.line) +
            ", \"function\": " + detail::quoted(one.at.function) +
            ", \"thread\": " + detail::quoted(detail::name_of(one.thread)) +
            ", \"age_ms\": " + std::to_string(detail::milliseconds(now.taken - one.since)) + "}";
  }
  return text + "]}\n";
}

/// The counters in Prometheus' text format. Names begin with `session_tidy_`.
inline std::string to_prometheus(const monitor::snapshot& now) {
  std::string text;
  const auto family = [&](const char* name, const char* type, const char* help) {
    text += std::string("# HELP session_tidy_") + name + " " + help + "\n# TYPE session_tidy_" +
            name + " " + type + "\n";
  };
  const auto sample = [&](const std::string& name, const std::string& label, std::uint64_t value) {
    text += "session_tidy_" + name + "{" + label + "} " + std::to_string(value) + "\n";
  };
  const std::pair<const char*, const monitor::counters*> kinds[] = {
      {"kind=\"session\"", &now.sessions}, {"kind=\"transaction\"", &now.transactions}};
  family("opened_total", "counter", "Sessions opened, transactions begun.");
  for (const auto& [kind, all] : kinds) sample("opened_total", kind, all->opened);
  family("ended_total", "counter", "Those that ended, by how.");
  for (const auto& [kind, all] : kinds)
    for (std::size_t i = 0; i < all->ended.size(); ++i)
      sample("ended_total", std::string(kind) + ",how=\"" + detail::ending_names[i] + "\"",
             all->ended[i]);
  family("open", "gauge", "Those that are open, by age.");
  for (const auto& [kind, all] : kinds)
    for (std::size_t i = 0; i < all->open_ages.size(); ++i)
      sample("open", std::string(kind) + ",age=\"" + detail::age_names[i] + "\"",
             all->open_ages[i]);
  family("open_high_water", "gauge", "The most that were open at once.");
  for (const auto& [kind, all] : kinds) sample("open_high_water", kind, all->high_water);
  return text;
}

/// As the first variable of main(): when that ends, everything that is still open is told on
/// stderr.
class never_closed_report {
public:
  explicit never_closed_report(const monitor& watched = monitor::global()) : watched_(watched) {}
  never_closed_report(const never_closed_report&) = delete;
  never_closed_report& operator=(const never_closed_report&) = delete;
  ~never_closed_report() {
    const monitor::snapshot now = watched_.take();
    if (!now.open.empty())
      std::fprintf(stderr, "never closed:\n%s", to_text(now.open, now.taken).c_str());
  }

private:
  const monitor& watched_;
};

} // namespace session_tidy
