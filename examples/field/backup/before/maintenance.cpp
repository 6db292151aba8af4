// By hand, and right; the next change may forget one of the three.
#include "backup.h"

#include <stdexcept>

namespace backup {

int vacuum() {
  // defect: session-raw-construction, releases it by hand
  Session* db = openSession();
  int pages = 0;
  try {
    db->exec("VACUUM");
    pages = db->scalar("PRAGMA page_count");
  } catch (const std::exception&) {
    delete db;
    throw;
  }
  if (pages < 0) {
    delete db;
    return 0;
  }
  delete db;
  return pages;
}

} // namespace backup
