// A connection class of the project's own, with transactions that end neither way.
// header: connection.h
#include "connection.h"

#include <string>
#include <vector>

struct Device {
  int id = 0;
  std::string name;
  std::vector<double> samples;
};

// Never committed.
void saveDevice(store::Connection& connection, const Device& device) {
  store::Transaction tx(connection); // expect: session-unfinished-transaction
  connection.execute("INSERT INTO devices(id, name) VALUES(?, ?)", device.id, device.name);
  for (const double sample : device.samples)
    connection.execute("INSERT INTO samples(device, value) VALUES(?, ?)", device.id, sample);
}

// Open after the early return.
bool retire(store::Connection& connection, int id) {
  connection.beginTransaction(); // expect: session-unfinished-transaction
  try {
    if (connection.scalar("SELECT count(*) FROM samples WHERE device = ?", id) > 0)
      return false;
    connection.execute("DELETE FROM devices WHERE id = ?", id);
    connection.commitTransaction();
    return true;
  } catch (...) {
    connection.rollbackTransaction();
    throw;
  }
}

// Ended in one branch only.
void rename(store::Connection* connection, int id, const std::string& name, bool audited) {
  connection->beginTransaction(); // expect: session-unfinished-transaction
  try {
    connection->execute("UPDATE devices SET name = ? WHERE id = ?", name, id);
    if (audited) {
      connection->execute("INSERT INTO audit(device) VALUES(?)", id);
      connection->commitTransaction();
    }
  } catch (const store::Error&) {
    connection->rollbackTransaction();
    throw;
  }
}

// The project's own guard, whose destructor rolls back what was not kept.
class UnitOfWork {
public:
  explicit UnitOfWork(store::Connection& connection) : connection_(connection) { connection_.beginTransaction(); }
  UnitOfWork(const UnitOfWork&) = delete;
  ~UnitOfWork() {
    if (!kept_) {
      try {
        connection_.rollbackTransaction();
      } catch (const store::Error& e) {
        logError(e.what());
      }
    }
  }
  void keep() {
    connection_.commitTransaction();
    kept_ = true;
  }

private:
  store::Connection& connection_;
  bool kept_ = false;
};

int renumber(store::Connection& connection, int first) {
  UnitOfWork unit(connection); // expect: session-unfinished-transaction
  const int count = connection.scalar("SELECT count(*) FROM devices");
  connection.execute("UPDATE devices SET number = number + ?", first);
  connection.execute("UPDATE counters SET next = ?", first + count);
  return count;
}
