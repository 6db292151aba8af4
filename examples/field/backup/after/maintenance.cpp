// Nothing to release by hand. VACUUM cannot run in a transaction.
#include "backup.h"
#include "scope.h"

namespace backup {

int vacuum() {
  return reading([](Session& db) {
    db.exec("VACUUM");
    return db.scalar("PRAGMA page_count");
  });
}

} // namespace backup
