// What the model of this library is used for, one function per line of it (../ModelTests.cpp).
#include <mysqlx.h>
template <class T> using T_ = T;
template <class T> void sink(T*);

void f1(mysqlx::Session* self) { sink(self); }
//= self : mysqlx.session parameter; escape self opaque; call throws
void f2(mysqlx::Session& self) { self.close(); }
//= self : mysqlx.session reference parameter; close self
void f3(mysqlx::Session& self) { self.startTransaction(); }
//= self : mysqlx.session reference parameter; begin self throws
void f4(mysqlx::Session& self) { self.commit(); }
//= self : mysqlx.session reference parameter; commit self throws
void f5(mysqlx::Session& self) { self.rollback(); }
//= self : mysqlx.session reference parameter; rollback self throws
void f6(mysqlx::Session& self) { self.setSavepoint(); }
//= self : mysqlx.session reference parameter; savepoint self throws
void f7(mysqlx::Session& self) { self.releaseSavepoint(); }
//= self : mysqlx.session reference parameter; release-savepoint self throws
void f8(mysqlx::Session& self) { self.rollbackTo(); }
//= self : mysqlx.session reference parameter; rollback-to-savepoint self throws
void f9(mysqlx::Session& self) { [[maybe_unused]] auto&& r = self.sql("COMMIT"); }
//= self : mysqlx.session reference parameter; r : mysqlx.statement value; make r of self derived throws; end r implicit
void f10(mysqlx::Session& self) { [[maybe_unused]] auto&& r = self.getSchema(); }
//= self : mysqlx.session reference parameter; r : mysqlx.schema shared; make r of self derived throws; end r implicit
void f11(mysqlx::Session& self) { [[maybe_unused]] auto&& r = self.getDefaultSchema(); }
//= self : mysqlx.session reference parameter; r : mysqlx.schema shared; make r of self derived throws; end r implicit
void f12(mysqlx::Session& self) { [[maybe_unused]] auto&& r = self.createSchema(); }
//= self : mysqlx.session reference parameter; r : mysqlx.schema shared; make r of self derived throws; end r implicit
void f13(mysqlx::Session& self) { self.getSchemas(); }
//= self : mysqlx.session reference parameter; use self read throws
void f14(mysqlx::Session& self) { self.getSchemaNames(); }
//= self : mysqlx.session reference parameter; use self read throws
void f15(mysqlx::Session& self) { self.dropSchema(); }
//= self : mysqlx.session reference parameter; use self write throws
void f16(mysqlx::Session& self) { self.getDefaultSchemaName(); }
//= self : mysqlx.session reference parameter; harmless self
void f17(mysqlx::Client* self) { sink(self); }
//= self : mysqlx.client parameter; escape self opaque; call throws?
void f18(mysqlx::Client& self) { [[maybe_unused]] auto&& r = self.getSession(); }
//= self : mysqlx.client reference parameter; r : mysqlx.session value; make r of self leased throws; end r implicit
void f19(mysqlx::Client& self) { self.close(); }
//= self : mysqlx.client reference parameter; close self
void f20(mysqlx::Schema* self) { sink(self); }
//= self : mysqlx.schema parameter; escape self opaque; call throws?
void f21(mysqlx::Collection* self) { sink(self); }
//= self : mysqlx.schema parameter; escape self opaque; call throws?
void f22(mysqlx::Table* self) { sink(self); }
//= self : mysqlx.schema parameter; escape self opaque; call throws?
void f23(mysqlx::Schema& self) { [[maybe_unused]] auto&& r = self.getTable(); }
//= self : mysqlx.schema reference parameter; r : mysqlx.schema shared; make r of self derived throws; end r implicit
void f24(mysqlx::Schema& self) { [[maybe_unused]] auto&& r = self.getCollection(); }
//= self : mysqlx.schema reference parameter; r : mysqlx.schema shared; make r of self derived throws; end r implicit
void f25(mysqlx::Schema& self) { [[maybe_unused]] auto&& r = self.createCollection(); }
//= self : mysqlx.schema reference parameter; r : mysqlx.schema shared; make r of self derived throws; end r implicit
void f26(mysqlx::Schema& self) { [[maybe_unused]] auto&& r = self.getCollectionAsTable(); }
//= self : mysqlx.schema reference parameter; r : mysqlx.schema shared; make r of self derived throws; end r implicit
void f27(mysqlx::Schema& self) { [[maybe_unused]] auto&& r = self.find(); }
//= self : mysqlx.schema reference parameter; r : mysqlx.statement value; make r of self derived throws; end r implicit
void f28(mysqlx::Schema& self) { [[maybe_unused]] auto&& r = self.select(); }
//= self : mysqlx.schema reference parameter; r : mysqlx.statement value; make r of self derived throws; end r implicit
void f29(mysqlx::Schema& self) { [[maybe_unused]] auto&& r = self.add(); }
//= self : mysqlx.schema reference parameter; r : mysqlx.statement value; make r of self derived throws; end r implicit
void f30(mysqlx::Schema& self) { [[maybe_unused]] auto&& r = self.modify(); }
//= self : mysqlx.schema reference parameter; r : mysqlx.statement value; make r of self derived throws; end r implicit
void f31(mysqlx::Schema& self) { [[maybe_unused]] auto&& r = self.remove(); }
//= self : mysqlx.schema reference parameter; r : mysqlx.statement value; make r of self derived throws; end r implicit
void f32(mysqlx::Schema& self) { [[maybe_unused]] auto&& r = self.insert(); }
//= self : mysqlx.schema reference parameter; r : mysqlx.statement value; make r of self derived throws; end r implicit
void f33(mysqlx::Schema& self) { [[maybe_unused]] auto&& r = self.update(); }
//= self : mysqlx.schema reference parameter; r : mysqlx.statement value; make r of self derived throws; end r implicit
void f34(mysqlx::Schema& self) { self.count(); }
//= self : mysqlx.schema reference parameter; use self read throws
void f35(mysqlx::Schema& self) { self.existsInDatabase(); }
//= self : mysqlx.schema reference parameter; use self read throws
void f36(mysqlx::Schema& self) { self.getTables(); }
//= self : mysqlx.schema reference parameter; use self read throws
void f37(mysqlx::Schema& self) { self.getCollections(); }
//= self : mysqlx.schema reference parameter; use self read throws
void f38(mysqlx::Schema& self) { self.getOne(); }
//= self : mysqlx.schema reference parameter; use self read throws
void f39(mysqlx::Schema& self) { self.addOrReplaceOne(); }
//= self : mysqlx.schema reference parameter; use self write throws
void f40(mysqlx::Schema& self) { self.replaceOne(); }
//= self : mysqlx.schema reference parameter; use self write throws
void f41(mysqlx::Schema& self) { self.removeOne(); }
//= self : mysqlx.schema reference parameter; use self write throws
void f42(mysqlx::Schema& self) { self.dropCollection(); }
//= self : mysqlx.schema reference parameter; use self write throws
void f43(mysqlx::Schema& self) { self.createIndex(); }
//= self : mysqlx.schema reference parameter; use self write throws
void f44(mysqlx::Schema& self) { self.dropIndex(); }
//= self : mysqlx.schema reference parameter; use self write throws
void f45(mysqlx::Schema& self) { self.getName(); }
//= self : mysqlx.schema reference parameter; harmless self
void f46(mysqlx::Schema& self) { self.getSession(); }
//= self : mysqlx.schema reference parameter; harmless self
void f47(mysqlx::Schema& self) { self.getSchema(); }
//= self : mysqlx.schema reference parameter; harmless self
void f48(mysqlx::SqlStatement* self) { sink(self); }
//= self : mysqlx.statement parameter; escape self opaque; call throws?
void f49(mysqlx::CollectionFind* self) { sink(self); }
//= self : mysqlx.statement parameter; escape self opaque; call throws?
void f50(mysqlx::CollectionAdd* self) { sink(self); }
//= self : mysqlx.statement parameter; escape self opaque; call throws?
void f51(mysqlx::CollectionModify* self) { sink(self); }
//= self : mysqlx.statement parameter; escape self opaque; call throws?
void f52(mysqlx::CollectionRemove* self) { sink(self); }
//= self : mysqlx.statement parameter; escape self opaque; call throws?
void f53(mysqlx::TableSelect* self) { sink(self); }
//= self : mysqlx.statement parameter; escape self opaque; call throws?
void f54(mysqlx::TableInsert* self) { sink(self); }
//= self : mysqlx.statement parameter; escape self opaque; call throws?
void f55(mysqlx::TableUpdate* self) { sink(self); }
//= self : mysqlx.statement parameter; escape self opaque; call throws?
void f56(mysqlx::TableRemove* self) { sink(self); }
//= self : mysqlx.statement parameter; escape self opaque; call throws?
void f57(mysqlx::SqlStatement& self) { self.execute(); }
//= self : mysqlx.statement reference parameter; use self throws
void f58(mysqlx::SqlStatement& self) { self.bind(); }
//= self : mysqlx.statement reference parameter; harmless self
void f59(mysqlx::SqlStatement& self) { self.where(); }
//= self : mysqlx.statement reference parameter; harmless self
void f60(mysqlx::SqlStatement& self) { self.limit(); }
//= self : mysqlx.statement reference parameter; harmless self
void f61(mysqlx::SqlStatement& self) { self.offset(); }
//= self : mysqlx.statement reference parameter; harmless self
void f62(mysqlx::SqlStatement& self) { self.orderBy(); }
//= self : mysqlx.statement reference parameter; harmless self
void f63(mysqlx::SqlStatement& self) { self.sort(); }
//= self : mysqlx.statement reference parameter; harmless self
void f64(mysqlx::SqlStatement& self) { self.values(); }
//= self : mysqlx.statement reference parameter; harmless self
void f65(mysqlx::SqlStatement& self) { self.set(); }
//= self : mysqlx.statement reference parameter; harmless self
void f66(mysqlx::SqlStatement& self) { self.fields(); }
//= self : mysqlx.statement reference parameter; harmless self
void f67(mysqlx::SqlStatement& self) { self.having(); }
//= self : mysqlx.statement reference parameter; harmless self
void f68(mysqlx::SqlStatement& self) { self.groupBy(); }
//= self : mysqlx.statement reference parameter; harmless self
void f69(mysqlx::SqlStatement& self) { self.add(); }
//= self : mysqlx.statement reference parameter; harmless self
void f70(mysqlx::SqlStatement& self) { self.unset(); }
//= self : mysqlx.statement reference parameter; harmless self
void f71(mysqlx::SqlStatement& self) { self.lockExclusive(); }
//= self : mysqlx.statement reference parameter; harmless self
void f72(mysqlx::SqlStatement& self) { self.lockShared(); }
//= self : mysqlx.statement reference parameter; harmless self
void f73(mysqlx::RowResult* self) { sink(self); }
//= self : mysqlx.result parameter; escape self opaque; call throws?
void f74(mysqlx::SqlResult* self) { sink(self); }
//= self : mysqlx.result parameter; escape self opaque; call throws?
void f75(mysqlx::DocResult* self) { sink(self); }
//= self : mysqlx.result parameter; escape self opaque; call throws?
void f76(mysqlx::RowResult& self) { self.fetchOne(); }
//= self : mysqlx.result reference parameter; use self read throws
void f77(mysqlx::RowResult& self) { self.fetchAll(); }
//= self : mysqlx.result reference parameter; use self read throws
void f78(mysqlx::RowResult& self) { self.nextResult(); }
//= self : mysqlx.result reference parameter; use self read throws
void f79(mysqlx::RowResult& self) { self.count(); }
//= self : mysqlx.result reference parameter; use self read throws
void f80(mysqlx::RowResult& self) { self.hasData(); }
//= self : mysqlx.result reference parameter; use self read throws
void f81(mysqlx::RowResult& self) { self.getColumns(); }
//= self : mysqlx.result reference parameter; harmless self
void f82(mysqlx::RowResult& self) { self.getColumn(); }
//= self : mysqlx.result reference parameter; harmless self
void f83(mysqlx::RowResult& self) { self.getColumnCount(); }
//= self : mysqlx.result reference parameter; harmless self
void f84(mysqlx::RowResult& self) { self.getWarnings(); }
//= self : mysqlx.result reference parameter; harmless self
void f85(mysqlx::RowResult& self) { self.getWarningsCount(); }
//= self : mysqlx.result reference parameter; harmless self
void f86(mysqlx::RowResult& self) { self.getAffectedItemsCount(); }
//= self : mysqlx.result reference parameter; harmless self
void f87(mysqlx::RowResult& self) { self.getAutoIncrementValue(); }
//= self : mysqlx.result reference parameter; harmless self
void f88() { [[maybe_unused]] auto&& r = mysqlx::getSession(); }
//= r : mysqlx.session value; make r factory throws; end r implicit
void f89() { [[maybe_unused]] auto&& r = mysqlx::getClient(); }
//= r : mysqlx.client value; make r factory throws; end r implicit
