// What the model of this library is used for, one function per line of it (../ModelTests.cpp).
#include <userver.h>
template <class T> using T_ = T;
template <class T> void sink(T*);

void f1(userver::storages::postgres::Cluster* self) { sink(self); }
//= self : userver.cluster parameter; escape self opaque; call throws?
void f2(storages::postgres::Cluster* self) { sink(self); }
//= self : userver.cluster parameter; escape self opaque; call throws?
void f3(userver::storages::postgres::Cluster& self) { [[maybe_unused]] auto&& r = self.Begin(); }
//= self : userver.cluster reference parameter; r : userver.transaction value; make r of self derived throws; begin r on self throws; end r implicit
void f4(userver::storages::postgres::Cluster& self) { self.Start(); }
//= self : userver.cluster reference parameter; use self throws
void f5(userver::storages::postgres::Cluster& self) { self.Execute(); }
//= self : userver.cluster reference parameter; use self throws
void f6(userver::storages::postgres::Cluster& self) { self.GetStatistics(); }
//= self : userver.cluster reference parameter; harmless self
void f7(userver::storages::postgres::Cluster& self) { self.SetDefaultCommandControl(); }
//= self : userver.cluster reference parameter; harmless self
void f8(userver::storages::postgres::Cluster& self) { self.GetDefaultCommandControl(); }
//= self : userver.cluster reference parameter; harmless self
void f9(userver::storages::postgres::Transaction* self) { sink(self); }
//= self : userver.transaction parameter; escape self opaque; call throws
void f10(storages::postgres::Transaction* self) { sink(self); }
//= self : userver.transaction parameter; escape self opaque; call throws
void f11() { userver::storages::postgres::Transaction self; }
//= self : userver.transaction value; make self throws?; end self implicit
void f12(userver::storages::postgres::Transaction& self) { self.Commit(); }
//= self : userver.transaction reference parameter; commit self throws
void f13(userver::storages::postgres::Transaction& self) { self.Rollback(); }
//= self : userver.transaction reference parameter; rollback self throws
void f14(userver::storages::postgres::Transaction& self) { self.Execute("COMMIT"); }
//= self : userver.transaction reference parameter; commit self throws
void f15(userver::storages::postgres::Transaction& self) { self.ExecuteDecompose(); }
//= self : userver.transaction reference parameter; use self throws
void f16(userver::storages::postgres::Transaction& self) { self.ExecuteDecomposeBulk(); }
//= self : userver.transaction reference parameter; use self throws
void f17(userver::storages::postgres::Transaction& self) { self.ExecuteBulk(); }
//= self : userver.transaction reference parameter; use self throws
void f18(userver::storages::postgres::Transaction& self) { [[maybe_unused]] auto&& r = self.MakePortal(); }
//= self : userver.transaction reference parameter; r : userver.portal value; make r of self derived throws; end r implicit
void f19(userver::storages::postgres::Transaction& self) { self.SetParameter(); }
//= self : userver.transaction reference parameter; use self throws
void f20(userver::storages::postgres::Transaction& self) { self.GetConnUserTypes(); }
//= self : userver.transaction reference parameter; use self throws
void f21(userver::storages::postgres::Portal* self) { sink(self); }
//= self : userver.portal parameter; escape self opaque; call throws?
void f22(storages::postgres::Portal* self) { sink(self); }
//= self : userver.portal parameter; escape self opaque; call throws?
void f23(userver::storages::postgres::Portal& self) { self.Fetch(); }
//= self : userver.portal reference parameter; use self read throws
void f24(userver::storages::postgres::Portal& self) { self.Done(); }
//= self : userver.portal reference parameter; harmless self
void f25(userver::storages::postgres::Portal& self) { self.FetchedSoFar(); }
//= self : userver.portal reference parameter; harmless self
void f26(userver::storages::postgres::ResultSet* self) { sink(self); }
//= self : userver.result parameter; escape self opaque; call throws?
void f27(storages::postgres::ResultSet* self) { sink(self); }
//= self : userver.result parameter; escape self opaque; call throws?
void f28() { userver::storages::postgres::ResultSet self; }
//= self : userver.result value; make self throws?; end self implicit
