// What the model of this library is used for, one function per line of it (../ModelTests.cpp).
#include <wtdbo.h>
template <class T> void sink(T*);
struct Row { int id; };
void f1(Wt::Dbo::Session* self) { sink(self); }
//= self : wtdbo.session parameter; escape self opaque; call throws
void f2(Wt::Dbo::Transaction* self) { sink(self); }
//= self : wtdbo.transaction parameter; escape self opaque; call throws
void f3(Wt::Dbo::SqlConnectionPool* self) { sink(self); }
//= self : wtdbo.pool parameter; escape self opaque; call throws?
void f4(Wt::Dbo::FixedSqlConnectionPool* self) { sink(self); }
//= self : wtdbo.pool parameter; escape self opaque; call throws?
void f5(Wt::Dbo::SqlConnection* self) { sink(self); }
//= self : wtdbo.connection parameter; escape self opaque; call throws
void f6(Wt::Dbo::SqlStatement* self) { sink(self); }
//= self : wtdbo.statement parameter; escape self opaque; call throws?
void f7(Wt::Dbo::ptr<Row>* self) { sink(self); }
//= self : wtdbo.pointer parameter; escape self opaque; call throws?
void f8(Wt::Dbo::collection<Wt::Dbo::ptr<Row>>* self) { sink(self); }
//= self : wtdbo.pointer parameter; escape self opaque; call throws?
void f9() { Wt::Dbo::Session self; }
//= self : wtdbo.session value; make self throws?; end self implicit
void f10(Wt::Dbo::Session& self, std::unique_ptr<Wt::Dbo::SqlConnection>& c) { self.setConnection(std::move(c)); }
//= self : wtdbo.session reference parameter; c : wtdbo.connection reference parameter; std::move(c) : wtdbo.connection owner temporary; move std::move(c) from c; harmless self; end std::move(c) implicit
void f11(Wt::Dbo::Session& self, Wt::Dbo::SqlConnectionPool& pool) { self.setConnectionPool(pool); }
//= self : wtdbo.session reference parameter; pool : wtdbo.pool reference parameter; harmless self
void f12(Wt::Dbo::Session& self) { self.mapClass<Row>("row"); }
//= self : wtdbo.session reference parameter; harmless self
void f13(Wt::Dbo::Session& self) { self.add(std::make_unique<Row>()); }
//= self : wtdbo.session reference parameter; call throws?; use self write throws
void f14(Wt::Dbo::Session& self) { self.addNew<Row>(); }
//= self : wtdbo.session reference parameter; use self write throws
void f15(Wt::Dbo::Session& self) { self.createTables(); }
//= self : wtdbo.session reference parameter; use self write throws
void f16(Wt::Dbo::Session& self) { self.dropTables(); }
//= self : wtdbo.session reference parameter; use self write throws
void f17(Wt::Dbo::Session& self) { self.execute("DELETE FROM a"); }
//= self : wtdbo.session reference parameter; use self write throws
void f18(Wt::Dbo::Session& self) { self.find<Row>(); }
//= self : wtdbo.session reference parameter; use self read throws
void f19(Wt::Dbo::Session& self) { self.load<Row>(1); }
//= self : wtdbo.session reference parameter; use self read throws
void f20(Wt::Dbo::Session& self) { self.loadLazy<Row>(1); }
//= self : wtdbo.session reference parameter; harmless self
void f21(Wt::Dbo::Session& self) { self.query<int>("SELECT 1"); }
//= self : wtdbo.session reference parameter; use self read throws
void f22(Wt::Dbo::Session& self) { self.flush(); }
//= self : wtdbo.session reference parameter; flush self throws
void f23(Wt::Dbo::Session& self) { self.rereadAll(); }
//= self : wtdbo.session reference parameter; use self throws
void f24(Wt::Dbo::Session& self) { self.discardUnflushed(); }
//= self : wtdbo.session reference parameter; use self throws
void f25(Wt::Dbo::Session& self) { self.tableName<Row>(); }
//= self : wtdbo.session reference parameter; harmless self
void f26(Wt::Dbo::Session& self) { self.flushMode(); }
//= self : wtdbo.session reference parameter; harmless self
void f27(Wt::Dbo::Session& self) { self.setFlushMode(Wt::Dbo::FlushMode::Manual); }
//= self : wtdbo.session reference parameter; flush self throws
void f28(Wt::Dbo::Session& self) { self.tableCreationSql(); }
//= self : wtdbo.session reference parameter; harmless self
void f29(Wt::Dbo::Session& on) { Wt::Dbo::Transaction self(on); }
//= `on` : wtdbo.session reference parameter; self : wtdbo.transaction value; make self of `on` throws; begin self on `on` implicit; end self implicit
void f30(Wt::Dbo::Session& on) { Wt::Dbo::Transaction self(on); self.commit(); }
//= `on` : wtdbo.session reference parameter; self : wtdbo.transaction value; make self of `on` throws; begin self on `on` implicit; end self implicit; commit self throws; end self implicit
void f31(Wt::Dbo::Session& on) { Wt::Dbo::Transaction self{on}; self.rollback(); }
//= `on` : wtdbo.session reference parameter; self : wtdbo.transaction value; make self of `on` throws; begin self on `on` implicit; end self implicit; rollback self throws; end self implicit
void f32(Wt::Dbo::Transaction& self) { self.commit(); }
//= self : wtdbo.transaction reference parameter; commit self throws
void f33(Wt::Dbo::Transaction& self) { self.rollback(); }
//= self : wtdbo.transaction reference parameter; rollback self throws
void f34(Wt::Dbo::Transaction& self) { self.isActive(); }
//= self : wtdbo.transaction reference parameter; harmless self
void f35(Wt::Dbo::Transaction& self) { self.session(); }
//= self : wtdbo.transaction reference parameter; harmless self
void f36(Wt::Dbo::Transaction& self) { self.connection(); }
//= self : wtdbo.transaction reference parameter; use self throws
void f37(Wt::Dbo::SqlConnectionPool& self) { auto c = self.getConnection(); }
//= self : wtdbo.pool reference parameter; c : wtdbo.connection owner; make c of self leased throws; end c implicit
void f38(Wt::Dbo::FixedSqlConnectionPool& self) { auto c = self.getConnection(); self.returnConnection(std::move(c)); }
//= self : wtdbo.pool reference parameter; c : wtdbo.connection owner; std::move(c) : wtdbo.connection owner temporary; make c of self leased throws; move std::move(c) from c; giveback std::move(c) on self; end std::move(c) implicit; end c implicit
void f39(Wt::Dbo::SqlConnectionPool& self) { self.prepareForDropTables(); }
//= self : wtdbo.pool reference parameter; use self throws
void f40() { Wt::Dbo::backend::Sqlite3 self("a.db"); }
//= self : wtdbo.connection value; make self throws; end self implicit
void f41() { std::unique_ptr<Wt::Dbo::SqlConnection> self = std::make_unique<Wt::Dbo::backend::Sqlite3>("a.db"); }
//= self : wtdbo.connection owner; `std::make_unique<Wt::Dbo::backend::Sqlite3>("a.db")` : wtdbo.connection owner temporary; make `std::make_unique<Wt::Dbo::backend::Sqlite3>("a.db")` throws; move self from `std::make_unique<Wt::Dbo::backend::Sqlite3>("a.db")`; end `std::make_unique<Wt::Dbo::backend::Sqlite3>("a.db")` implicit; end self implicit
void f42(Wt::Dbo::SqlConnection& self) { self.executeSql("BEGIN"); }
//= self : wtdbo.connection reference parameter; begin self throws
void f43(Wt::Dbo::SqlConnection& self) { self.executeSqlStateful("SET a = 1"); }
//= self : wtdbo.connection reference parameter; use self throws setup
void f44(Wt::Dbo::SqlConnection& self) { self.startTransaction(); }
//= self : wtdbo.connection reference parameter; begin self throws
void f45(Wt::Dbo::SqlConnection& self) { self.commitTransaction(); }
//= self : wtdbo.connection reference parameter; commit self throws
void f46(Wt::Dbo::SqlConnection& self) { self.rollbackTransaction(); }
//= self : wtdbo.connection reference parameter; rollback self throws
void f47(Wt::Dbo::SqlConnection& self) { self.getStatement("a"); }
//= self : wtdbo.connection reference parameter; use self throws
void f48(Wt::Dbo::SqlConnection& self) { self.saveStatement("a", nullptr); }
//= self : wtdbo.connection reference parameter; nullptr : wtdbo.statement owner temporary; null nullptr; use self throws; end nullptr implicit; end nullptr implicit
void f49(Wt::Dbo::SqlConnection& self) { self.setProperty("a", "b"); }
//= self : wtdbo.connection reference parameter; harmless self
void f50(Wt::Dbo::SqlConnection& self) { self.property("a"); }
//= self : wtdbo.connection reference parameter; harmless self
void f51(Wt::Dbo::SqlConnection& self) { self.showQueries(); }
//= self : wtdbo.connection reference parameter; harmless self
void f52(Wt::Dbo::SqlConnection& self) { auto statement = self.prepareStatement("SELECT 1"); }
//= self : wtdbo.connection reference parameter; statement : wtdbo.statement owner; make statement of self derived read throws; end statement implicit
void f53(Wt::Dbo::SqlStatement& self) { self.execute(); }
//= self : wtdbo.statement reference parameter; use self throws
void f54(Wt::Dbo::SqlStatement& self) { self.bind(0, 1); }
//= self : wtdbo.statement reference parameter; use self throws
void f55(Wt::Dbo::SqlStatement& self) { self.bindNull(0); }
//= self : wtdbo.statement reference parameter; use self throws
void f56(Wt::Dbo::SqlStatement& self) { self.reset(); }
//= self : wtdbo.statement reference parameter; use self throws
void f57(Wt::Dbo::SqlStatement& self) { self.nextRow(); }
//= self : wtdbo.statement reference parameter; use self read throws
void f58(Wt::Dbo::SqlStatement& self) { self.getResult(0, nullptr); }
//= self : wtdbo.statement reference parameter; use self read throws
void f59(Wt::Dbo::SqlStatement& self) { self.affectedRowCount(); }
//= self : wtdbo.statement reference parameter; use self read throws
void f60(Wt::Dbo::SqlStatement& self) { self.insertedId(); }
//= self : wtdbo.statement reference parameter; use self read throws
void f61(Wt::Dbo::SqlStatement& self) { self.sql(); }
//= self : wtdbo.statement reference parameter; harmless self
void f62(Wt::Dbo::SqlStatement& self) { self.done(); }
//= self : wtdbo.statement reference parameter; harmless self
void f63(Wt::Dbo::SqlStatement& self) { self.use(); }
//= self : wtdbo.statement reference parameter; harmless self
void f64(Wt::Dbo::SqlStatement& self) { self.columnCount(); }
//= self : wtdbo.statement reference parameter; harmless self
void f65() { Wt::Dbo::ptr<Row> self; }
//= self : wtdbo.pointer shared; make self throws?; end self implicit
void f66(Wt::Dbo::ptr<Row>& self) { self->id; }
//= self : wtdbo.pointer reference parameter; havoc #0; use self read throws
void f67(Wt::Dbo::ptr<Row>& self) { self.modify(); }
//= self : wtdbo.pointer reference parameter; use self write throws
void f68(Wt::Dbo::ptr<Row>& self) { self.remove(); }
//= self : wtdbo.pointer reference parameter; use self write throws
void f69(Wt::Dbo::ptr<Row>& self) { self.flush(); }
//= self : wtdbo.pointer reference parameter; flush self throws
void f70(Wt::Dbo::ptr<Row>& self) { self.purge(); }
//= self : wtdbo.pointer reference parameter; use self throws
void f71(Wt::Dbo::ptr<Row>& self) { self.reread(); }
//= self : wtdbo.pointer reference parameter; use self throws
void f72(Wt::Dbo::ptr<Row>& self) { self.get(); }
//= self : wtdbo.pointer reference parameter; harmless self
void f73(Wt::Dbo::ptr<Row>& self) { self.id(); }
//= self : wtdbo.pointer reference parameter; harmless self
void f74(Wt::Dbo::ptr<Row>& self) { self.version(); }
//= self : wtdbo.pointer reference parameter; harmless self
void f75(Wt::Dbo::ptr<Row>& self) { self.isTransient(); }
//= self : wtdbo.pointer reference parameter; harmless self
void f76(Wt::Dbo::ptr<Row>& self) { self.isDirty(); }
//= self : wtdbo.pointer reference parameter; harmless self
void f77(Wt::Dbo::ptr<Row>& self) { self.session(); }
//= self : wtdbo.pointer reference parameter; harmless self
void f78(Wt::Dbo::ptr<Row>& self) { self.reset(); }
//= self : wtdbo.pointer reference parameter; harmless self
void f79(Wt::Dbo::ptr<Row>& self) { (*self).id; }
//= self : wtdbo.pointer reference parameter; use self read throws
void f80(Wt::Dbo::collection<Wt::Dbo::ptr<Row>>& self) { self.begin(); }
//= self : wtdbo.pointer reference parameter; use self read throws
void f81(Wt::Dbo::collection<Wt::Dbo::ptr<Row>>& self) { self.size(); }
//= self : wtdbo.pointer reference parameter; use self read throws
void f82(Wt::Dbo::collection<Wt::Dbo::ptr<Row>>& self) { self.front(); }
//= self : wtdbo.pointer reference parameter; use self read throws
void f83(Wt::Dbo::collection<Wt::Dbo::ptr<Row>>& self) { self.insert({}); }
//= self : wtdbo.pointer reference parameter; `{}` : wtdbo.pointer shared temporary; make `{}` throws?; end `{}` implicit; use self write throws; end `{}` implicit
void f84(Wt::Dbo::collection<Wt::Dbo::ptr<Row>>& self) { self.erase({}); }
//= self : wtdbo.pointer reference parameter; `{}` : wtdbo.pointer shared temporary; make `{}` throws?; end `{}` implicit; use self write throws; end `{}` implicit
void f85(Wt::Dbo::collection<Wt::Dbo::ptr<Row>>& self) { self.clear(); }
//= self : wtdbo.pointer reference parameter; use self write throws
void f86(Wt::Dbo::collection<Wt::Dbo::ptr<Row>>& self) { self.end(); }
//= self : wtdbo.pointer reference parameter; harmless self
void f87(Wt::Dbo::collection<Wt::Dbo::ptr<Row>>& self) { self.empty(); }
//= self : wtdbo.pointer reference parameter; harmless self
void f88() { Wt::Dbo::collection<Wt::Dbo::ptr<Row>> self; }
//= self : wtdbo.pointer shared; make self throws?; end self implicit
