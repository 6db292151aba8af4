// What is wrong with a model or configuration file, and where: readers return it, they never throw.
#pragma once

#include "support/Source.h"

#include <optional>
#include <string>
#include <utility>

namespace session_tidy::model {

/// One mistake in one file. An invalid position means the file as a whole.
struct ModelError {
  std::string file;
  Position at;
  std::string message;
  std::string hint; ///< what would be right: "did you mean 'commit'?"; may be empty

  /// As compilers print it: "models/soci.json:14:9: unknown operation 'comit' (did you mean
  /// 'commit'?)".
  [[nodiscard]] std::string text() const;

  friend bool operator==(const ModelError&, const ModelError&) = default;
};

/// A value, or the error that kept it from being read.
template <class T>
class Result {
public:
  Result(T value) : value_(std::move(value)) {}
  Result(ModelError error) : error_(std::move(error)) {}

  [[nodiscard]] bool ok() const { return value_.has_value(); }
  explicit operator bool() const { return ok(); }

  T& operator*() { return *value_; }
  const T& operator*() const { return *value_; }
  T* operator->() { return &*value_; }
  const T* operator->() const { return &*value_; }

  [[nodiscard]] const ModelError& error() const { return error_; }

private:
  std::optional<T> value_;
  ModelError error_;
};

} // namespace session_tidy::model
