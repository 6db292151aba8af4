// A connection class of the project's own, with transactions that end where they should.
// header: connection.h
#include "connection.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

struct Device {
  int id = 0;
  std::string name;
  std::vector<double> samples;
};

bool saveDevice(store::Connection& connection, const Device& device) {
  store::Transaction tx(connection);
  if (connection.scalar("SELECT count(*) FROM devices WHERE id = ?", device.id) != 0)
    return false;
  connection.execute("INSERT INTO devices(id, name) VALUES(?, ?)", device.id, device.name);
  for (const double sample : device.samples) {
    if (sample < 0)
      throw store::Error("negative sample");
    connection.execute("INSERT INTO samples(device, value) VALUES(?, ?)", device.id, sample);
  }
  tx.commit();
  return true;
}

int count(store::Connection& connection) {
  store::Transaction tx(connection);
  return connection.scalar("SELECT count(*) FROM devices");
}

// Cleaned up at one place, with goto.
int retire(store::Connection& connection, int id) {
  int code = 1;
  connection.beginTransaction();
  try {
    if (connection.scalar("SELECT count(*) FROM samples WHERE device = ?", id) > 0)
      goto undo;
    if (connection.scalar("SELECT locked FROM devices WHERE id = ?", id) != 0) {
      code = 2;
      goto undo;
    }
    connection.execute("DELETE FROM devices WHERE id = ?", id);
    connection.commitTransaction();
    return 0;
  } catch (...) {
    connection.rollbackTransaction();
    throw;
  }
undo:
  connection.rollbackTransaction();
  return code;
}

// Ends what it began: the flag says whether it did.
void rename(store::Connection& connection, int id, const std::string& name, bool inTransaction) {
  bool opened = false;
  if (!inTransaction) {
    connection.beginTransaction();
    opened = true;
  }
  try {
    connection.execute("UPDATE devices SET name = ? WHERE id = ?", name, id);
    connection.execute("INSERT INTO renames(device, name) VALUES(?, ?)", id, name);
  } catch (...) {
    if (opened)
      connection.rollbackTransaction();
    throw;
  }
  if (!opened)
    return;
  try {
    connection.commitTransaction();
  } catch (...) {
    connection.rollbackTransaction();
    throw;
  }
}

// The session keeps its transaction between two calls, for whoever drives it.
class EditSession {
public:
  explicit EditSession(store::Connection& connection) : connection_(connection) {}
  ~EditSession() {
    if (editing_)
      connection_.rollbackTransaction();
  }

  void edit() {
    connection_.beginTransaction();
    editing_ = true;
  }
  void save() {
    connection_.commitTransaction();
    editing_ = false;
  }
  void discard() {
    connection_.rollbackTransaction();
    editing_ = false;
  }

private:
  store::Connection& connection_;
  bool editing_ = false;
};

// A guard of the project's own that gives its transaction away.
class UnitOfWork {
public:
  explicit UnitOfWork(store::Connection& connection) : connection_(&connection) { connection_->beginTransaction(); }
  UnitOfWork(UnitOfWork&& other) noexcept : connection_(std::exchange(other.connection_, nullptr)) {}
  UnitOfWork& operator=(UnitOfWork&&) = delete;
  ~UnitOfWork() {
    if (connection_ != nullptr) {
      try {
        connection_->rollbackTransaction();
      } catch (const store::Error& e) {
        logError(e.what());
      }
    }
  }
  void keep() { std::exchange(connection_, nullptr)->commitTransaction(); }

private:
  store::Connection* connection_;
};

UnitOfWork startRenumbering(store::Connection& connection, int first) {
  UnitOfWork unit(connection);
  connection.execute("UPDATE devices SET number = number + ?", first);
  return unit;
}

void renumber(store::Connection& connection, int first) {
  UnitOfWork unit = startRenumbering(connection, first);
  connection.execute("UPDATE counters SET next = ?", first);
  unit.keep();
}

// Moved into a task that will finish it.
std::function<void()> later(store::Connection& connection, int id) {
  auto unit = std::make_shared<UnitOfWork>(connection);
  connection.execute("UPDATE devices SET state = 1 WHERE id = ?", id);
  return [unit] { unit->keep(); };
}

// Left through a throw of its own, with the rollback before it.
void check(store::Connection& connection, int id) {
  connection.beginTransaction();
  try {
    connection.execute("UPDATE devices SET checked = 1 WHERE id = ?", id);
    connection.commitTransaction();
  } catch (const store::Error& e) {
    connection.rollbackTransaction();
    throw store::Error(std::string("check: ") + e.what());
  }
}

// Exclusive ends in a switch.
void close(store::Connection& connection, int id, int verdict) {
  store::Transaction tx(connection);
  connection.execute("UPDATE devices SET verdict = ? WHERE id = ?", verdict, id);
  switch (verdict) {
  case 0:
    tx.commit();
    return;
  case 1:
    connection.execute("DELETE FROM samples WHERE device = ?", id);
    tx.commit();
    return;
  default:
    tx.rollback();
    break;
  }
  logError("unknown verdict");
}

// Begun by the first line, committed by flush(), whenever that is.
class LineWriter {
public:
  explicit LineWriter(store::Connection& connection) : connection_(connection) {}

  void write(const std::string& line) {
    if (!begun_) {
      connection_.beginTransaction();
      begun_ = true;
    }
    connection_.execute("INSERT INTO lines(text) VALUES('" + line + "')");
    if (++lines_ == 500) flush();
  }

  void flush() {
    if (!begun_) return;
    connection_.commitTransaction();
    begun_ = false;
    lines_ = 0;
  }

private:
  store::Connection& connection_;
  bool begun_ = false;
  int lines_ = 0;
};
