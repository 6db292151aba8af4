// What the services of the camera system do. Each asks for a connection when it needs one.
#pragma once

#include "database.h"

#include <string>

namespace SQLite {
class Database;
}

namespace camera {

// event_processor.cpp
int storeEvent(int cam, const char* kind);
int countEvents();
int markSeen();

// event_handler.cpp
int frameCount();
int ringDoorbell(int cam);
int motion(int cam);

// digest_scheduler.cpp
int writeDigest(int day);
int lastDigest();
int dropDigests(int before);

// summary_service.cpp
int storeSummary(int event, const char* text);
int countSummaries();
int forgetSummaries();

// discovery.cpp
int addCamera(const char* name);
int knownCameras();
int forgetCamera(int cam);

// settings.cpp
int setting(const char* name);
int change(const char* name, int value);
int resetSettings();

// retention.cpp
int retentionDays();
int cleanUp();
int cleanCameras();

// snapshot_service.cpp
int storeSnapshot(int event);
int countSnapshots();
int linkSnapshots();

// alert_engine.cpp
int evaluate(int event);
int openAlerts();
int closeAlerts();

// entity_service.cpp
int storeEntity(const char* name);
int mergeEntities(int from, int into);
int countEntities();

// audio_service.cpp
int storeSound(int cam, int loudness);
int silence();

// cost_tracker.cpp
int trackUsage(int cents);
int spent();

// ai_service.cpp
int nextProvider();
int noteFailure(int provider);

// health.cpp
int ping();
int integrity();

// export_service.cpp
int exportEvents();
int exportCameras();

// push_service.cpp: made by a factory; its caller manages the session
class PushService {
public:
  explicit PushService(SQLite::Database* db) : db_(db) {}
  int send();
  void close();

private:
  SQLite::Database* db_;
};
PushService makePushService();

// delivery_service.cpp: opens its session when it is used first
class DeliveryService {
public:
  ~DeliveryService() { close(); }
  int deliver();
  void close();

private:
  SQLite::Database& session();

  SQLite::Database* session_ = nullptr;
};

// api.cpp: on the session of a request
int camerasOf(sqlite3* db);
int eventsOf(sqlite3* db, int cam);

// storage_test.cpp
int testStorage();

} // namespace camera
