// Transactions of libpqxx that end as they should.
// library: libpqxx
#include <pqxx/pqxx>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

struct Sample {
  int device = 0;
  double value = 0;
};

void store(pqxx::connection& conn, const std::vector<Sample>& samples) {
  if (samples.empty())
    return;
  pqxx::work tx(conn);
  for (const Sample& sample : samples)
    tx.exec_params("INSERT INTO samples(device, value) VALUES($1, $2)", sample.device, sample.value);
  tx.commit();
}

// Reading needs no commit.
std::map<int, std::string> deviceNames(pqxx::connection& conn) {
  pqxx::read_transaction tx(conn);
  std::map<int, std::string> names;
  for (const pqxx::row& row : tx.exec("SELECT id, name FROM devices"))
    names[row[0].as<int>()] = row[1].as<std::string>();
  return names;
}

double average(pqxx::connection& conn, int device) {
  pqxx::work tx(conn);
  const pqxx::row row = tx.exec_params1("SELECT avg(value) FROM samples WHERE device = $1", device);
  return row[0].is_null() ? 0.0 : row[0].as<double>();
}

// Left early: nothing was written that should stay.
bool rename(pqxx::connection& conn, int device, const std::string& name) {
  pqxx::work tx(conn);
  const pqxx::result done = tx.exec_params("UPDATE devices SET name = $1 WHERE id = $2", name, device);
  if (done.affected_rows() != 1)
    return false;
  tx.exec_params("INSERT INTO renames(device, name) VALUES($1, $2)", device, name);
  tx.commit();
  return true;
}

// A nontransaction has nothing to finish.
void vacuum(pqxx::connection& conn) {
  pqxx::nontransaction direct(conn);
  direct.exec("VACUUM ANALYZE samples");
  direct.exec("DELETE FROM locks");
}

// The caller's transaction.
int addDevice(pqxx::work& tx, const std::string& name) {
  return tx.exec_params1("INSERT INTO devices(name) VALUES($1) RETURNING id", name)[0].as<int>();
}

int addDevices(pqxx::connection& conn, const std::vector<std::string>& names) {
  pqxx::work tx(conn);
  int last = 0;
  for (const std::string& name : names)
    last = addDevice(tx, name);
  tx.commit();
  return last;
}

// Committed by a template that finishes whatever it gets.
template <class Tx> void finish(Tx& tx, bool good) {
  if (good)
    tx.commit();
  else
    tx.abort();
}

bool merge(pqxx::connection& conn, int from, int into) {
  pqxx::work tx(conn);
  const pqxx::result moved = tx.exec_params("UPDATE samples SET device = $1 WHERE device = $2", into, from);
  finish(tx, moved.affected_rows() > 0);
  return moved.affected_rows() > 0;
}

// Aborted on purpose.
long estimate(pqxx::connection& conn, double limit) {
  pqxx::work tx(conn);
  const pqxx::result gone = tx.exec_params("DELETE FROM samples WHERE value < $1", limit);
  tx.abort();
  return static_cast<long>(gone.affected_rows());
}

// The transaction goes with the batch, whose owner commits.
class Batch {
public:
  explicit Batch(pqxx::connection& conn) : tx_(std::make_unique<pqxx::work>(conn)) {}

  void add(const Sample& sample) {
    tx_->exec_params("INSERT INTO samples(device, value) VALUES($1, $2)", sample.device, sample.value);
  }
  void commit() {
    tx_->commit();
    tx_.reset();
  }

private:
  std::unique_ptr<pqxx::work> tx_;
};

Batch startBatch(pqxx::connection& conn, const Sample& first) {
  Batch batch(conn);
  batch.add(first);
  return batch;
}

// Committed through a reference to the base class.
void commitAny(pqxx::transaction_base& tx) {
  tx.commit();
}

void retire(pqxx::connection& conn, int device) {
  pqxx::work tx(conn);
  tx.exec_params("DELETE FROM samples WHERE device = $1", device);
  tx.exec_params("DELETE FROM devices WHERE id = $1", device);
  commitAny(tx);
}

// Handed to an owner that outlives the function.
void stage(pqxx::connection& conn, std::vector<std::unique_ptr<pqxx::work>>& open, const Sample& sample) {
  auto tx = std::make_unique<pqxx::work>(conn);
  tx->exec_params("INSERT INTO samples(device, value) VALUES($1, $2)", sample.device, sample.value);
  open.push_back(std::move(tx));
}
