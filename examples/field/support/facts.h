// What a program tells of itself: lines "name value" that a test compares.
#pragma once

#include <string>
#include <string_view>

namespace field {

/// Prints one line.
void fact(std::string_view name, long long value);
void fact(std::string_view name, std::string_view value);

/// Connections to the database that this process has open: its file descriptors tell.
int openConnections(const std::string& database);

/// What is in the database for everybody: asked on a connection of its own.
int committed(const std::string& database, const std::string& query);

/// Whether somebody else could write now.
bool writable(const std::string& database);

/// An empty database with the given tables.
void createDatabase(const std::string& database, const std::string& tables);

/// Runs the statements on a connection of its own, for a scenario's data.
void change(const std::string& database, const std::string& statements);

} // namespace field
