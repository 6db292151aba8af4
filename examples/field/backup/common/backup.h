// What the backup service does.
#pragma once

#include "session.h"

#include <string>
#include <vector>

namespace backup {

// routes.cpp: one function for each request
int createRepository(const std::string& name);
void renameRepository(int id, const std::string& name);
int countJobs();
void deleteRepository(int id);

// repository_service.cpp: works on the session of its caller
class RepositoryService {
public:
  explicit RepositoryService(Session& db) : db_(db) {}
  bool addWithArchives(const std::string& name, const std::vector<std::string>& archives);
  bool forget(int id);

private:
  Session& db_;
};

// archive_service.cpp: sessions of its own
class ArchiveService {
public:
  int prune(int repository);
  bool import(int repository, const std::vector<std::string>& archives);
};

// scheduler.cpp, job_manager.cpp, recovery.cpp: run for as long as the service does
class Scheduler {
public:
  bool tick(int now);
  int reload();
};

class JobManager {
public:
  void run(int job);
};

class RecoveryService {
public:
  int recoverStaleJobs();
};

// maintenance.cpp, statistics.cpp
int vacuum();
int archivesOf(Session& db, int repository);
int failedJobs(Session& db);

} // namespace backup
