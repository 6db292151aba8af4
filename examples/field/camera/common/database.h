// What all services of the camera system use.
#pragma once

#include <session_tidy/annotations.h>
#include <sqlite3.h>

#include <string>

namespace camera {

const std::string& databaseFile();
void useDatabase(const std::string& file);

/// Both throw std::runtime_error when SQLite refuses. They leave the connection to their caller.
void run(SESSION_TIDY_BORROWS sqlite3* db, const char* sql);
int number(SESSION_TIDY_BORROWS sqlite3* db, const char* sql);

void logError(const char* what);

} // namespace camera
