// Functions with several commits in their text, and one on each path or each for itself.
// library: libpqxx
#include <pqxx/pqxx>

#include <functional>
#include <string>
#include <vector>

void logError(const std::string& what);

void createJob(pqxx::connection& conn, const std::vector<std::string>& tasks) {
  pqxx::work tx(conn);
  const int id = tx.exec1("INSERT INTO jobs(state) VALUES('new') RETURNING id")[0].as<int>();
  for (const std::string& task : tasks)
    tx.exec_params("INSERT INTO tasks(job, name) VALUES($1, $2)", id, task);
  tx.commit();
}

// A bite at a time, each complete.
void purge(pqxx::connection& conn) {
  for (bool more = true; more;) {
    pqxx::work tx(conn);
    const pqxx::result gone = tx.exec("DELETE FROM log WHERE id IN (SELECT id FROM log LIMIT 1000) RETURNING 1");
    tx.commit();
    more = !gone.empty();
  }
}

// Takes the next piece of work until there is none.
int drain(pqxx::connection& conn) {
  int done = 0;
  while (true) {
    pqxx::work tx(conn);
    const pqxx::result next = tx.exec("SELECT id FROM jobs FOR UPDATE SKIP LOCKED LIMIT 1");
    if (next.empty()) {
      tx.commit();
      break;
    }
    tx.exec_params("DELETE FROM jobs WHERE id = $1", next[0][0].as<int>());
    tx.commit();
    ++done;
  }
  return done;
}

// Two connections.
void copy(pqxx::connection& from, pqxx::connection& to) {
  pqxx::work source(from);
  pqxx::work target(to);
  for (const pqxx::row& row : source.exec("DELETE FROM outbox RETURNING id"))
    target.exec_params("INSERT INTO inbox(id) VALUES($1)", row[0].as<int>());
  target.commit();
  source.commit();
}

// Savepoints in one transaction.
int addAll(pqxx::connection& conn, const std::vector<std::string>& names) {
  int added = 0;
  pqxx::work tx(conn);
  for (const std::string& name : names) {
    try {
      pqxx::subtransaction part(tx, "one_name");
      part.exec_params("INSERT INTO names(name) VALUES($1)", name);
      part.commit();
      ++added;
    } catch (const pqxx::unique_violation&) {
      logError(name + " is there");
    }
  }
  tx.commit();
  return added;
}

// Either way one commit.
void toggle(pqxx::connection& conn, int ticket, bool open) {
  pqxx::work tx(conn);
  if (open) {
    tx.exec_params("UPDATE tickets SET closed = true WHERE id = $1", ticket);
    tx.commit();
    return;
  }
  tx.exec_params("UPDATE tickets SET closed = false WHERE id = $1", ticket);
  tx.commit();
}

// The first part is read only.
void rename(pqxx::connection& conn, const std::string& from, const std::string& to) {
  int id = 0;
  {
    pqxx::read_transaction tx(conn);
    const pqxx::result rows = tx.exec_params("SELECT id FROM names WHERE name = $1", from);
    if (rows.empty())
      return;
    id = rows[0][0].as<int>();
  }
  pqxx::work tx(conn);
  tx.exec_params("UPDATE names SET name = $1 WHERE id = $2", to, id);
  tx.commit();
}

// A wrapper that commits what it was given to do, called once.
void inTransaction(pqxx::connection& conn, const std::function<void(pqxx::work&)>& work) {
  pqxx::work tx(conn);
  work(tx);
  tx.commit();
}

void removeUser(pqxx::connection& conn, int user) {
  inTransaction(conn, [user](pqxx::work& tx) {
    tx.exec_params("DELETE FROM roles WHERE holder = $1", user);
    tx.exec_params("DELETE FROM users WHERE id = $1", user);
  });
}

// Retried by the library.
void claim(pqxx::connection& conn, int job) {
  pqxx::perform([&conn, job] {
    pqxx::work tx(conn);
    tx.exec_params("UPDATE jobs SET state = 'claimed' WHERE id = $1", job);
    tx.commit();
  });
}
