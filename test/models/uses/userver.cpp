// What the model of this library is used for, one function per line of it (../ModelTests.cpp).
#include <userver.h>
template <class T> void sink(T*);

void f1(userver::storages::postgres::Cluster* self) { sink(self); }
//= self : userver.cluster parameter; escape self opaque; call throws?
void f2(storages::postgres::Cluster* self) { sink(self); }
//= self : userver.cluster parameter; escape self opaque; call throws?
void f3(userver::storages::postgres::Transaction* self) { sink(self); }
//= self : userver.transaction parameter; escape self opaque; call throws
void f4(storages::postgres::Transaction* self) { sink(self); }
//= self : userver.transaction parameter; escape self opaque; call throws
void f5(userver::storages::postgres::Portal* self) { sink(self); }
//= self : userver.portal parameter; escape self opaque; call throws?
void f6(storages::postgres::Portal* self) { sink(self); }
//= self : userver.portal parameter; escape self opaque; call throws?
void f7(userver::storages::postgres::QueryQueue* self) { sink(self); }
//= self : userver.queue parameter; escape self opaque; call throws?
void f8(storages::postgres::QueryQueue* self) { sink(self); }
//= self : userver.queue parameter; escape self opaque; call throws?
void f9(userver::storages::postgres::ResultSet* self) { sink(self); }
//= self : userver.result parameter; escape self opaque; call throws?
void f10(storages::postgres::ResultSet* self) { sink(self); }
//= self : userver.result parameter; escape self opaque; call throws?
void f11(userver::storages::postgres::Cluster& self) { auto trx = self.Begin(userver::storages::postgres::Transaction::RW); }
//= self : userver.cluster reference parameter; trx : userver.transaction value; make trx of self derived throws; begin trx on self throws; end trx implicit
void f12(userver::storages::postgres::Cluster& self) { userver::storages::postgres::Transaction trx = self.Begin("sell", userver::storages::postgres::ClusterHostType::kMaster, userver::storages::postgres::Transaction::RW); }
//= self : userver.cluster reference parameter; trx : userver.transaction value; call throws?; make trx of self derived throws; begin trx on self throws; end trx implicit
void f13(userver::storages::postgres::Cluster& self) { auto queue = self.CreateQueryQueue(userver::storages::postgres::ClusterHostType::kMaster); }
//= self : userver.cluster reference parameter; queue : userver.queue value; call throws?; make queue of self derived throws; end queue implicit
void f14(userver::storages::postgres::Cluster& self) { self.Execute(userver::storages::postgres::ClusterHostType::kMaster, "DELETE FROM a"); }
//= self : userver.cluster reference parameter; call throws?; use self throws
void f15(userver::storages::postgres::Cluster& self) { self.GetStatistics(); }
//= self : userver.cluster reference parameter; harmless self
void f16(userver::storages::postgres::Cluster& self) { self.SetDefaultCommandControl({}); }
//= self : userver.cluster reference parameter; call; call; harmless self
void f17(userver::storages::postgres::Cluster& self) { self.GetDefaultCommandControl(); }
//= self : userver.cluster reference parameter; harmless self
void f18(userver::storages::postgres::detail::ConnectionPtr& conn) { userver::storages::postgres::Transaction trx(std::move(conn)); }
//= trx : userver.transaction value; make trx throws?; end trx implicit
void f19(userver::storages::postgres::Transaction& self) { self.Commit(); }
//= self : userver.transaction reference parameter; commit self throws
void f20(userver::storages::postgres::Transaction& self) { self.Rollback(); }
//= self : userver.transaction reference parameter; rollback self throws
void f21(userver::storages::postgres::Transaction& self) { self.Execute("DELETE FROM a WHERE b = $1", 3); }
//= self : userver.transaction reference parameter; use self write throws
void f22(userver::storages::postgres::Transaction& self) { self.Execute("SELECT 1"); }
//= self : userver.transaction reference parameter; use self read throws
void f23(userver::storages::postgres::Transaction& self) { self.Execute(userver::storages::postgres::CommandControl{}, "DELETE FROM a WHERE b = $1", 3); }
//= self : userver.transaction reference parameter; call; call; call; havoc #0; use self write throws
void f24(userver::storages::postgres::Transaction& self) { self.ExecuteBulk("INSERT INTO a VALUES ($1)", std::vector<int>()); }
//= self : userver.transaction reference parameter; call; use self write throws
void f25(userver::storages::postgres::Transaction& self) { self.ExecuteDecomposeBulk("INSERT INTO a VALUES ($1)", std::vector<int>()); }
//= self : userver.transaction reference parameter; call; use self write throws
void f26(userver::storages::postgres::Transaction& self) { self.SetParameter("a", "b"); }
//= self : userver.transaction reference parameter; use self throws
void f27(userver::storages::postgres::Transaction& self) { self.SetName("sell"); }
//= self : userver.transaction reference parameter; harmless self
void f28(userver::storages::postgres::Transaction& self) { auto portal = self.MakePortal("SELECT 1"); }
//= self : userver.transaction reference parameter; portal : userver.portal value; make portal of self derived throws; end portal implicit
void f29(userver::storages::postgres::Portal& self) { self.Fetch(1); }
//= self : userver.portal reference parameter; use self read throws
void f30(userver::storages::postgres::Portal& self) { self.Done(); }
//= self : userver.portal reference parameter; harmless self
void f31(userver::storages::postgres::Portal& self) { self.FetchedSoFar(); }
//= self : userver.portal reference parameter; harmless self
void f32(userver::storages::postgres::Portal& self) { if (self) return; }
//= self : userver.portal reference parameter
void f33(userver::storages::postgres::QueryQueue& self) { self.Push("DELETE FROM a"); }
//= self : userver.queue reference parameter; use self throws
void f34(userver::storages::postgres::QueryQueue& self) { self.Collect(); }
//= self : userver.queue reference parameter; use self throws
void f35(userver::storages::postgres::QueryQueue& self) { self.Reserve(3); }
//= self : userver.queue reference parameter; harmless self
void f36(userver::storages::postgres::ResultSet& self) { self.Size(); }
//= self : userver.result reference parameter; use self
void f37(storages::postgres::Transaction& self) { self.Execute("DELETE FROM a"); }
//= self : userver.transaction reference parameter; use self write throws
void f38(userver::storages::postgres::detail::ConnectionPtr& conn) { userver::storages::postgres::QueryQueue self({}, std::move(conn)); }
//= self : userver.queue value; call; call; make self throws?; end self implicit
void f39(std::shared_ptr<userver::storages::postgres::detail::ResultWrapper> wrapper) { userver::storages::postgres::ResultSet self(wrapper); }
//= self : userver.result value; call; make self throws?; end self implicit
