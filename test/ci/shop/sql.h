// Stands in for SOCI: models know types by their names.
#pragma once

namespace soci {
struct session {
  void begin();
  void commit();
  void rollback();
};
class transaction {
public:
  explicit transaction(session& sql);
  ~transaction();
  void commit();
};
} // namespace soci
