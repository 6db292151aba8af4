// library: sqlite3
#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#define LOG_SQL(db, what) std::fprintf(stderr, "%s: %s\n", (what), sqlite3_errmsg(db))

#define CHECK_OR_CLEANUP(expr) \
  do {                         \
    rc = (expr);               \
    if (rc != SQLITE_OK) {     \
      LOG_SQL(db, #expr);      \
      goto cleanup;            \
    }                          \
  } while (0)

#define RETURN_IF_FAILED(expr)     \
  do {                             \
    int rc_ = (expr);              \
    if (rc_ != SQLITE_OK) return rc_; \
  } while (0)

namespace tracklog {

constexpr int kSchemaVersion = 7;

struct Waypoint {
  double lat, lon;
  long long stamp;
};

struct ImportStats {
  int accepted = 0;
  int rejected = 0;
  std::string lastError;
};

static int run(sqlite3* db, const char* sql) { return sqlite3_exec(db, sql, nullptr, nullptr, nullptr); }

static int readVersionRow(void* out, int argc, char** argv, char**) {
  if (argc != 1 || argv[0] == nullptr) return 1;
  *static_cast<int*>(out) = std::atoi(argv[0]);
  return 0;
}

int schemaVersion(sqlite3* db) {
  int version = -1;
  char* err = nullptr;
  if (sqlite3_exec(db, "PRAGMA user_version", readVersionRow, &version, &err) != SQLITE_OK) {
    std::fprintf(stderr, "user_version: %s\n", err ? err : "?");
    sqlite3_free(err);
  }
  return version;
}

int addElevationColumn(sqlite3* db) {
  int rc = SQLITE_OK;
  bool begun = false;
  CHECK_OR_CLEANUP(run(db, "BEGIN EXCLUSIVE"));
  begun = true;
  CHECK_OR_CLEANUP(run(db, "ALTER TABLE waypoint ADD COLUMN elevation REAL"));
  CHECK_OR_CLEANUP(run(db, "UPDATE waypoint SET elevation = 0"));
  CHECK_OR_CLEANUP(run(db, "PRAGMA user_version = 3"));
  CHECK_OR_CLEANUP(run(db, "COMMIT"));
  begun = false;
cleanup:
  if (begun) run(db, "ROLLBACK");
  return rc;
}

int splitTracks(sqlite3* db) {
  RETURN_IF_FAILED(run(db, "BEGIN EXCLUSIVE"));  // expect: session-unfinished-transaction
  RETURN_IF_FAILED(run(db, "CREATE TABLE segment(id INTEGER PRIMARY KEY, track INT)"));
  RETURN_IF_FAILED(run(db, "INSERT INTO segment(track) SELECT id FROM track"));
  RETURN_IF_FAILED(run(db, "PRAGMA user_version = 4"));
  if (run(db, "COMMIT") != SQLITE_OK) {
    LOG_SQL(db, "splitTracks");
    run(db, "ROLLBACK");
    return SQLITE_ERROR;
  }
  return SQLITE_OK;
}

int rebuildIndex(sqlite3* db, const char* table, const char* column) {
  RETURN_IF_FAILED(run(db, "BEGIN"));
  char* sql = sqlite3_mprintf("DROP INDEX IF EXISTS idx_%w_%w; CREATE INDEX idx_%w_%w ON %w(%w)", table, column, table, column,
                              table, column);
  int rc = run(db, sql);
  sqlite3_free(sql);
  if (rc == SQLITE_OK) rc = run(db, "COMMIT");
  if (rc != SQLITE_OK) {
    LOG_SQL(db, table);
    run(db, "ROLLBACK");
  }
  return rc;
}

bool applySteps(sqlite3* db, const std::vector<const char*>& steps, int from) {
  for (std::size_t i = from; i < steps.size(); ++i) {
    if (run(db, "BEGIN IMMEDIATE") != SQLITE_OK) return false;
    std::string bump = "PRAGMA user_version = " + std::to_string(i + 1);
    if (run(db, steps[i]) != SQLITE_OK || run(db, bump.c_str()) != SQLITE_OK || run(db, "COMMIT") != SQLITE_OK) {
      LOG_SQL(db, "migration");
      run(db, "ROLLBACK");
      return false;
    }
  }
  return true;
}

bool upgrade(sqlite3* db) {
  static const std::vector<const char*> steps = {
      "CREATE TABLE track(id INTEGER PRIMARY KEY, name TEXT)",
      "CREATE TABLE waypoint(track INT, lat REAL, lon REAL, stamp INT)",
      "ALTER TABLE track ADD COLUMN color INT",
  };
  const int have = schemaVersion(db);
  if (have < 0) return false;
  if (have > kSchemaVersion) {
    std::fprintf(stderr, "database is from the future (%d)\n", have);
    return false;
  }
  return applySteps(db, steps, have);
}

int importTrack(sqlite3* db, const std::vector<Waypoint>& points, ImportStats& stats) {
  int rc = SQLITE_OK;
  bool open = false;
  sqlite3_stmt* insert = nullptr;
  CHECK_OR_CLEANUP(run(db, "BEGIN"));
  open = true;
  CHECK_OR_CLEANUP(sqlite3_prepare_v2(db, "INSERT INTO waypoint VALUES(1, ?1, ?2, ?3)", -1, &insert, nullptr));
  for (const Waypoint& p : points) {
    sqlite3_bind_double(insert, 1, p.lat);
    sqlite3_bind_double(insert, 2, p.lon);
    sqlite3_bind_int64(insert, 3, p.stamp);
    rc = sqlite3_step(insert);
    sqlite3_reset(insert);
    if (rc == SQLITE_CONSTRAINT) {
      ++stats.rejected;
      continue;
    }
    if (rc != SQLITE_DONE) goto cleanup;
    ++stats.accepted;
  }
  CHECK_OR_CLEANUP(run(db, "COMMIT"));
  open = false;
cleanup:
  sqlite3_finalize(insert);
  if (open) {
    stats.lastError = sqlite3_errmsg(db);
    run(db, "ROLLBACK");
  }
  return rc;
}

int longestTrack(sqlite3* db, long long since) {
  int rc = SQLITE_OK, best = -1;
  sqlite3_stmt *tracks = nullptr, *lengths = nullptr;
  CHECK_OR_CLEANUP(sqlite3_prepare_v2(db, "SELECT id FROM track WHERE stamp > ?1", -1, &tracks, nullptr));
  CHECK_OR_CLEANUP(sqlite3_prepare_v2(db, "SELECT length FROM stats WHERE track = ?1", -1, &lengths, nullptr));  // expect: session-leak
  sqlite3_bind_int64(tracks, 1, since);
  while (sqlite3_step(tracks) == SQLITE_ROW) {
    sqlite3_reset(lengths);
    sqlite3_bind_int(lengths, 1, sqlite3_column_int(tracks, 0));
    if (sqlite3_step(lengths) == SQLITE_ROW && sqlite3_column_int(lengths, 0) > best) best = sqlite3_column_int(lengths, 0);
  }
cleanup:
  sqlite3_finalize(tracks);
  return best;
}

int nearestTrack(sqlite3* db, double lat, double lon) {
  int rc = SQLITE_OK, id = -1;
  sqlite3_stmt *box = nullptr, *exact = nullptr;
  CHECK_OR_CLEANUP(sqlite3_prepare_v2(db, "SELECT track FROM waypoint WHERE abs(lat-?1) < 0.1", -1, &box, nullptr));
  CHECK_OR_CLEANUP(sqlite3_prepare_v2(db, "SELECT id FROM track WHERE id = ?1 AND hidden = 0", -1, &exact, nullptr));
  sqlite3_bind_double(box, 1, lat + lon * 0);
  while (id < 0 && sqlite3_step(box) == SQLITE_ROW) {
    sqlite3_reset(exact);
    sqlite3_bind_int(exact, 1, sqlite3_column_int(box, 0));
    if (sqlite3_step(exact) == SQLITE_ROW) id = sqlite3_column_int(exact, 0);
  }
cleanup:
  sqlite3_finalize(exact);
  sqlite3_finalize(box);
  return id;
}

int compactFile(const char* path) {
  sqlite3* db = nullptr;
  int rc = sqlite3_open(path, &db);  // expect: session-raw-construction
  if (rc != SQLITE_OK) {
    LOG_SQL(db, path);
    goto cleanup;
  }
  CHECK_OR_CLEANUP(run(db, "PRAGMA wal_checkpoint(TRUNCATE)"));
  CHECK_OR_CLEANUP(run(db, "VACUUM"));
  CHECK_OR_CLEANUP(run(db, "ANALYZE"));
cleanup:
  sqlite3_close(db);
  return rc;
}

int verifyFile(const char* path, bool deep) {
  sqlite3* db = nullptr;
  if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK) {  // expect: session-leak
    std::fprintf(stderr, "cannot open %s\n", path);
    return -1;
  }
  const int version = schemaVersion(db);
  const int rc = run(db, deep ? "PRAGMA integrity_check" : "PRAGMA quick_check");
  sqlite3_close(db);
  return rc == SQLITE_OK ? version : -1;
}

int mergeDuplicates(sqlite3* db) {
  int rc = SQLITE_OK;
  int merged = 0;
  CHECK_OR_CLEANUP(run(db, "BEGIN"));
  CHECK_OR_CLEANUP(run(db, "UPDATE waypoint SET track = (SELECT keep FROM dup WHERE drop_id = track)"));
  CHECK_OR_CLEANUP(run(db, "DELETE FROM track WHERE id IN (SELECT drop_id FROM dup)"));
  merged = sqlite3_changes(db);
  CHECK_OR_CLEANUP(run(db, "COMMIT"));
  return merged;
cleanup:
  if (sqlite3_get_autocommit(db) == 0) run(db, "ROLLBACK");
  return -1;
}

int renameTracks(sqlite3* db, const char* prefix) {
  int rc = SQLITE_OK;
  char* sql = sqlite3_mprintf("UPDATE track SET name = %Q || name", prefix);
  CHECK_OR_CLEANUP(run(db, "BEGIN"));
  CHECK_OR_CLEANUP(run(db, sql));
  CHECK_OR_CLEANUP(run(db, "COMMIT"));
  sqlite3_free(sql);
  run(db, "ROLLBACK");  // expect: session-double-end
  return rc;
cleanup:
  sqlite3_free(sql);
  run(db, "ROLLBACK");
  return rc;
}

int purgeHidden(sqlite3* db, bool keepFavourites) {
  if (run(db, "SAVEPOINT purge") != SQLITE_OK) return -1;
  int rc = run(db, "DELETE FROM waypoint WHERE track IN (SELECT id FROM track WHERE hidden)");
  if (rc == SQLITE_OK && !keepFavourites) rc = run(db, "DELETE FROM favourite");
  if (rc != SQLITE_OK) run(db, "ROLLBACK TO purge");
  run(db, "RELEASE purge");
  return rc == SQLITE_OK ? sqlite3_total_changes(db) : -1;
}

int simplifyAll(sqlite3* db, const std::vector<int>& tracks) {
  char sql[160];
  int done = 0;
  for (int id : tracks) {
    if (run(db, "BEGIN") != SQLITE_OK) break;  // expect: session-nested-begin
    std::snprintf(sql, sizeof sql, "DELETE FROM waypoint WHERE track = %d AND rowid %% 2", id);
    if (run(db, sql) == SQLITE_OK) ++done;
  }
  if (run(db, "END TRANSACTION") != SQLITE_OK) run(db, "ROLLBACK");
  return done;
}

int thinOut(sqlite3* db, const std::vector<int>& tracks, int keepEvery) {
  char sql[160];
  int done = 0;
  for (int id : tracks) {
    if (run(db, "BEGIN") != SQLITE_OK) break;
    std::snprintf(sql, sizeof sql, "DELETE FROM waypoint WHERE track = %d AND rowid %% %d", id, keepEvery);
    if (run(db, sql) != SQLITE_OK) {
      run(db, "ROLLBACK");
      continue;
    }
    if (run(db, "END") != SQLITE_OK) {
      run(db, "ROLLBACK");
      break;
    }
    ++done;
  }
  return done;
}

sqlite3_stmt* prepareOrNull(sqlite3* db, const char* sql) {
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v2(db, sql, -1, &st, nullptr) != SQLITE_OK) {
    LOG_SQL(db, sql);
    return nullptr;
  }
  return st;
}

double totalDistance(sqlite3* db) {
  sqlite3_stmt* st = prepareOrNull(db, "SELECT sum(length) FROM stats");
  if (!st) return 0.0;
  double d = sqlite3_step(st) == SQLITE_ROW ? sqlite3_column_double(st, 0) : 0.0;
  sqlite3_finalize(st);
  return d;
}

double averageSpeed(sqlite3* db, int track) {
  sqlite3_stmt* st = prepareOrNull(db, "SELECT length, seconds FROM stats WHERE track = ?1");
  if (!st) return 0.0;
  sqlite3_bind_int(st, 1, track);
  if (sqlite3_step(st) != SQLITE_ROW) {
    sqlite3_finalize(st);
    return 0.0;
  }
  const double length = sqlite3_column_double(st, 0);
  sqlite3_finalize(st);
  return length / sqlite3_column_double(st, 1);  // expect: session-use-after-scope
}

}  // namespace tracklog
