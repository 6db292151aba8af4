// What the model of this library is used for, one function per line of it (../ModelTests.cpp).
#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/Savepoint.h>
template <class T> using T_ = T;
template <class T> void sink(T*);

void f1(SQLite::Database* self) { sink(self); }
//= self : sqlitecpp.database parameter; escape self opaque; call throws
void f2(SQLite::Database& self) { [[maybe_unused]] auto&& r = self.exec("COMMIT"); }
//= self : sqlitecpp.database reference parameter; havoc #0; commit self throws
void f3(SQLite::Database& self) { [[maybe_unused]] auto&& r = self.tryExec("COMMIT"); }
//= self : sqlitecpp.database reference parameter; commit self -> #0 zero
void f4(SQLite::Database& self) { [[maybe_unused]] auto&& r = self.execAndGet("COMMIT"); }
//= self : sqlitecpp.database reference parameter; r : sqlitecpp.column shared; commit self throws; make r of self derived throws; end r implicit
void f5(SQLite::Database& self, T_<const char *> a0) { [[maybe_unused]] auto&& r = self.tableExists(a0); }
//= self : sqlitecpp.database reference parameter; havoc #0; use self read throws
void f6(SQLite::Database& self, T_<const int> a0) { self.setBusyTimeout(a0); }
//= self : sqlitecpp.database reference parameter; use self throws
void f7(SQLite::Database& self, T_<const char *> a0, T_<int> a1, T_<bool> a2, T_<void *> a3, T_<void (*)(sqlite3_context *, int, sqlite3_value **)> a4) { self.createFunction(a0, a1, a2, a3, a4); }
//= self : sqlitecpp.database reference parameter; use self throws
void f8(SQLite::Database& self, T_<const char *> a0, T_<const char *> a1) { self.loadExtension(a0, a1); }
//= self : sqlitecpp.database reference parameter; use self throws
void f9(SQLite::Database& self, T_<const std::basic_string<char> &> a0) { self.key(a0); }
//= self : sqlitecpp.database reference parameter; use self throws
void f10(SQLite::Database& self, T_<const std::basic_string<char> &> a0) { self.rekey(a0); }
//= self : sqlitecpp.database reference parameter; use self throws
void f11(SQLite::Database& self, T_<const char *> a0, T_<SQLite::Database::BackupType> a1) { self.backup(a0, a1); }
//= self : sqlitecpp.database reference parameter; use self throws
void f12(SQLite::Database& self) { [[maybe_unused]] auto&& r = self.getLastInsertRowid(); }
//= self : sqlitecpp.database reference parameter; havoc #0; harmless self
void f13(SQLite::Database& self) { [[maybe_unused]] auto&& r = self.getChanges(); }
//= self : sqlitecpp.database reference parameter; havoc #0; harmless self
void f14(SQLite::Database& self) { [[maybe_unused]] auto&& r = self.getTotalChanges(); }
//= self : sqlitecpp.database reference parameter; havoc #0; harmless self
void f15(SQLite::Database& self) { [[maybe_unused]] auto&& r = self.getErrorCode(); }
//= self : sqlitecpp.database reference parameter; havoc #0; harmless self
void f16(SQLite::Database& self) { [[maybe_unused]] auto&& r = self.getExtendedErrorCode(); }
//= self : sqlitecpp.database reference parameter; havoc #0; harmless self
void f17(SQLite::Database& self) { [[maybe_unused]] auto&& r = self.getErrorMsg(); }
//= self : sqlitecpp.database reference parameter; havoc #0; harmless self
void f18(SQLite::Database& self) { [[maybe_unused]] auto&& r = self.getFilename(); }
//= self : sqlitecpp.database reference parameter; harmless self
void f19(SQLite::Database& self) { [[maybe_unused]] auto&& r = self.getHandle(); }
//= self : sqlitecpp.database reference parameter; havoc #0; harmless self
void f20(SQLite::Database& self) { [[maybe_unused]] auto&& r = self.getHeaderInfo(); }
//= self : sqlitecpp.database reference parameter; harmless self
void f21(SQLite::Database& self, T_<const int> a0) { self.check(a0); }
//= self : sqlitecpp.database reference parameter; harmless self
void f22(SQLite::Database& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = SQLite::Database::isUnencrypted(a0); }
//= self : sqlitecpp.database reference parameter; call throws?; havoc #0
void f23(SQLite::Transaction* self) { sink(self); }
//= self : sqlitecpp.transaction parameter; escape self opaque; call throws
void f24(SQLite::Transaction& self) { self.commit(); }
//= self : sqlitecpp.transaction reference parameter; commit self throws
void f25(SQLite::Savepoint* self) { sink(self); }
//= self : sqlitecpp.savepoint parameter; escape self opaque; call throws
void f26(SQLite::Savepoint& self) { self.release(); }
//= self : sqlitecpp.savepoint reference parameter; commit self throws
void f27(SQLite::Savepoint& self) { self.rollback(); }
//= self : sqlitecpp.savepoint reference parameter; rollback self throws
void f28(SQLite::Statement* self) { sink(self); }
//= self : sqlitecpp.statement parameter; escape self opaque; call throws?
void f29(T_<const SQLite::Database &> a0) { SQLite::Statement self{a0, "COMMIT"}; }
//= a0 : sqlitecpp.database reference parameter; self : sqlitecpp.statement value; make self of a0 derived throws; end self implicit
void f30(SQLite::Statement& self) { [[maybe_unused]] auto&& r = self.executeStep(); }
//= self : sqlitecpp.statement reference parameter; havoc #0; use self throws
void f31(SQLite::Statement& self) { [[maybe_unused]] auto&& r = self.exec(); }
//= self : sqlitecpp.statement reference parameter; havoc #0; use self throws
void f32(SQLite::Statement& self) { self.reset(); }
//= self : sqlitecpp.statement reference parameter; refresh self throws
void f33(SQLite::Statement& self) { [[maybe_unused]] auto&& r = self.tryExecuteStep(); }
//= self : sqlitecpp.statement reference parameter; havoc #0; use self
void f34(SQLite::Statement& self) { [[maybe_unused]] auto&& r = self.tryReset(); }
//= self : sqlitecpp.statement reference parameter; havoc #0; refresh self
void f35(SQLite::Statement& self, T_<const int> a0) { [[maybe_unused]] auto&& r = self.getColumn(a0); }
//= self : sqlitecpp.statement reference parameter; r : sqlitecpp.column shared; make r of self derived throws; end r implicit
void f37(SQLite::Statement& self, T_<const int> a0) { [[maybe_unused]] auto&& r = self.isColumnNull(a0); }
//= self : sqlitecpp.statement reference parameter; havoc #0; use self read throws
void f38(SQLite::Statement& self, T_<const int> a0) { [[maybe_unused]] auto&& r = self.getColumnName(a0); }
//= self : sqlitecpp.statement reference parameter; havoc #0; use self read throws
void f39(SQLite::Statement& self, T_<const char *> a0) { [[maybe_unused]] auto&& r = self.getColumnIndex(a0); }
//= self : sqlitecpp.statement reference parameter; havoc #0; use self read throws
void f40(SQLite::Statement& self) { self.clearBindings(); }
//= self : sqlitecpp.statement reference parameter; use self throws
void f41(SQLite::Statement& self, T_<const int> a0) { self.bind(a0); }
//= self : sqlitecpp.statement reference parameter; use self throws
void f42(SQLite::Statement& self, T_<const int> a0, T_<const std::basic_string<char> &> a1) { self.bindNoCopy(a0, a1); }
//= self : sqlitecpp.statement reference parameter; use self throws
void f43(SQLite::Statement& self, T_<const char *const> a0) { [[maybe_unused]] auto&& r = self.getIndex(a0); }
//= self : sqlitecpp.statement reference parameter; havoc #0; harmless self
void f44(SQLite::Statement& self, T_<const int> a0) { [[maybe_unused]] auto&& r = self.getColumnDeclaredType(a0); }
//= self : sqlitecpp.statement reference parameter; havoc #0; harmless self
void f45(SQLite::Statement& self) { [[maybe_unused]] auto&& r = self.getChanges(); }
//= self : sqlitecpp.statement reference parameter; havoc #0; harmless self
void f46(SQLite::Statement& self) { [[maybe_unused]] auto&& r = self.getQuery(); }
//= self : sqlitecpp.statement reference parameter; harmless self
void f47(SQLite::Statement& self) { [[maybe_unused]] auto&& r = self.getExpandedSQL(); }
//= self : sqlitecpp.statement reference parameter; harmless self
void f48(SQLite::Statement& self) { [[maybe_unused]] auto&& r = self.getColumnCount(); }
//= self : sqlitecpp.statement reference parameter; havoc #0; harmless self
void f49(SQLite::Statement& self) { [[maybe_unused]] auto&& r = self.hasRow(); }
//= self : sqlitecpp.statement reference parameter; havoc #0; harmless self
void f50(SQLite::Statement& self) { [[maybe_unused]] auto&& r = self.isDone(); }
//= self : sqlitecpp.statement reference parameter; havoc #0; harmless self
void f51(SQLite::Statement& self) { [[maybe_unused]] auto&& r = self.getBindParameterCount(); }
//= self : sqlitecpp.statement reference parameter; havoc #0; harmless self
void f52(SQLite::Statement& self) { [[maybe_unused]] auto&& r = self.getErrorCode(); }
//= self : sqlitecpp.statement reference parameter; havoc #0; harmless self
void f53(SQLite::Statement& self) { [[maybe_unused]] auto&& r = self.getExtendedErrorCode(); }
//= self : sqlitecpp.statement reference parameter; havoc #0; harmless self
void f54(SQLite::Statement& self) { [[maybe_unused]] auto&& r = self.getErrorMsg(); }
//= self : sqlitecpp.statement reference parameter; havoc #0; harmless self
void f55(SQLite::Column* self) { sink(self); }
//= self : sqlitecpp.column parameter; escape self opaque; call throws?
void f56(SQLite::Column& self) { [[maybe_unused]] auto&& r = self.getName(); }
//= self : sqlitecpp.column reference parameter; havoc #0; use self read
void f57(SQLite::Column& self) { [[maybe_unused]] auto&& r = self.getInt(); }
//= self : sqlitecpp.column reference parameter; havoc #0; use self read
void f58(SQLite::Column& self) { [[maybe_unused]] auto&& r = self.getUInt(); }
//= self : sqlitecpp.column reference parameter; havoc #0; use self read
void f59(SQLite::Column& self) { [[maybe_unused]] auto&& r = self.getInt64(); }
//= self : sqlitecpp.column reference parameter; havoc #0; use self read
void f60(SQLite::Column& self) { [[maybe_unused]] auto&& r = self.getDouble(); }
//= self : sqlitecpp.column reference parameter; use self read
void f61(SQLite::Column& self) { [[maybe_unused]] auto&& r = self.getString(); }
//= self : sqlitecpp.column reference parameter; use self read
void f62(SQLite::Column& self) { [[maybe_unused]] auto&& r = self.getText(); }
//= self : sqlitecpp.column reference parameter; self.getText() : sqlitecpp.text temporary; havoc #0; use self read; make self.getText() of self derived
void f63(SQLite::Column& self) { [[maybe_unused]] auto&& r = self.getBlob(); }
//= self : sqlitecpp.column reference parameter; self.getBlob() : sqlitecpp.text temporary; havoc #0; use self read; make self.getBlob() of self derived
void f64(SQLite::Column& self) { [[maybe_unused]] auto&& r = self.getType(); }
//= self : sqlitecpp.column reference parameter; havoc #0; use self read
void f65(SQLite::Column& self) { [[maybe_unused]] auto&& r = self.isInteger(); }
//= self : sqlitecpp.column reference parameter; havoc #0; use self read
void f66(SQLite::Column& self) { [[maybe_unused]] auto&& r = self.isFloat(); }
//= self : sqlitecpp.column reference parameter; havoc #0; use self read
void f67(SQLite::Column& self) { [[maybe_unused]] auto&& r = self.isText(); }
//= self : sqlitecpp.column reference parameter; havoc #0; use self read
void f68(SQLite::Column& self) { [[maybe_unused]] auto&& r = self.isBlob(); }
//= self : sqlitecpp.column reference parameter; havoc #0; use self read
void f69(SQLite::Column& self) { [[maybe_unused]] auto&& r = self.isNull(); }
//= self : sqlitecpp.column reference parameter; havoc #0; use self read
void f70(SQLite::Column& self) { [[maybe_unused]] auto&& r = self.getBytes(); }
//= self : sqlitecpp.column reference parameter; havoc #0; use self read
void f71(SQLite::Column& self) { [[maybe_unused]] auto&& r = self.size(); }
//= self : sqlitecpp.column reference parameter; havoc #0; use self read
void f72(SQLite::Backup* self) { sink(self); }
//= self : sqlitecpp.backup parameter; escape self opaque; call throws?
void f73(SQLite::Backup& self) { [[maybe_unused]] auto&& r = self.executeStep(); }
//= self : sqlitecpp.backup reference parameter; havoc #0; use self write throws
void f74(SQLite::Backup& self) { [[maybe_unused]] auto&& r = self.getRemainingPageCount(); }
//= self : sqlitecpp.backup reference parameter; havoc #0; harmless self
void f75(SQLite::Backup& self) { [[maybe_unused]] auto&& r = self.getTotalPageCount(); }
//= self : sqlitecpp.backup reference parameter; havoc #0; harmless self

// Written by hand: what is prepared, and a template.
void f201(SQLite::Database& a0) { SQLite::Statement self{a0, "INSERT INTO t VALUES (1)"}; }
//= a0 : sqlitecpp.database reference parameter; self : sqlitecpp.statement value; make self of a0 derived write throws; end self implicit
struct Row { explicit Row(int n); };
void f202(SQLite::Statement& self) { [[maybe_unused]] auto&& r = self.getColumns<Row, 1>(); }
//= self : sqlitecpp.statement reference parameter; use self read throws
