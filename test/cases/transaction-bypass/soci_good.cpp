// Statements of SOCI inside the open transaction, or before and after it.
// library: soci
#include <soci/soci.h>

#include <string>

// A guard only watches: the session is in the transaction.
void close(soci::session& sql, int ticket) {
  soci::transaction tr(sql);
  sql << "UPDATE tickets SET state = 'closed' WHERE id = :t", soci::use(ticket);
  sql << "INSERT INTO notes(ticket, text) VALUES(:t, 'closed')", soci::use(ticket);
  tr.commit();
}

// A lease of its own before the transaction begins.
void import(soci::connection_pool& pool, int ticket) {
  soci::session(pool) << "INSERT INTO attempts(ticket) VALUES(:t)", soci::use(ticket);
  soci::session sql(pool);
  soci::transaction tr(sql);
  sql << "INSERT INTO tickets(id) VALUES(:t)", soci::use(ticket);
  tr.commit();
}

// After its end.
void rename(soci::connection_pool& pool, int ticket, const std::string& title) {
  {
    soci::session sql(pool);
    soci::transaction tr(sql);
    sql << "UPDATE tickets SET title = :n WHERE id = :t", soci::use(title), soci::use(ticket);
    tr.commit();
  }
  soci::session(pool) << "INSERT INTO renames(ticket) VALUES(:t)", soci::use(ticket);
}

// Prepared on the session of the transaction.
void dropAll(soci::session& sql, int first, int last) {
  int ticket = first;
  soci::statement remove = (sql.prepare << "DELETE FROM tickets WHERE id = :t", soci::use(ticket));
  soci::transaction tr(sql);
  for (; ticket <= last; ++ticket)
    remove.execute(true);
  tr.commit();
}
