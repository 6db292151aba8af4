// Transactions in SQL text that keep a file locked while the program waits.
// library: sqlite3
// config: {"rules": {"session-held-across-blocking": {"BlockingFunctions": "device_read;bus::*", "OwnSessions": false}}}
#include <sqlite3.h>
#include <unistd.h>

int device_read(int channel);

namespace bus {
struct Line {
  int ask(int channel);
};
int settled();
} // namespace bus

// ---- bad

int sample(sqlite3* db, int channel) {
  if (sqlite3_exec(db, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) != SQLITE_OK) return -1;
  const int value = device_read(channel); // expect: session-held-across-blocking "blocking call 'device_read'"
  const int rc = sqlite3_exec(db, value > 0 ? "INSERT INTO samples VALUES(1)" : "INSERT INTO samples VALUES(0)", nullptr, nullptr, nullptr);
  if (rc != SQLITE_OK) {
    sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
    return rc;
  }
  return sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
}

int line(sqlite3* db, bus::Line& line) {
  sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr);
  sqlite3_exec(db, "DELETE FROM samples", nullptr, nullptr, nullptr);
  if (line.ask(1) == 0) { // expect: session-held-across-blocking "bus::Line::ask"
    sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
    return 1;
  }
  return sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
}

// ---- good

// What is built in does not count where the list is another.
int paused(sqlite3* db) {
  sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr);
  sqlite3_exec(db, "DELETE FROM samples", nullptr, nullptr, nullptr);
  sleep(1);
  return sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
}

int sampleFirst(sqlite3* db, int channel) {
  const int value = device_read(channel);
  sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr);
  sqlite3_exec(db, value > 0 ? "INSERT INTO samples VALUES(1)" : "INSERT INTO samples VALUES(0)", nullptr, nullptr, nullptr);
  return sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
}

// A file of its own is no connection that others want.
int ownFile(const char* path) {
  sqlite3* db = nullptr; // NOLINTNEXTLINE(session-raw-construction)
  if (sqlite3_open(path, &db) != SQLITE_OK) {
    sqlite3_close(db);
    return -1;
  }
  sqlite3_exec(db, "DELETE FROM samples", nullptr, nullptr, nullptr);
  const int value = device_read(1) + bus::settled();
  sqlite3_exec(db, "VACUUM", nullptr, nullptr, nullptr);
  sqlite3_close(db);
  return value;
}
