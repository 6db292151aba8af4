// Guards of the project's own, which the linter recognises by what their constructor and destructor do.
// library: soci
// checks: session-temporary-guard
#include <soci/soci.h>

#include <string>
#include <vector>

namespace app {

/// Begins at once, rolls back unless told to keep.
class UnitOfWork {
public:
  explicit UnitOfWork(soci::session& sql) : sql_(sql) { sql_.begin(); }
  UnitOfWork(soci::session& sql, const std::string& label) : sql_(sql), label_(label) { sql_.begin(); }
  UnitOfWork(const UnitOfWork&) = delete;
  UnitOfWork& operator=(const UnitOfWork&) = delete;

  ~UnitOfWork() {
    if (!kept_)
      sql_.rollback();
  }

  void keep() {
    sql_.commit();
    kept_ = true;
  }

private:
  soci::session& sql_;
  std::string label_;
  bool kept_ = false;
};

void addUser(soci::session& sql, const std::string& name) {
  UnitOfWork guard{sql}; // expect: session-temporary-guard "UnitOfWork"
  sql << "INSERT INTO users(name) VALUES(:n)", soci::use(name);
  sql << "UPDATE counters SET users = users + 1";
}

void addUsers(soci::session& sql, const std::vector<std::string>& names) {
  if (names.size() > 1)
    UnitOfWork(sql, "many"); // expect: session-temporary-guard (no fix)
  for (const std::string& name : names)
    sql << "INSERT INTO users(name) VALUES(:n)", soci::use(name);
}

void dropUser(soci::session& sql, int id) {
  UnitOfWork guard{sql}; // expect: session-temporary-guard
  sql << "DELETE FROM users WHERE id = :id", soci::use(id);
  sql << "DELETE FROM roles WHERE user = :id", soci::use(id);
}

} // namespace app
