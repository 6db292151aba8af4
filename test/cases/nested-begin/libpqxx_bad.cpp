// Transactions of libpqxx begun on a connection that has one: the library throws.
// library: libpqxx
#include <pqxx/pqxx>

#include <memory>
#include <string>
#include <vector>

// The helper opens one of its own.
static int typeId(pqxx::connection& conn, const std::string& name) {
  pqxx::read_transaction tx(conn);
  return tx.exec_params1("SELECT id FROM types WHERE name = $1", name)[0].as<int>();
}

void addAttribute(pqxx::connection& conn, const std::string& type, const std::string& value) {
  pqxx::work tx(conn);
  const int id = typeId(conn, type); // expect: session-nested-begin (no fix)
  tx.exec_params("INSERT INTO attributes(type, value) VALUES($1, $2)", id, value);
  tx.commit();
}

// Both in one function.
void placeOrder(pqxx::connection& conn, int order, const std::vector<int>& items) {
  pqxx::work header(conn, "header");
  header.exec_params("INSERT INTO orders(id) VALUES($1)", order);
  pqxx::work lines(conn, "lines"); // expect: session-nested-begin
  for (const int item : items)
    lines.exec_params("INSERT INTO order_items VALUES($1, $2)", order, item);
  lines.commit();
  header.commit();
}

// The member's transaction is still open.
class Batch {
public:
  explicit Batch(pqxx::connection& conn) : conn_(conn) {}

  void replace(int id, const std::string& text) {
    auto tx = std::make_unique<pqxx::work>(conn_);
    tx->exec_params("DELETE FROM texts WHERE id = $1", id);
    {
      pqxx::work insert(conn_); // expect: session-nested-begin
      insert.exec_params("INSERT INTO texts(id, text) VALUES($1, $2)", id, text);
      insert.commit();
    }
    tx->commit();
  }

private:
  pqxx::connection& conn_;
};

// No savepoint can have the other one's name.
void again(pqxx::connection& conn) {
  pqxx::work tx(conn);
  tx.exec("DELETE FROM texts");
  {
    pqxx::work tx(conn); // expect: session-nested-begin (no fix)
    tx.exec("DELETE FROM types");
    tx.commit();
  }
  tx.commit();
}

void writeAll(pqxx::work& tx);

// Whoever gets it wants a whole one.
void handedOn(pqxx::connection& conn) {
  pqxx::work tx(conn);
  tx.exec("DELETE FROM texts");
  pqxx::work more(conn); // expect: session-nested-begin (no fix)
  writeAll(more);
  more.commit();
  tx.commit();
}

// The second would be open when the first ends.
void crossed(pqxx::connection& conn) {
  pqxx::work first(conn);
  first.exec("DELETE FROM texts");
  pqxx::work second(conn); // expect: session-nested-begin (no fix)
  second.exec("DELETE FROM types");
  first.commit();
  second.commit();
}

void byReference(pqxx::connection& conn) {
  pqxx::work whole(conn);
  pqxx::work& tx = whole;
  tx.exec("DELETE FROM texts");
  {
    pqxx::work part(conn); // expect: session-nested-begin
    part.exec("DELETE FROM types");
    part.commit();
  }
  tx.commit();
}

// Words that nobody wants to lose.
void explained(pqxx::connection& conn) {
  pqxx::work tx(conn);
  tx.exec("DELETE FROM texts");
  pqxx::work part(conn, /* seen in the log */ "part"); // expect: session-nested-begin (no fix)
  part.commit();
  tx.commit();
}

// A transaction that only reads is one as well.
int renameAfterLook(pqxx::connection& conn, const std::string& name) {
  pqxx::read_transaction look(conn);
  const int id = look.exec_params1("SELECT id FROM types WHERE name = $1", name)[0].as<int>();
  pqxx::work tx(conn); // expect: session-nested-begin (no fix)
  tx.exec_params("UPDATE types SET name = $2 WHERE id = $1", id, name);
  tx.commit();
  return id;
}
