// What the model of this library is used for, one function per line of it (../ModelTests.cpp).
#include <odb.h>
template <class T> void sink(T*);
struct Row {};
void f1(odb::database* self) { sink(self); }
//= self : odb.database parameter; escape self opaque; call throws
void f2(odb::connection* self) { sink(self); }
//= self : odb.connection parameter; escape self opaque; call throws
void f3(odb::transaction* self) { sink(self); }
//= self : odb.transaction parameter; escape self opaque; call throws
void f4(odb::sqlite::database* self) { sink(self); }
//= self : odb.database parameter; escape self opaque; call throws
void f5(odb::sqlite::connection* self) { sink(self); }
//= self : odb.connection parameter; escape self opaque; call throws
void f6() { odb::sqlite::database self("a.db"); }
//= self : odb.database value; make self throws; end self implicit
void f7(odb::database& self) { self.begin(); }
//= self : odb.database reference parameter; harmless self
void f8(odb::database& self) { self.erase<Row>(1); }
//= self : odb.database reference parameter; use self write throws
void f9(odb::database& self) { self.load<Row>(1); }
//= self : odb.database reference parameter; use self read throws
void f10(odb::database& self) { self.find<Row>(1); }
//= self : odb.database reference parameter; use self read throws
void f11(odb::database& self) { self.execute("DELETE FROM a"); }
//= self : odb.database reference parameter; use self write throws
void f12(odb::database& self) { self.lookup_query<Row>("a"); }
//= self : odb.database reference parameter; use self throws
void f13(odb::database& self) { self.query_factory("a", nullptr); }
//= self : odb.database reference parameter; harmless self
void f14(odb::database& self) { self.schema_version(); }
//= self : odb.database reference parameter; harmless self
void f15(odb::database& self) { self.schema_migration(); }
//= self : odb.database reference parameter; harmless self
void f16(odb::database& self) { self.id(); }
//= self : odb.database reference parameter; harmless self
void f17(odb::database& self) { self.prepare_query<Row>("a", "b"); }
//= self : odb.database reference parameter; use self throws
void f18(odb::database& self) { self.query<Row>("a"); }
//= self : odb.database reference parameter; use self read throws
void f19(odb::database& self) { self.query_one<Row>("a"); }
//= self : odb.database reference parameter; use self read throws
void f20(odb::database& self) { self.query_value<Row>("a"); }
//= self : odb.database reference parameter; use self read throws
void f21(odb::database& self) { self.erase_query<Row>("a"); }
//= self : odb.database reference parameter; use self write throws
void f22(odb::database& self, Row& row) { self.persist(row); }
//= self : odb.database reference parameter; use self write throws
void f23(odb::database& self, Row& row) { self.update(row); }
//= self : odb.database reference parameter; use self write throws
void f24(odb::database& self, Row& row) { self.erase(row); }
//= self : odb.database reference parameter; use self write throws
void f25(odb::database& self, Row& row) { self.reload(row); }
//= self : odb.database reference parameter; use self read throws
void f26(odb::database& self, odb::tracer& tracer) { self.tracer(tracer); }
//= self : odb.database reference parameter; harmless self
void f27(odb::database& self) { odb::connection_ptr c = self.connection(); }
//= self : odb.database reference parameter; c : odb.connection shared; make c of self leased throws; end c implicit
void f28(odb::database& self) { auto c = self.connection(); c->execute("DELETE FROM a"); }
//= self : odb.database reference parameter; c : odb.connection shared; make c of self leased throws; end c implicit; use c write throws; end c implicit
void f29(odb::sqlite::database& self) { auto c = self.connection(); }
//= self : odb.database reference parameter; c : odb.connection shared; make c of self leased throws; end c implicit
void f30(odb::sqlite::database& self) { self.begin_immediate(); }
//= self : odb.database reference parameter; harmless self
void f31(odb::sqlite::database& self) { self.begin_exclusive(); }
//= self : odb.database reference parameter; harmless self
void f32(odb::connection& self) { self.begin(); }
//= self : odb.connection reference parameter; harmless self
void f33(odb::connection& self) { self.execute("DELETE FROM a"); }
//= self : odb.connection reference parameter; use self write throws
void f34(odb::connection& self) { self.database(); }
//= self : odb.connection reference parameter; harmless self
void f35(odb::connection& self) { self.lookup_query<Row>("a"); }
//= self : odb.connection reference parameter; use self throws
void f36(odb::connection& self) { self.prepare_query<Row>("a", "b"); }
//= self : odb.connection reference parameter; use self throws
void f37(odb::connection& self) { self.cache_query<Row>({}); }
//= self : odb.connection reference parameter; use self throws
void f38(odb::connection& self, odb::tracer& tracer) { self.tracer(tracer); }
//= self : odb.connection reference parameter; harmless self
void f39(odb::sqlite::connection& self) { self.begin_immediate(); }
//= self : odb.connection reference parameter; harmless self
void f40(odb::sqlite::connection& self) { self.begin_exclusive(); }
//= self : odb.connection reference parameter; harmless self
void f41() { odb::transaction self; }
//= self : odb.transaction value; make self throws?; end self implicit
void f42(odb::database& db) { odb::transaction self(db.begin()); }
//= db : odb.database reference parameter; self : odb.transaction value; havoc #0; harmless db; make self throws; begin self implicit; end self implicit
void f43(odb::connection& c) { odb::transaction self(c.begin()); self.commit(); }
//= c : odb.connection reference parameter; self : odb.transaction value; havoc #0; harmless c; make self throws; begin self implicit; end self implicit; commit self throws; end self implicit
void f44(odb::sqlite::database& db) { odb::transaction self(db.begin_immediate()); self.rollback(); }
//= db : odb.database reference parameter; self : odb.transaction value; havoc #0; harmless db; make self throws; begin self implicit; end self implicit; rollback self throws; end self implicit
void f45(odb::transaction& self, odb::database& db) { self.reset(db.begin()); }
//= self : odb.transaction reference parameter; db : odb.database reference parameter; havoc #0; harmless db; begin self throws
void f46(odb::transaction& self) { self.commit(); }
//= self : odb.transaction reference parameter; commit self throws
void f47(odb::transaction& self) { self.rollback(); }
//= self : odb.transaction reference parameter; rollback self throws
void f48(odb::transaction& self) { self.finalized(); }
//= self : odb.transaction reference parameter; harmless self
void f49(odb::transaction& self) { self.database(); }
//= self : odb.transaction reference parameter; harmless self
void f50(odb::transaction& self) { self.connection(); }
//= self : odb.transaction reference parameter; harmless self
void f51(odb::transaction& self) { self.implementation(); }
//= self : odb.transaction reference parameter; harmless self
void f52(odb::transaction& self) { self.callback_register(nullptr, nullptr); }
//= self : odb.transaction reference parameter; harmless self
void f53(odb::transaction& self) { self.callback_unregister(nullptr); }
//= self : odb.transaction reference parameter; harmless self
void f54(odb::transaction& self) { self.callback_update(nullptr, 1); }
//= self : odb.transaction reference parameter; harmless self
void f55(odb::transaction& self, odb::tracer& tracer) { self.tracer(tracer); }
//= self : odb.transaction reference parameter; harmless self
void f56(odb::transaction& self) { self.current(self); }
//= self : odb.transaction reference parameter; use self opaque; call throws?
void f57(odb::transaction& self) { self.reset_current(); }
//= self : odb.transaction reference parameter; call throws?
void f58(odb::transaction& self) { if (self.has_current()) return; }
//= self : odb.transaction reference parameter; call throws?; havoc #0
