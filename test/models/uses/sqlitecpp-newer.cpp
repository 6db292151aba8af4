// What newer versions of SQLiteCpp have, and builds with column metadata.
namespace SQLite {
class Transaction {
public:
  void rollback();
};
class Savepoint {
public:
  void rollbackTo();
};
class Statement {
public:
  const char* getColumnOriginName(int index) const;
};
class Column {
public:
  const char* getOriginName() const;
};
} // namespace SQLite

void f1(SQLite::Transaction& self) { self.rollback(); }
//= self : sqlitecpp.transaction reference parameter; rollback self throws
void f2(SQLite::Savepoint& self) { self.rollbackTo(); }
//= self : sqlitecpp.savepoint reference parameter; rollback self throws
void f3(SQLite::Statement& self) { [[maybe_unused]] auto&& r = self.getColumnOriginName(0); }
//= self : sqlitecpp.statement reference parameter; havoc #0; use self read throws
void f4(SQLite::Column& self) { [[maybe_unused]] auto&& r = self.getOriginName(); }
//= self : sqlitecpp.column reference parameter; havoc #0; use self read
