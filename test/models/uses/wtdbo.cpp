// What the model of this library is used for, one function per line of it (../ModelTests.cpp).
#include <wtdbo.h>
template <class T> using T_ = T;
template <class T> void sink(T*);

void f1(Wt::Dbo::Session* self) { sink(self); }
//= self : wtdbo.session parameter; escape self opaque; call throws
void f2() { Wt::Dbo::Session self; }
//= self : wtdbo.session value; make self throws?; end self implicit
void f3(Wt::Dbo::Session& self) { self.setConnection(); }
//= self : wtdbo.session reference parameter; harmless self
void f4(Wt::Dbo::Session& self) { self.setConnectionPool(); }
//= self : wtdbo.session reference parameter; harmless self
void f5(Wt::Dbo::Session& self) { self.mapClass(); }
//= self : wtdbo.session reference parameter; harmless self
void f6(Wt::Dbo::Session& self) { self.add(); }
//= self : wtdbo.session reference parameter; use self write throws
void f7(Wt::Dbo::Session& self) { self.addNew(); }
//= self : wtdbo.session reference parameter; use self write throws
void f8(Wt::Dbo::Session& self) { self.createTables(); }
//= self : wtdbo.session reference parameter; use self write throws
void f9(Wt::Dbo::Session& self) { self.dropTables(); }
//= self : wtdbo.session reference parameter; use self write throws
void f10(Wt::Dbo::Session& self) { self.execute("COMMIT"); }
//= self : wtdbo.session reference parameter; commit self throws
void f11(Wt::Dbo::Session& self) { self.find(); }
//= self : wtdbo.session reference parameter; use self read throws
void f12(Wt::Dbo::Session& self) { self.load(); }
//= self : wtdbo.session reference parameter; use self read throws
void f13(Wt::Dbo::Session& self) { self.loadWithNaturalId(); }
//= self : wtdbo.session reference parameter; use self read throws
void f14(Wt::Dbo::Session& self) { self.query(); }
//= self : wtdbo.session reference parameter; use self read throws
void f15(Wt::Dbo::Session& self) { self.flush(); }
//= self : wtdbo.session reference parameter; flush self throws
void f16(Wt::Dbo::Session& self) { self.rereadAll(); }
//= self : wtdbo.session reference parameter; use self throws
void f17(Wt::Dbo::Session& self) { self.discardUnflushed(); }
//= self : wtdbo.session reference parameter; use self throws
void f18(Wt::Dbo::Session& self) { self.tableName(); }
//= self : wtdbo.session reference parameter; harmless self
void f19(Wt::Dbo::Session& self) { self.flushMode(); }
//= self : wtdbo.session reference parameter; harmless self
void f20(Wt::Dbo::Session& self) { self.setFlushMode(); }
//= self : wtdbo.session reference parameter; harmless self
void f21(Wt::Dbo::Session& self) { self.tableCreationSql(); }
//= self : wtdbo.session reference parameter; harmless self
void f22(Wt::Dbo::Transaction* self) { sink(self); }
//= self : wtdbo.transaction parameter; escape self opaque; call throws
void f23(Wt::Dbo::Transaction& self) { self.commit(); }
//= self : wtdbo.transaction reference parameter; commit self throws
void f24(Wt::Dbo::Transaction& self) { self.rollback(); }
//= self : wtdbo.transaction reference parameter; rollback self throws
void f25(Wt::Dbo::Transaction& self) { self.isActive(); }
//= self : wtdbo.transaction reference parameter; harmless self
void f26(Wt::Dbo::Transaction& self) { self.session(); }
//= self : wtdbo.transaction reference parameter; harmless self
void f27(Wt::Dbo::Transaction& self) { self.connection(); }
//= self : wtdbo.transaction reference parameter; use self throws
void f28(Wt::Dbo::SqlConnectionPool* self) { sink(self); }
//= self : wtdbo.pool parameter; escape self opaque; call throws?
void f29(Wt::Dbo::FixedSqlConnectionPool* self) { sink(self); }
//= self : wtdbo.pool parameter; escape self opaque; call throws?
void f30(Wt::Dbo::SqlConnectionPool& self) { [[maybe_unused]] auto&& r = self.getConnection(); }
//= self : wtdbo.pool reference parameter; r : wtdbo.connection value; make r of self leased throws; end r implicit
void f31(Wt::Dbo::SqlConnectionPool& self, T_<Wt::Dbo::Session *> a0) { self.returnConnection(a0); }
//= self : wtdbo.pool reference parameter; a0 : wtdbo.session parameter; giveback a0 on self
void f32(Wt::Dbo::SqlConnectionPool& self) { self.prepareForDropTables(); }
//= self : wtdbo.pool reference parameter; use self throws
void f33(Wt::Dbo::SqlConnection* self) { sink(self); }
//= self : wtdbo.connection parameter; escape self opaque; call throws
void f34(Wt::Dbo::SqlConnection& self) { self.executeSql("COMMIT"); }
//= self : wtdbo.connection reference parameter; commit self throws
void f35(Wt::Dbo::SqlConnection& self) { self.startTransaction(); }
//= self : wtdbo.connection reference parameter; begin self throws
void f36(Wt::Dbo::SqlConnection& self) { self.commitTransaction(); }
//= self : wtdbo.connection reference parameter; commit self throws
void f37(Wt::Dbo::SqlConnection& self) { self.rollbackTransaction(); }
//= self : wtdbo.connection reference parameter; rollback self throws
void f38(Wt::Dbo::SqlConnection& self) { [[maybe_unused]] auto&& r = self.prepareStatement("COMMIT"); }
//= self : wtdbo.connection reference parameter; r : wtdbo.statement value; make r of self derived throws; end r implicit
void f39(Wt::Dbo::SqlConnection& self) { self.setProperty(); }
//= self : wtdbo.connection reference parameter; harmless self
void f40(Wt::Dbo::SqlConnection& self) { self.property(); }
//= self : wtdbo.connection reference parameter; harmless self
void f41(Wt::Dbo::SqlConnection& self) { self.showQueries(); }
//= self : wtdbo.connection reference parameter; harmless self
void f42(Wt::Dbo::SqlStatement* self) { sink(self); }
//= self : wtdbo.statement parameter; escape self opaque; call throws?
void f43(Wt::Dbo::SqlStatement& self) { self.execute(); }
//= self : wtdbo.statement reference parameter; use self throws
void f44(Wt::Dbo::SqlStatement& self) { self.bind(); }
//= self : wtdbo.statement reference parameter; use self throws
void f45(Wt::Dbo::SqlStatement& self) { self.bindNull(); }
//= self : wtdbo.statement reference parameter; use self throws
void f46(Wt::Dbo::SqlStatement& self) { self.reset(); }
//= self : wtdbo.statement reference parameter; use self throws
void f47(Wt::Dbo::SqlStatement& self) { self.nextRow(); }
//= self : wtdbo.statement reference parameter; use self read throws
void f48(Wt::Dbo::SqlStatement& self) { self.getResult(); }
//= self : wtdbo.statement reference parameter; use self read throws
void f49(Wt::Dbo::SqlStatement& self) { self.affectedRowCount(); }
//= self : wtdbo.statement reference parameter; use self read throws
void f50(Wt::Dbo::SqlStatement& self) { self.insertedId(); }
//= self : wtdbo.statement reference parameter; use self read throws
void f51(Wt::Dbo::SqlStatement& self) { self.sql(); }
//= self : wtdbo.statement reference parameter; harmless self
void f52(Wt::Dbo::SqlStatement& self) { self.done(); }
//= self : wtdbo.statement reference parameter; harmless self
void f53(Wt::Dbo::SqlStatement& self) { self.use(); }
//= self : wtdbo.statement reference parameter; harmless self
void f54(Wt::Dbo::SqlStatement& self) { self.columnCount(); }
//= self : wtdbo.statement reference parameter; harmless self
void f55(Wt::Dbo::ptr* self) { sink(self); }
//= self : wtdbo.pointer parameter; escape self opaque; call throws?
void f56(Wt::Dbo::collection* self) { sink(self); }
//= self : wtdbo.pointer parameter; escape self opaque; call throws?
void f57() { Wt::Dbo::ptr self; }
//= self : wtdbo.pointer shared; make self throws?; end self implicit
void f58(Wt::Dbo::ptr& self) { [[maybe_unused]] auto&& r = self.operator->(); }
//= self : wtdbo.pointer reference parameter; havoc #0; use self read throws
void f59(Wt::Dbo::ptr& self) { *self; }
//= self : wtdbo.pointer reference parameter; use self read throws
void f60(Wt::Dbo::ptr& self) { self.begin(); }
//= self : wtdbo.pointer reference parameter; use self read throws
void f61(Wt::Dbo::ptr& self) { self.size(); }
//= self : wtdbo.pointer reference parameter; use self read throws
void f62(Wt::Dbo::ptr& self) { self.front(); }
//= self : wtdbo.pointer reference parameter; use self read throws
void f63(Wt::Dbo::ptr& self) { self.resultList(); }
//= self : wtdbo.pointer reference parameter; use self read throws
void f64(Wt::Dbo::ptr& self) { self.modify(); }
//= self : wtdbo.pointer reference parameter; use self write throws
void f65(Wt::Dbo::ptr& self) { self.remove(); }
//= self : wtdbo.pointer reference parameter; use self write throws
void f66(Wt::Dbo::ptr& self) { self.insert(); }
//= self : wtdbo.pointer reference parameter; use self write throws
void f67(Wt::Dbo::ptr& self) { self.erase(); }
//= self : wtdbo.pointer reference parameter; use self write throws
void f68(Wt::Dbo::ptr& self) { self.clear(); }
//= self : wtdbo.pointer reference parameter; use self write throws
void f69(Wt::Dbo::ptr& self) { self.flush(); }
//= self : wtdbo.pointer reference parameter; flush self throws
void f70(Wt::Dbo::ptr& self) { self.purge(); }
//= self : wtdbo.pointer reference parameter; use self throws
void f71(Wt::Dbo::ptr& self) { self.reread(); }
//= self : wtdbo.pointer reference parameter; use self throws
void f72(Wt::Dbo::ptr& self) { self.get(); }
//= self : wtdbo.pointer reference parameter; harmless self
void f73(Wt::Dbo::ptr& self) { self.id(); }
//= self : wtdbo.pointer reference parameter; harmless self
void f74(Wt::Dbo::ptr& self) { self.version(); }
//= self : wtdbo.pointer reference parameter; harmless self
void f75(Wt::Dbo::ptr& self) { self.isTransient(); }
//= self : wtdbo.pointer reference parameter; harmless self
void f76(Wt::Dbo::ptr& self) { self.isDirty(); }
//= self : wtdbo.pointer reference parameter; harmless self
void f77(Wt::Dbo::ptr& self) { self.session(); }
//= self : wtdbo.pointer reference parameter; harmless self
void f78(Wt::Dbo::ptr& self) { self.end(); }
//= self : wtdbo.pointer reference parameter; harmless self
void f79(Wt::Dbo::ptr& self) { self.empty(); }
//= self : wtdbo.pointer reference parameter; harmless self
void f80(Wt::Dbo::ptr& self) { self.reset(); }
//= self : wtdbo.pointer reference parameter; harmless self
