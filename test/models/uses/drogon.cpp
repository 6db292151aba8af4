// What the model of this library is used for, one function per line of it (../ModelTests.cpp).
#include <drogon.h>
template <class T> void sink(T*);
struct Row {};
void f1(drogon::orm::DbClient* self) { sink(self); }
//= self : drogon.client parameter; escape self opaque; call throws
void f2(drogon::orm::Transaction* self) { sink(self); }
//= self : drogon.transaction parameter; escape self opaque; call throws
void f3(drogon::orm::Mapper<Row>* self) { sink(self); }
//= self : drogon.mapper parameter; escape self opaque; call throws?
void f4(drogon::orm::CoroMapper<Row>* self) { sink(self); }
//= self : drogon.mapper parameter; escape self opaque; call throws?
void f5(drogon::orm::DbClient& self) { self.execSqlSync("DELETE FROM a"); }
//= self : drogon.client reference parameter; use self write throws
void f6(drogon::orm::DbClient& self) { self.execSqlAsync("DELETE FROM a", nullptr, nullptr); }
//= self : drogon.client reference parameter; use self write
void f7(drogon::orm::DbClient& self) { self.execSqlAsyncFuture("DELETE FROM a"); }
//= self : drogon.client reference parameter; use self write
void f8(drogon::orm::DbClient& self) { self.execSqlCoro("DELETE FROM a"); }
//= self : drogon.client reference parameter; use self write
void f9(drogon::orm::DbClient& self) { self << "DELETE FROM a"; }
//= self : drogon.client reference parameter; use self write throws
void f10(drogon::orm::DbClientPtr self) { *self << "SELECT 1"; }
//= self : drogon.client shared parameter; use self read throws
void f11(drogon::orm::DbClient& self) { auto tr = self.newTransaction(); }
//= self : drogon.client reference parameter; tr : drogon.transaction shared; make tr of self derived throws; begin tr on self throws; end tr implicit
void f12(drogon::orm::DbClientPtr self) { auto tr = self->newTransaction(drogon::orm::TransactionType::Immediate); }
//= self : drogon.client shared parameter; tr : drogon.transaction shared; make tr of self derived throws; begin tr on self throws; end tr implicit
void f13(drogon::orm::DbClientPtr self) { auto tr = self->newTransaction(); tr->execSqlSync("DELETE FROM a"); tr->rollback(); }
//= self : drogon.client shared parameter; tr : drogon.transaction shared; make tr of self derived throws; begin tr on self throws; end tr implicit; use tr write throws; rollback tr throws; end tr implicit
void f14(drogon::orm::DbClient& self) { self.newTransactionAsync(nullptr); }
//= self : drogon.client reference parameter; call; use self throws
void f15(drogon::orm::DbClient& self) { self.newTransactionCoro(); }
//= self : drogon.client reference parameter; use self throws
void f16(drogon::orm::DbClient& self) { self.type(); }
//= self : drogon.client reference parameter; harmless self
void f17(drogon::orm::DbClient& self) { self.connectionInfo(); }
//= self : drogon.client reference parameter; harmless self
void f18(drogon::orm::DbClient& self) { self.hasAvailableConnections(); }
//= self : drogon.client reference parameter; harmless self
void f19(drogon::orm::DbClient& self) { self.setTimeout(3); }
//= self : drogon.client reference parameter; harmless self
void f20(drogon::orm::DbClient& self) { self.closeAll(); }
//= self : drogon.client reference parameter; harmless self
void f21(drogon::orm::Transaction& self) { self.rollback(); }
//= self : drogon.transaction reference parameter; rollback self throws
void f22(drogon::orm::Transaction& self) { self.execSqlSync("DELETE FROM a"); }
//= self : drogon.transaction reference parameter; use self write throws
void f23(drogon::orm::Transaction& self) { self.execSqlAsync("DELETE FROM a", nullptr, nullptr); }
//= self : drogon.transaction reference parameter; use self write
void f24(drogon::orm::Transaction& self) { self.execSqlAsyncFuture("DELETE FROM a"); }
//= self : drogon.transaction reference parameter; use self write
void f25(drogon::orm::Transaction& self) { self.execSqlCoro("DELETE FROM a"); }
//= self : drogon.transaction reference parameter; use self write
void f26(drogon::orm::Transaction& self) { self << "DELETE FROM a"; }
//= self : drogon.transaction reference parameter; use self write throws
void f27(drogon::orm::Transaction& self) { auto inner = self.newTransaction(); }
//= self : drogon.transaction reference parameter; inner : drogon.transaction shared; make inner of self derived throws; end inner implicit
void f28(drogon::orm::Transaction& self) { self.setCommitCallback({}); }
//= self : drogon.transaction reference parameter; call; harmless self
void f29(drogon::orm::Transaction& self) { self.closeAll(); }
//= self : drogon.transaction reference parameter; harmless self
void f30(drogon::orm::DbClientPtr client) { drogon::orm::Mapper<Row> self(client); }
//= client : drogon.client shared parameter; self : drogon.mapper value; client : drogon.client shared temporary; bind #2 to #0; make self of #2 derived throws; end #2 implicit; end self implicit; end #2 implicit
void f31(drogon::orm::DbClientPtr client) { drogon::orm::CoroMapper<Row> self(client); }
//= client : drogon.client shared parameter; self : drogon.mapper value; make self of client derived throws; end self implicit
void f32(drogon::orm::Mapper<Row>& self) { self.findByPrimaryKey(1); }
//= self : drogon.mapper reference parameter; use self read throws
void f33(drogon::orm::Mapper<Row>& self) { self.findOne({"a", 1}); }
//= self : drogon.mapper reference parameter; use self read throws
void f34(drogon::orm::Mapper<Row>& self) { self.findBy({"a", 1}); }
//= self : drogon.mapper reference parameter; use self read throws
void f35(drogon::orm::Mapper<Row>& self) { self.findAll(); }
//= self : drogon.mapper reference parameter; use self read throws
void f36(drogon::orm::Mapper<Row>& self) { self.count({"a", 1}); }
//= self : drogon.mapper reference parameter; use self read throws
void f37(drogon::orm::Mapper<Row>& self) { self.findFutureByPrimaryKey(1); }
//= self : drogon.mapper reference parameter; use self read
void f38(drogon::orm::Mapper<Row>& self) { self.findFutureOne({"a", 1}); }
//= self : drogon.mapper reference parameter; use self read
void f39(drogon::orm::Mapper<Row>& self) { self.findFutureBy({"a", 1}); }
//= self : drogon.mapper reference parameter; use self read
void f40(drogon::orm::Mapper<Row>& self) { self.findFutureAll(); }
//= self : drogon.mapper reference parameter; use self read
void f41(drogon::orm::Mapper<Row>& self) { self.countFuture({"a", 1}); }
//= self : drogon.mapper reference parameter; use self read
void f42(drogon::orm::Mapper<Row>& self) { self.insertFuture({}); }
//= self : drogon.mapper reference parameter; use self write
void f43(drogon::orm::Mapper<Row>& self) { self.update({}); }
//= self : drogon.mapper reference parameter; use self write throws
void f44(drogon::orm::Mapper<Row>& self) { self.updateFuture({}); }
//= self : drogon.mapper reference parameter; use self write
void f45(drogon::orm::Mapper<Row>& self) { self.updateBy({}, {"a", 1}, 3); }
//= self : drogon.mapper reference parameter; call; use self write throws
void f46(drogon::orm::Mapper<Row>& self) { self.deleteOne({}); }
//= self : drogon.mapper reference parameter; use self write throws
void f47(drogon::orm::Mapper<Row>& self) { self.deleteFutureOne({}); }
//= self : drogon.mapper reference parameter; use self write
void f48(drogon::orm::Mapper<Row>& self) { self.deleteBy({"a", 1}); }
//= self : drogon.mapper reference parameter; use self write throws
void f49(drogon::orm::Mapper<Row>& self) { self.deleteFutureBy({"a", 1}); }
//= self : drogon.mapper reference parameter; use self write
void f50(drogon::orm::Mapper<Row>& self) { self.deleteByPrimaryKey(1); }
//= self : drogon.mapper reference parameter; use self write throws
void f51(drogon::orm::Mapper<Row>& self) { self.deleteFutureByPrimaryKey(1); }
//= self : drogon.mapper reference parameter; use self write
void f52(drogon::orm::Mapper<Row>& self) { self.limit(1); }
//= self : drogon.mapper reference parameter; harmless self
void f53(drogon::orm::Mapper<Row>& self) { self.offset(1); }
//= self : drogon.mapper reference parameter; harmless self
void f54(drogon::orm::Mapper<Row>& self) { self.orderBy("a"); }
//= self : drogon.mapper reference parameter; harmless self
void f55(drogon::orm::Mapper<Row>& self) { self.paginate(1, 2); }
//= self : drogon.mapper reference parameter; harmless self
void f56(drogon::orm::Mapper<Row>& self) { self.forUpdate(); }
//= self : drogon.mapper reference parameter; harmless self
void f57(drogon::orm::Mapper<Row>& self, Row& row) { self.insert(row); }
//= self : drogon.mapper reference parameter; use self write throws
void f58() { auto client = drogon::orm::DbClient::newPgClient("a", 1); }
//= client : drogon.client shared; make client factory throws; end client implicit
void f59() { auto client = drogon::orm::DbClient::newMysqlClient("a", 1); }
//= client : drogon.client shared; make client factory throws; end client implicit
void f60() { auto client = drogon::orm::DbClient::newSqlite3Client("a", 1); }
//= client : drogon.client shared; make client factory throws; end client implicit
