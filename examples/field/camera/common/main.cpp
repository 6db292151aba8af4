// Plays one scenario on a fresh database and tells how things stand afterwards.
//
//   camera DATABASE SCENARIO
//
// Each service is asked once: when all is well, and when tables are missing.
#include "camera.h"
#include "facts.h"

#include <cstdio>
#include <exception>
#include <functional>
#include <iostream>
#include <map>
#include <vector>

namespace {

using namespace camera;
using field::fact;

constexpr const char* tables =
    "CREATE TABLE camera(id INTEGER PRIMARY KEY, name TEXT, enabled INT DEFAULT 1);"
    "INSERT INTO camera(name) VALUES('door'), ('yard');"
    "CREATE TABLE event(id INTEGER PRIMARY KEY, camera INT, kind TEXT, seen INT DEFAULT 0,"
    " digested INT DEFAULT 0, snapshots INT DEFAULT 0, entity INT DEFAULT 0);"
    "INSERT INTO event(camera, kind) VALUES(1, 'old'), (1, 'ring');"
    "CREATE TABLE digest(day INT, text TEXT); INSERT INTO digest VALUES(1, 'a');"
    "CREATE TABLE summary(event INT, text TEXT);"
    "CREATE TABLE setting(name TEXT, value INT);"
    "INSERT INTO setting VALUES('frames', 4), ('days', 7), ('sweeps', 0);"
    "CREATE TABLE snapshot(event INT); CREATE TABLE rule(enabled INT); INSERT INTO rule VALUES(1);"
    "CREATE TABLE alert(event INT, done INT DEFAULT 0); CREATE TABLE entity(name TEXT);"
    "CREATE TABLE cost(cents INT);"
    "CREATE TABLE provider(id INTEGER PRIMARY KEY, failures INT); INSERT INTO provider VALUES(1, 0);"
    "CREATE TABLE push(id INTEGER PRIMARY KEY); CREATE TABLE delivery(id INTEGER PRIMARY KEY);";

struct Call {
  const char* name;
  std::function<int()> work;
};

const std::vector<Call>& calls() {
  static const std::vector<Call> all = {
      {"store-event", [] { return storeEvent(1, "person"); }},
      {"count-events", countEvents},
      {"mark-seen", markSeen},
      {"frame-count", frameCount},
      {"ring-doorbell", [] { return ringDoorbell(2); }},
      {"motion", [] { return motion(1); }},
      {"write-digest", [] { return writeDigest(2); }},
      {"last-digest", lastDigest},
      {"drop-digests", [] { return dropDigests(2); }},
      {"store-summary", [] { return storeSummary(2, "a person"); }},
      {"count-summaries", countSummaries},
      {"forget-summaries", forgetSummaries},
      {"add-camera", [] { return addCamera("gate"); }},
      {"known-cameras", knownCameras},
      {"forget-camera", [] { return forgetCamera(3); }},
      {"setting", [] { return setting("days"); }},
      {"change", [] { return change("days", 9); }},
      {"retention-days", retentionDays},
      {"clean-up", cleanUp},
      {"store-snapshot", [] { return storeSnapshot(2); }},
      {"count-snapshots", countSnapshots},
      {"link-snapshots", linkSnapshots},
      {"evaluate", [] { return evaluate(2); }},
      {"open-alerts", openAlerts},
      {"close-alerts", closeAlerts},
      {"clean-cameras", cleanCameras},
      {"store-entity", [] { return storeEntity("cat"); }},
      {"merge-entities", [] { return mergeEntities(0, 1); }},
      {"count-entities", countEntities},
      {"store-sound", [] { return storeSound(1, 20); }},
      {"silence", silence},
      {"track-usage", [] { return trackUsage(3); }},
      {"spent", spent},
      {"next-provider", nextProvider},
      {"note-failure", [] { return noteFailure(1); }},
      {"ping", ping},
      {"integrity", integrity},
      {"export-events", exportEvents},
      {"export-cameras", exportCameras},
      {"reset-settings", resetSettings},
  };
  return all;
}

int playAll(const std::string& database) {
  int lost = 0;
  for (const Call& call : calls()) {
    const int before = field::openConnections(database);
    try {
      fact(call.name, call.work());
    } catch (const std::exception& error) {
      fact(call.name, std::string("throws ") + error.what());
    }
    lost += field::openConnections(database) > before ? 1 : 0;
  }
  return lost;
}

void well(const std::string& database) {
  fact("losing", playAll(database));
}

void broken(const std::string& database) {
  field::change(database, "DROP TABLE event; DROP TABLE setting; DROP TABLE summary;"
                          "DROP TABLE digest; DROP TABLE entity; DROP TABLE snapshot;"
                          "DROP TABLE camera; DROP TABLE cost; DELETE FROM provider;"
                          "DROP TABLE alert; DELETE FROM rule");
  fact("losing", playAll(database));
}

/// The special cases, used as they are meant.
void special(const std::string& database) {
  PushService push = makePushService();
  DeliveryService delivery;
  fact("sent", push.send());
  fact("delivered", delivery.deliver() + delivery.deliver());
  fact("test", testStorage());
  fact("open-meanwhile", field::openConnections(database));
  push.close();
}

const std::map<std::string, std::function<void(const std::string&)>> scenarios = {
    {"well", well}, {"broken", broken}, {"special", special}};

} // namespace

int main(int argc, char** argv) {
  if (argc != 3 || !scenarios.contains(argv[2])) {
    std::cerr << "usage: camera DATABASE SCENARIO\n";
    for (const auto& [name, play] : scenarios) std::cerr << "  " << name << '\n';
    return 2;
  }
  try {
    const std::string database = argv[1];
    field::createDatabase(database, tables);
    useDatabase(database);
    scenarios.at(argv[2])(database);
    fact("open", field::openConnections(database));
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "camera: " << error.what() << '\n';
    return 1;
  }
}
