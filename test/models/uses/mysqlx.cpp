// What the model of this library is used for, one function per line of it (../ModelTests.cpp).
#include <mysqlx.h>
template <class T> void sink(T*);

void f1(mysqlx::Session* self) { sink(self); }
//= self : mysqlx.session parameter; escape self opaque; call throws
void f2(mysqlx::Client* self) { sink(self); }
//= self : mysqlx.client parameter; escape self opaque; call throws?
void f3(mysqlx::Schema* self) { sink(self); }
//= self : mysqlx.schema parameter; escape self opaque; call throws?
void f4(mysqlx::Collection* self) { sink(self); }
//= self : mysqlx.schema parameter; escape self opaque; call throws?
void f5(mysqlx::Table* self) { sink(self); }
//= self : mysqlx.schema parameter; escape self opaque; call throws?
void f6(mysqlx::SqlStatement* self) { sink(self); }
//= self : mysqlx.statement parameter; escape self opaque; call throws?
void f7(mysqlx::CollectionFind* self) { sink(self); }
//= self : mysqlx.statement parameter; escape self opaque; call throws?
void f8(mysqlx::CollectionAdd* self) { sink(self); }
//= self : mysqlx.statement parameter; escape self opaque; call throws?
void f9(mysqlx::CollectionModify* self) { sink(self); }
//= self : mysqlx.statement parameter; escape self opaque; call throws?
void f10(mysqlx::CollectionRemove* self) { sink(self); }
//= self : mysqlx.statement parameter; escape self opaque; call throws?
void f11(mysqlx::TableSelect* self) { sink(self); }
//= self : mysqlx.statement parameter; escape self opaque; call throws?
void f12(mysqlx::TableInsert* self) { sink(self); }
//= self : mysqlx.statement parameter; escape self opaque; call throws?
void f13(mysqlx::TableUpdate* self) { sink(self); }
//= self : mysqlx.statement parameter; escape self opaque; call throws?
void f14(mysqlx::TableRemove* self) { sink(self); }
//= self : mysqlx.statement parameter; escape self opaque; call throws?
void f15(mysqlx::RowResult* self) { sink(self); }
//= self : mysqlx.result parameter; escape self opaque; call throws?
void f16(mysqlx::SqlResult* self) { sink(self); }
//= self : mysqlx.result parameter; escape self opaque; call throws?
void f17(mysqlx::DocResult* self) { sink(self); }
//= self : mysqlx.result parameter; escape self opaque; call throws?
void f18() { mysqlx::Session self("localhost", 33060, "me", "secret"); }
//= self : mysqlx.session value; make self throws; end self implicit
void f19() { mysqlx::Session self = mysqlx::getSession("mysqlx://me@localhost"); }
//= self : mysqlx.session value; make self factory throws; end self implicit
void f20(mysqlx::Client& client) { mysqlx::Session self(client); }
//= client : mysqlx.client reference parameter; self : mysqlx.session value; make self of client leased throws; end self implicit
void f21() { auto client = mysqlx::getClient("mysqlx://me@localhost"); }
//= client : mysqlx.client value; make client factory throws; end client implicit
void f22(mysqlx::Client& self) { auto session = self.getSession(); session.startTransaction(); session.rollback(); }
//= self : mysqlx.client reference parameter; session : mysqlx.session value; make session of self leased throws; end session implicit; begin session throws; rollback session throws; end session implicit
void f23(mysqlx::Session& self) { self.close(); }
//= self : mysqlx.session reference parameter; close self
void f24(mysqlx::Session& self) { self.startTransaction(); }
//= self : mysqlx.session reference parameter; begin self throws
void f25(mysqlx::Session& self) { self.commit(); }
//= self : mysqlx.session reference parameter; commit self throws
void f26(mysqlx::Session& self) { self.rollback(); }
//= self : mysqlx.session reference parameter; rollback self throws
void f27(mysqlx::Session& self) { self.setSavepoint("a"); }
//= self : mysqlx.session reference parameter; savepoint self throws
void f28(mysqlx::Session& self) { self.releaseSavepoint("a"); }
//= self : mysqlx.session reference parameter; release-savepoint self throws
void f29(mysqlx::Session& self) { self.rollbackTo("a"); }
//= self : mysqlx.session reference parameter; rollback-to-savepoint self throws
void f30(mysqlx::Session& self) { self.getSchemas(); }
//= self : mysqlx.session reference parameter; use self read throws
void f31(mysqlx::Session& self) { self.dropSchema("a"); }
//= self : mysqlx.session reference parameter; use self write throws
void f32(mysqlx::Session& self) { self.getDefaultSchemaName(); }
//= self : mysqlx.session reference parameter; harmless self
void f33(mysqlx::Session& self) { auto s = self.sql("DELETE FROM a"); }
//= self : mysqlx.session reference parameter; s : mysqlx.statement value; make s of self derived write throws; end s implicit
void f34(mysqlx::Session& self) { self.sql("DELETE FROM a WHERE b = ?").bind(1).execute(); }
//= self : mysqlx.session reference parameter; `self.sql("DELETE FROM a WHERE b = ?")` : mysqlx.statement value temporary; make `self.sql("DELETE FROM a WHERE b = ?")` of self derived write throws; harmless `self.sql("DELETE FROM a WHERE b = ?")`; use `self.sql("DELETE FROM a WHERE b = ?")` throws; end `self.sql("DELETE FROM a WHERE b = ?")` implicit; end `self.sql("DELETE FROM a WHERE b = ?")` implicit
void f35(mysqlx::Session& self) { auto s = self.getSchema("a"); }
//= self : mysqlx.session reference parameter; s : mysqlx.schema shared; make s of self derived throws; end s implicit
void f36(mysqlx::Session& self) { auto s = self.getDefaultSchema(); }
//= self : mysqlx.session reference parameter; s : mysqlx.schema shared; make s of self derived throws; end s implicit
void f37(mysqlx::Session& self) { auto s = self.createSchema("a"); }
//= self : mysqlx.session reference parameter; s : mysqlx.schema shared; make s of self derived throws; end s implicit
void f38(mysqlx::Client& self) { self.close(); }
//= self : mysqlx.client reference parameter; close self
void f39(mysqlx::Schema& self) { auto x = self.getTable("a"); }
//= self : mysqlx.schema reference parameter; x : mysqlx.schema shared; make x of self derived throws; end x implicit
void f40(mysqlx::Schema& self) { auto x = self.getCollection("a"); }
//= self : mysqlx.schema reference parameter; x : mysqlx.schema shared; make x of self derived throws; end x implicit
void f41(mysqlx::Schema& self) { auto x = self.createCollection("a"); }
//= self : mysqlx.schema reference parameter; x : mysqlx.schema shared; make x of self derived throws; end x implicit
void f42(mysqlx::Schema& self) { auto x = self.getCollectionAsTable("a"); }
//= self : mysqlx.schema reference parameter; x : mysqlx.schema shared; make x of self derived throws; end x implicit
void f43(mysqlx::Collection& self) { auto x = self.find("a"); }
//= self : mysqlx.schema reference parameter; x : mysqlx.statement value; make x of self derived throws; end x implicit
void f44(mysqlx::Collection& self) { auto x = self.add("a"); }
//= self : mysqlx.schema reference parameter; x : mysqlx.statement value; make x of self derived throws; end x implicit
void f45(mysqlx::Collection& self) { auto x = self.modify("a"); }
//= self : mysqlx.schema reference parameter; x : mysqlx.statement value; make x of self derived throws; end x implicit
void f46(mysqlx::Collection& self) { auto x = self.remove("a"); }
//= self : mysqlx.schema reference parameter; x : mysqlx.statement value; make x of self derived throws; end x implicit
void f47(mysqlx::Table& self) { auto x = self.select(); }
//= self : mysqlx.schema reference parameter; x : mysqlx.statement value; make x of self derived throws; end x implicit
void f48(mysqlx::Table& self) { auto x = self.insert(); }
//= self : mysqlx.schema reference parameter; x : mysqlx.statement value; make x of self derived throws; end x implicit
void f49(mysqlx::Table& self) { auto x = self.update(); }
//= self : mysqlx.schema reference parameter; x : mysqlx.statement value; make x of self derived throws; end x implicit
void f50(mysqlx::Collection& self) { self.count(); }
//= self : mysqlx.schema reference parameter; use self read throws
void f51(mysqlx::Collection& self) { self.existsInDatabase(); }
//= self : mysqlx.schema reference parameter; use self read throws
void f52(mysqlx::Collection& self) { self.getOne("a"); }
//= self : mysqlx.schema reference parameter; use self read throws
void f53(mysqlx::Collection& self) { self.addOrReplaceOne("a", 1); }
//= self : mysqlx.schema reference parameter; call throws?; use self write throws
void f54(mysqlx::Collection& self) { self.replaceOne("a", 1); }
//= self : mysqlx.schema reference parameter; call throws?; use self write throws
void f55(mysqlx::Collection& self) { self.removeOne("a"); }
//= self : mysqlx.schema reference parameter; use self write throws
void f56(mysqlx::Collection& self) { self.createIndex("a", "b"); }
//= self : mysqlx.schema reference parameter; use self write throws
void f57(mysqlx::Collection& self) { self.dropIndex("a"); }
//= self : mysqlx.schema reference parameter; use self write throws
void f58(mysqlx::Collection& self) { self.getName(); }
//= self : mysqlx.schema reference parameter; harmless self
void f59(mysqlx::Collection& self) { self.getSession(); }
//= self : mysqlx.schema reference parameter; harmless self
void f60(mysqlx::Collection& self) { self.getSchema(); }
//= self : mysqlx.schema reference parameter; harmless self
void f61(mysqlx::Schema& self) { self.getTables(); }
//= self : mysqlx.schema reference parameter; use self read throws
void f62(mysqlx::Schema& self) { self.getTableNames(); }
//= self : mysqlx.schema reference parameter; use self read throws
void f63(mysqlx::Schema& self) { self.getCollections(); }
//= self : mysqlx.schema reference parameter; use self read throws
void f64(mysqlx::Schema& self) { self.getCollectionNames(); }
//= self : mysqlx.schema reference parameter; use self read throws
void f65(mysqlx::Schema& self) { self.dropCollection("a"); }
//= self : mysqlx.schema reference parameter; use self write throws
void f66(mysqlx::Schema& self) { self.modifyCollection("a"); }
//= self : mysqlx.schema reference parameter; use self write throws
void f67(mysqlx::Table& self) { self.isView(); }
//= self : mysqlx.schema reference parameter; use self read throws
void f68(mysqlx::CollectionFind& self) { self.execute(); }
//= self : mysqlx.statement reference parameter; use self throws
void f69(mysqlx::CollectionFind& self) { self.limit(1); }
//= self : mysqlx.statement reference parameter; harmless self
void f70(mysqlx::CollectionFind& self) { self.offset(1); }
//= self : mysqlx.statement reference parameter; harmless self
void f71(mysqlx::CollectionFind& self) { self.sort("a"); }
//= self : mysqlx.statement reference parameter; harmless self
void f72(mysqlx::CollectionFind& self) { self.fields("a"); }
//= self : mysqlx.statement reference parameter; harmless self
void f73(mysqlx::CollectionFind& self) { self.having("a"); }
//= self : mysqlx.statement reference parameter; harmless self
void f74(mysqlx::CollectionFind& self) { self.groupBy("a"); }
//= self : mysqlx.statement reference parameter; harmless self
void f75(mysqlx::CollectionFind& self) { self.lockShared(); }
//= self : mysqlx.statement reference parameter; harmless self
void f76(mysqlx::CollectionFind& self) { self.lockExclusive(); }
//= self : mysqlx.statement reference parameter; harmless self
void f77(mysqlx::CollectionFind& self) { self.bind("a", 1); }
//= self : mysqlx.statement reference parameter; call throws?; harmless self
void f78(mysqlx::TableSelect& self) { self.where("a"); }
//= self : mysqlx.statement reference parameter; harmless self
void f79(mysqlx::TableSelect& self) { self.orderBy("a"); }
//= self : mysqlx.statement reference parameter; harmless self
void f80(mysqlx::TableInsert& self) { self.values(1); }
//= self : mysqlx.statement reference parameter; harmless self
void f81(mysqlx::TableInsert& self) { self.rows(std::vector<int>()); }
//= self : mysqlx.statement reference parameter; call; harmless self
void f82(mysqlx::TableUpdate& self) { self.set("a", 1); }
//= self : mysqlx.statement reference parameter; call throws?; harmless self
void f83(mysqlx::CollectionAdd& self) { self.add("a"); }
//= self : mysqlx.statement reference parameter; harmless self
void f84(mysqlx::CollectionModify& self) { self.unset("a"); }
//= self : mysqlx.statement reference parameter; harmless self
void f85(mysqlx::CollectionModify& self) { self.arrayInsert("a", 1); }
//= self : mysqlx.statement reference parameter; call throws?; harmless self
void f86(mysqlx::CollectionModify& self) { self.arrayAppend("a", 1); }
//= self : mysqlx.statement reference parameter; call throws?; harmless self
void f87(mysqlx::CollectionModify& self) { self.patch("a"); }
//= self : mysqlx.statement reference parameter; harmless self
void f88(mysqlx::SqlResult& self) { self.fetchOne(); }
//= self : mysqlx.result reference parameter; use self read throws
void f89(mysqlx::SqlResult& self) { self.fetchAll(); }
//= self : mysqlx.result reference parameter; use self read throws
void f90(mysqlx::SqlResult& self) { self.nextResult(); }
//= self : mysqlx.result reference parameter; use self read throws
void f91(mysqlx::SqlResult& self) { self.count(); }
//= self : mysqlx.result reference parameter; use self read throws
void f92(mysqlx::SqlResult& self) { self.hasData(); }
//= self : mysqlx.result reference parameter; use self read throws
void f93(mysqlx::SqlResult& self) { self.getColumns(); }
//= self : mysqlx.result reference parameter; harmless self
void f94(mysqlx::SqlResult& self) { self.getColumn(0); }
//= self : mysqlx.result reference parameter; harmless self
void f95(mysqlx::SqlResult& self) { self.getColumnCount(); }
//= self : mysqlx.result reference parameter; harmless self
void f96(mysqlx::SqlResult& self) { self.getWarnings(); }
//= self : mysqlx.result reference parameter; harmless self
void f97(mysqlx::SqlResult& self) { self.getWarningsCount(); }
//= self : mysqlx.result reference parameter; harmless self
void f98(mysqlx::SqlResult& self) { self.getAffectedItemsCount(); }
//= self : mysqlx.result reference parameter; harmless self
void f99(mysqlx::SqlResult& self) { self.getAutoIncrementValue(); }
//= self : mysqlx.result reference parameter; harmless self
