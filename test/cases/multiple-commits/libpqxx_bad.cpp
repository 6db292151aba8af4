// Handlers that commit one unit of work in pieces, on one connection.
// library: libpqxx
#include <pqxx/pqxx>

#include <string>
#include <vector>

// Committed only to read the id back.
void createJob(pqxx::connection& conn, const std::vector<std::string>& tasks) {
  int id = 0;
  {
    pqxx::work tx(conn);
    id = tx.exec1("INSERT INTO jobs(state) VALUES('new') RETURNING id")[0].as<int>();
    tx.commit();
  }
  pqxx::work tx(conn);
  for (const std::string& task : tasks)
    tx.exec_params("INSERT INTO tasks(job, name) VALUES($1, $2)", id, task);
  tx.commit(); // expect: session-multiple-commits
}

// Three steps of one transfer.
class Bank {
public:
  explicit Bank(pqxx::connection& conn) : conn_(conn) {}

  void transfer(int from, int to, int amount) {
    {
      pqxx::work debit(conn_, "debit");
      debit.exec_params("UPDATE accounts SET n = n - $1 WHERE id = $2", amount, from);
      debit.commit();
    }
    {
      pqxx::work credit(conn_, "credit");
      credit.exec_params("UPDATE accounts SET n = n + $1 WHERE id = $2", amount, to);
      credit.commit(); // expect: session-multiple-commits
    }
    {
      pqxx::work log(conn_, "log");
      log.exec_params("INSERT INTO transfers VALUES($1, $2, $3)", from, to, amount);
      log.commit(); // expect: session-multiple-commits
    }
  }

private:
  pqxx::connection& conn_;
};

// Hidden in a helper.
static void addAudit(pqxx::connection& conn, int user, const std::string& what) {
  pqxx::work tx(conn);
  tx.exec_params("INSERT INTO audit(actor, what) VALUES($1, $2)", user, what);
  tx.commit();
}

void removeUser(pqxx::connection& conn, int user) {
  {
    pqxx::work tx(conn);
    tx.exec_params("DELETE FROM roles WHERE holder = $1", user);
    tx.exec_params("DELETE FROM users WHERE id = $1", user);
    tx.commit();
  }
  addAudit(conn, user, "removed"); // expect: session-multiple-commits
}

// Hidden in a lambda, before the handler's own.
void closePeriod(pqxx::connection& conn, int period) {
  const auto freeze = [&conn](int p) {
    pqxx::work tx(conn);
    tx.exec_params("UPDATE periods SET frozen = true WHERE id = $1", p);
    tx.commit();
  };
  freeze(period);
  pqxx::work tx(conn);
  tx.exec_params("INSERT INTO closings(period) VALUES($1)", period);
  tx.commit(); // expect: session-multiple-commits
}
