// What the model of this library is used for, one function per line of it (../ModelTests.cpp).
#include <drogon.h>
template <class T> using T_ = T;
template <class T> void sink(T*);

void f1(drogon::orm::DbClient* self) { sink(self); }
//= self : drogon.client parameter; escape self opaque; call throws
void f2(drogon::orm::DbClient& self) { self.execSqlSync("COMMIT"); }
//= self : drogon.client reference parameter; commit self throws
void f3(drogon::orm::DbClient& self) { self.execSqlAsync("COMMIT"); }
//= self : drogon.client reference parameter; commit self throws
void f4(drogon::orm::DbClient& self) { self.execSqlAsyncFuture("COMMIT"); }
//= self : drogon.client reference parameter; commit self throws
void f5(drogon::orm::DbClient& self) { self.execSqlCoro("COMMIT"); }
//= self : drogon.client reference parameter; commit self throws
void f6(drogon::orm::DbClient& self, T_<int> a0) { [[maybe_unused]] auto&& r = self << a0; }
//= self : drogon.client reference parameter; r : drogon.client reference; use self throws; bind r to self
void f7(drogon::orm::DbClient& self) { [[maybe_unused]] auto&& r = self.newTransaction(); }
//= self : drogon.client reference parameter; r : drogon.transaction value; make r of self derived throws; begin r on self throws; end r implicit
void f8(drogon::orm::DbClient& self) { self.newTransactionAsync(); }
//= self : drogon.client reference parameter; use self throws
void f9(drogon::orm::DbClient& self) { self.newTransactionCoro(); }
//= self : drogon.client reference parameter; use self throws
void f10(drogon::orm::DbClient& self) { self.type(); }
//= self : drogon.client reference parameter; harmless self
void f11(drogon::orm::DbClient& self) { self.connectionInfo(); }
//= self : drogon.client reference parameter; harmless self
void f12(drogon::orm::DbClient& self) { self.hasAvailableConnections(); }
//= self : drogon.client reference parameter; harmless self
void f13(drogon::orm::DbClient& self) { self.setTimeout(); }
//= self : drogon.client reference parameter; harmless self
void f14(drogon::orm::DbClient& self) { self.closeAll(); }
//= self : drogon.client reference parameter; harmless self
void f15(drogon::orm::Transaction* self) { sink(self); }
//= self : drogon.transaction parameter; escape self opaque; call throws
void f16() { drogon::orm::Transaction self; }
//= self : drogon.transaction value; make self throws?; end self implicit
void f17(drogon::orm::Transaction& self) { self.rollback(); }
//= self : drogon.transaction reference parameter; rollback self throws
void f18(drogon::orm::Transaction& self) { self.execSqlSync("COMMIT"); }
//= self : drogon.transaction reference parameter; commit self throws
void f19(drogon::orm::Transaction& self) { self.execSqlAsync("COMMIT"); }
//= self : drogon.transaction reference parameter; commit self throws
void f20(drogon::orm::Transaction& self) { self.execSqlAsyncFuture("COMMIT"); }
//= self : drogon.transaction reference parameter; commit self throws
void f21(drogon::orm::Transaction& self) { self.execSqlCoro("COMMIT"); }
//= self : drogon.transaction reference parameter; commit self throws
void f22(drogon::orm::Transaction& self, T_<int> a0) { [[maybe_unused]] auto&& r = self << a0; }
//= self : drogon.transaction reference parameter; r : drogon.transaction reference; use self throws; bind r to self
void f23(drogon::orm::Transaction& self) { self.setCommitCallback(); }
//= self : drogon.transaction reference parameter; harmless self
void f24(drogon::orm::Mapper* self) { sink(self); }
//= self : drogon.mapper parameter; escape self opaque; call throws?
void f25(drogon::orm::CoroMapper* self) { sink(self); }
//= self : drogon.mapper parameter; escape self opaque; call throws?
void f26(drogon::orm::Mapper& self) { self.findByPrimaryKey(); }
//= self : drogon.mapper reference parameter; use self read throws
void f27(drogon::orm::Mapper& self) { self.findOne(); }
//= self : drogon.mapper reference parameter; use self read throws
void f28(drogon::orm::Mapper& self) { self.findBy(); }
//= self : drogon.mapper reference parameter; use self read throws
void f29(drogon::orm::Mapper& self) { self.findAll(); }
//= self : drogon.mapper reference parameter; use self read throws
void f30(drogon::orm::Mapper& self) { self.count(); }
//= self : drogon.mapper reference parameter; use self read throws
void f31(drogon::orm::Mapper& self) { self.findFutureOne(); }
//= self : drogon.mapper reference parameter; use self read throws
void f32(drogon::orm::Mapper& self) { self.findFutureBy(); }
//= self : drogon.mapper reference parameter; use self read throws
void f33(drogon::orm::Mapper& self) { self.findFutureAll(); }
//= self : drogon.mapper reference parameter; use self read throws
void f34(drogon::orm::Mapper& self) { self.insert(); }
//= self : drogon.mapper reference parameter; use self write throws
void f35(drogon::orm::Mapper& self) { self.update(); }
//= self : drogon.mapper reference parameter; use self write throws
void f36(drogon::orm::Mapper& self) { self.updateBy(); }
//= self : drogon.mapper reference parameter; use self write throws
void f37(drogon::orm::Mapper& self) { self.deleteOne(); }
//= self : drogon.mapper reference parameter; use self write throws
void f38(drogon::orm::Mapper& self) { self.deleteBy(); }
//= self : drogon.mapper reference parameter; use self write throws
void f39(drogon::orm::Mapper& self) { self.deleteByPrimaryKey(); }
//= self : drogon.mapper reference parameter; use self write throws
void f40(drogon::orm::Mapper& self) { self.insertFuture(); }
//= self : drogon.mapper reference parameter; use self write throws
void f41(drogon::orm::Mapper& self) { self.updateFuture(); }
//= self : drogon.mapper reference parameter; use self write throws
void f42(drogon::orm::Mapper& self) { self.limit(); }
//= self : drogon.mapper reference parameter; harmless self
void f43(drogon::orm::Mapper& self) { self.offset(); }
//= self : drogon.mapper reference parameter; harmless self
void f44(drogon::orm::Mapper& self) { self.orderBy(); }
//= self : drogon.mapper reference parameter; harmless self
void f45(drogon::orm::Mapper& self) { self.paginate(); }
//= self : drogon.mapper reference parameter; harmless self
void f46(drogon::orm::Mapper& self) { self.forUpdate(); }
//= self : drogon.mapper reference parameter; harmless self
void f47() { [[maybe_unused]] auto&& r = drogon::orm::DbClient::newPgClient(); }
//= r : drogon.client value; make r factory throws; end r implicit
void f48() { [[maybe_unused]] auto&& r = drogon::orm::DbClient::newMysqlClient(); }
//= r : drogon.client value; make r factory throws; end r implicit
void f49() { [[maybe_unused]] auto&& r = drogon::orm::DbClient::newSqlite3Client(); }
//= r : drogon.client value; make r factory throws; end r implicit
