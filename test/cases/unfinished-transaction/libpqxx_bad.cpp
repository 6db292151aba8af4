// Transactions of libpqxx that end neither way.
// library: libpqxx
#include <pqxx/pqxx>

#include <memory>
#include <string>
#include <vector>

struct Sample {
  int device = 0;
  double value = 0;
};

// Aborted by the destructor, every time.
void store(pqxx::connection& conn, const std::vector<Sample>& samples) {
  pqxx::work tx(conn); // expect: session-unfinished-transaction
  for (const Sample& sample : samples)
    tx.exec_params("INSERT INTO samples(device, value) VALUES($1, $2)", sample.device, sample.value);
}

// Committed in none of its branches.
std::string rename(pqxx::connection& conn, int device, const std::string& name) {
  pqxx::transaction<pqxx::serializable> tx(conn, "rename"); // expect: session-unfinished-transaction
  const pqxx::result known = tx.exec_params("SELECT name FROM devices WHERE id = $1", device);
  if (known.empty())
    return {};
  tx.exec_params("UPDATE devices SET name = $1 WHERE id = $2", name, device);
  tx.exec_params("INSERT INTO renames(device, old) VALUES($1, $2)", device, known[0][0].as<std::string>());
  return known[0][0].as<std::string>();
}

// The savepoint is released, the transaction around it is not committed.
void merge(pqxx::connection& conn, int from, int into) {
  pqxx::work tx(conn); // expect: session-unfinished-transaction
  pqxx::subtransaction part(tx, "move");
  part.exec_params("UPDATE samples SET device = $1 WHERE device = $2", into, from);
  part.commit();
}

// Said in SQL, with an early return.
bool retire(pqxx::connection& conn, int device) {
  pqxx::nontransaction direct(conn);
  direct.exec("BEGIN"); // expect: session-unfinished-transaction
  try {
    const pqxx::result left = direct.exec_params("SELECT 1 FROM samples WHERE device = $1", device);
    if (!left.empty())
      return false;
    direct.exec_params("DELETE FROM devices WHERE id = $1", device);
    direct.exec("COMMIT");
    return true;
  } catch (...) {
    direct.exec("ROLLBACK");
    throw;
  }
}

class Registry {
public:
  explicit Registry(pqxx::connection& conn) : conn_(conn) {}

  // Owned by a unique_ptr, and as forgotten.
  int add(const std::string& name) {
    auto tx = std::make_unique<pqxx::work>(conn_); // expect: session-unfinished-transaction
    const pqxx::row row = tx->exec_params1("INSERT INTO devices(name) VALUES($1) RETURNING id", name);
    return row[0].as<int>();
  }

private:
  pqxx::connection& conn_;
};
