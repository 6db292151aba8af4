#include "sql.h"

int freeSeats(soci::session& sql) noexcept;

bool reserve(soci::session& sql, int wanted) {
  sql.begin();
  if (freeSeats(sql) < wanted) return false;
  sql.commit();
  return true;
}
