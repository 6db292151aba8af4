// Finds the compile database of a project: compile_commands.json somewhere at or above a file.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace session_tidy::driver {

inline constexpr const char* databaseName = "compile_commands.json";

/// The database for sources in `start` or below: in this folder or one above it, itself or in one
/// of the usual build folders (build*, cmake-build-*, out, _build and one level below); of several,
/// the newest. The search ends at the root of the repository and below folders that everybody
/// shares.
std::optional<std::filesystem::path> findDatabase(const std::filesystem::path& start);

/// The database that `-p` names: the file itself or the folder with it.
std::optional<std::filesystem::path> databaseAt(const std::filesystem::path& named);

/// How to come by a compile database, for people who have none.
std::string databaseHint();

} // namespace session_tidy::driver
