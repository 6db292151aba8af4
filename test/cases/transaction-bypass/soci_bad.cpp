// Statements of SOCI that run beside the open transaction, on another lease of the pool.
// library: soci
#include <soci/soci.h>

#include <string>

// The note stays when the commit fails.
void close(soci::connection_pool& pool, int ticket) {
  soci::session sql(pool);
  soci::transaction tr(sql);
  sql << "UPDATE tickets SET state = 'closed' WHERE id = :t", soci::use(ticket);
  soci::session(pool) << "INSERT INTO notes(ticket, text) VALUES(:t, 'closed')", soci::use(ticket); // expect: session-transaction-bypass
  tr.commit();
}

// In a branch, and begun by hand.
void assign(soci::connection_pool& pool, int ticket, const std::string& agent, bool counted) {
  soci::session sql(pool);
  sql.begin();
  try {
    sql << "UPDATE tickets SET agent = :a WHERE id = :t", soci::use(agent), soci::use(ticket);
    if (counted)
      soci::session(pool) << "UPDATE agents SET tickets = tickets + 1 WHERE name = :a", soci::use(agent); // expect: session-transaction-bypass
    sql.commit();
  } catch (...) {
    sql.rollback();
    throw;
  }
}

// In every round.
void drop(soci::connection_pool& pool, int first, int last) {
  soci::session sql(pool);
  soci::transaction tr(sql);
  for (int ticket = first; ticket <= last; ++ticket) {
    sql << "DELETE FROM tickets WHERE id = :t", soci::use(ticket);
    soci::session(pool) << "DELETE FROM notes WHERE ticket = :t", soci::use(ticket); // expect: session-transaction-bypass
  }
  tr.commit();
}
