#include "sql.h"

void order(soci::session& sql) {
  soci::transaction tr(sql);
  tr.commit();
}
