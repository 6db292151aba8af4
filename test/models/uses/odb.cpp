// What the model of this library is used for, one function per line of it (../ModelTests.cpp).
#include <odb.h>
template <class T> using T_ = T;
template <class T> void sink(T*);

void f1(odb::database* self) { sink(self); }
//= self : odb.database parameter; escape self opaque; call throws
void f2(odb::mysql::database* self) { sink(self); }
//= self : odb.database parameter; escape self opaque; call throws
void f3(odb::pgsql::database* self) { sink(self); }
//= self : odb.database parameter; escape self opaque; call throws
void f4(odb::sqlite::database* self) { sink(self); }
//= self : odb.database parameter; escape self opaque; call throws
void f5(odb::oracle::database* self) { sink(self); }
//= self : odb.database parameter; escape self opaque; call throws
void f6(odb::mssql::database* self) { sink(self); }
//= self : odb.database parameter; escape self opaque; call throws
void f7(odb::database& self) { self.begin(); }
//= self : odb.database reference parameter; harmless self
void f8(odb::database& self) { self.begin_immediate(); }
//= self : odb.database reference parameter; harmless self
void f9(odb::database& self) { self.begin_exclusive(); }
//= self : odb.database reference parameter; harmless self
void f10(odb::database& self) { [[maybe_unused]] auto&& r = self.connection(); }
//= self : odb.database reference parameter; r : odb.connection value; make r of self leased throws; end r implicit
void f11(odb::database& self) { self.persist(); }
//= self : odb.database reference parameter; use self write throws
void f12(odb::database& self) { self.update(); }
//= self : odb.database reference parameter; use self write throws
void f13(odb::database& self) { self.erase(); }
//= self : odb.database reference parameter; use self write throws
void f14(odb::database& self) { self.erase_query(); }
//= self : odb.database reference parameter; use self write throws
void f15(odb::database& self) { self.reload(); }
//= self : odb.database reference parameter; use self write throws
void f16(odb::database& self) { self.load(); }
//= self : odb.database reference parameter; use self read throws
void f17(odb::database& self) { self.find(); }
//= self : odb.database reference parameter; use self read throws
void f18(odb::database& self) { self.query(); }
//= self : odb.database reference parameter; use self read throws
void f19(odb::database& self) { self.query_one(); }
//= self : odb.database reference parameter; use self read throws
void f20(odb::database& self) { self.query_value(); }
//= self : odb.database reference parameter; use self read throws
void f21(odb::database& self) { self.execute("COMMIT"); }
//= self : odb.database reference parameter; commit self throws
void f22(odb::database& self) { self.prepare_query(); }
//= self : odb.database reference parameter; use self throws
void f23(odb::database& self) { self.lookup_query(); }
//= self : odb.database reference parameter; use self throws
void f24(odb::database& self) { self.query_factory(); }
//= self : odb.database reference parameter; use self throws
void f25(odb::database& self) { self.tracer(); }
//= self : odb.database reference parameter; harmless self
void f26(odb::database& self) { self.schema_version(); }
//= self : odb.database reference parameter; harmless self
void f27(odb::database& self) { self.schema_migration(); }
//= self : odb.database reference parameter; harmless self
void f28(odb::database& self) { self.id(); }
//= self : odb.database reference parameter; harmless self
void f29(odb::connection* self) { sink(self); }
//= self : odb.connection parameter; escape self opaque; call throws
void f30(odb::mysql::connection* self) { sink(self); }
//= self : odb.connection parameter; escape self opaque; call throws
void f31(odb::pgsql::connection* self) { sink(self); }
//= self : odb.connection parameter; escape self opaque; call throws
void f32(odb::sqlite::connection* self) { sink(self); }
//= self : odb.connection parameter; escape self opaque; call throws
void f33(odb::connection& self) { self.begin(); }
//= self : odb.connection reference parameter; harmless self
void f34(odb::connection& self) { self.begin_immediate(); }
//= self : odb.connection reference parameter; harmless self
void f35(odb::connection& self) { self.begin_exclusive(); }
//= self : odb.connection reference parameter; harmless self
void f36(odb::connection& self) { self.execute("COMMIT"); }
//= self : odb.connection reference parameter; commit self throws
void f37(odb::connection& self) { self.database(); }
//= self : odb.connection reference parameter; harmless self
void f38(odb::connection& self) { self.tracer(); }
//= self : odb.connection reference parameter; harmless self
void f39(odb::connection& self) { self.prepare_query(); }
//= self : odb.connection reference parameter; use self throws
void f40(odb::connection& self) { self.lookup_query(); }
//= self : odb.connection reference parameter; use self throws
void f41(odb::transaction* self) { sink(self); }
//= self : odb.transaction parameter; escape self opaque; call throws
void f42() { odb::transaction self; }
//= self : odb.transaction value; make self throws?; end self implicit
void f43(T_<int> a0) { odb::transaction self{a0}; }
//= self : odb.transaction value; make self throws; begin self implicit; end self implicit
void f44(odb::transaction& self) { self.commit(); }
//= self : odb.transaction reference parameter; commit self throws
void f45(odb::transaction& self) { self.rollback(); }
//= self : odb.transaction reference parameter; rollback self throws
void f46(odb::transaction& self) { self.reset(); }
//= self : odb.transaction reference parameter; begin self throws
void f47(odb::transaction& self) { self.finalized(); }
//= self : odb.transaction reference parameter; harmless self
void f48(odb::transaction& self) { self.database(); }
//= self : odb.transaction reference parameter; harmless self
void f49(odb::transaction& self) { self.connection(); }
//= self : odb.transaction reference parameter; harmless self
void f50(odb::transaction& self) { self.current(); }
//= self : odb.transaction reference parameter; harmless self
void f51(odb::transaction& self) { self.reset_current(); }
//= self : odb.transaction reference parameter; harmless self
void f52(odb::transaction& self) { self.has_current(); }
//= self : odb.transaction reference parameter; harmless self
void f53(odb::transaction& self) { self.tracer(); }
//= self : odb.transaction reference parameter; harmless self
void f54(odb::transaction& self) { self.implementation(); }
//= self : odb.transaction reference parameter; harmless self
void f55(odb::transaction& self) { self.callback_register(); }
//= self : odb.transaction reference parameter; harmless self
void f56(odb::transaction& self) { self.callback_unregister(); }
//= self : odb.transaction reference parameter; harmless self
void f57(odb::transaction& self) { self.callback_update(); }
//= self : odb.transaction reference parameter; harmless self
