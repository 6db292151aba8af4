// A project that has said what a transaction inside another one is.
// header: session.h
// config: {"kinds": {"session": {"role": "session", "types": ["db::Session"], "methods": {"exec": "sql text arg0"}},
// config: "transaction": {"role": "transaction", "types": ["db::Transaction"], "inner": "db::Savepoint {name}({session})",
// config: "innerCommit": "release", "methods": {"commit": "commit", "rollback": "rollback"}},
// config: "savepoint": {"role": "transaction", "types": ["db::Savepoint"], "savepoint": true, "methods": {"release": "commit"}}}}
#include "session.h"

void move(db::Session& session) {
  db::Transaction whole(session);
  session.exec("DELETE FROM here");
  db::Transaction part{session}; // expect: session-nested-begin
  session.exec("INSERT INTO there VALUES(1)");
  part.commit();
  whole.commit();
}

// It cannot be rolled back by hand.
void tried(db::Session& session, bool keep) {
  db::Transaction whole(session);
  session.exec("DELETE FROM here");
  db::Transaction part(session); // expect: session-nested-begin (no fix)
  session.exec("INSERT INTO there VALUES(1)");
  if (keep) {
    part.commit();
  } else {
    part.rollback();
  }
  whole.commit();
}
