// What the model of this library is used for, one function per line of it (../ModelTests.cpp).
#include <nanodbc.h>
template <class T> using T_ = T;
template <class T> void sink(T*);

void f1(nanodbc::connection* self) { sink(self); }
//= self : nanodbc.connection parameter; escape self opaque; call throws
void f2() { nanodbc::connection self; }
//= self : nanodbc.connection shared; make self throws?; end self implicit
void f3(T_<int> a0) { nanodbc::connection self{a0}; }
//= self : nanodbc.connection shared; make self throws; end self implicit
void f4(nanodbc::connection& self) { self.allocate(); }
//= self : nanodbc.connection reference parameter; use self throws
void f5(nanodbc::connection& self) { self.deallocate(); }
//= self : nanodbc.connection reference parameter; use self throws
void f6(nanodbc::connection& self) { self.connect(); }
//= self : nanodbc.connection reference parameter; open self throws
void f7(nanodbc::connection& self) { self.async_connect(); }
//= self : nanodbc.connection reference parameter; open self throws
void f8(nanodbc::connection& self) { self.disconnect(); }
//= self : nanodbc.connection reference parameter; close self
void f9(nanodbc::connection& self) { self.connected(); }
//= self : nanodbc.connection reference parameter; harmless self
void f10(nanodbc::connection& self) { self.transactions(); }
//= self : nanodbc.connection reference parameter; harmless self
void f11(nanodbc::connection& self) { self.native_dbc_handle(); }
//= self : nanodbc.connection reference parameter; harmless self
void f12(nanodbc::connection& self) { self.native_env_handle(); }
//= self : nanodbc.connection reference parameter; harmless self
void f13(nanodbc::connection& self) { self.swap(); }
//= self : nanodbc.connection reference parameter; harmless self
void f14(nanodbc::connection& self) { self.driver_name(); }
//= self : nanodbc.connection reference parameter; harmless self
void f15(nanodbc::connection& self) { self.database_name(); }
//= self : nanodbc.connection reference parameter; harmless self
void f16(nanodbc::connection& self) { self.dbms_name(); }
//= self : nanodbc.connection reference parameter; use self read throws
void f17(nanodbc::connection& self) { self.dbms_version(); }
//= self : nanodbc.connection reference parameter; use self read throws
void f18(nanodbc::connection& self) { self.catalog_name(); }
//= self : nanodbc.connection reference parameter; use self read throws
void f19(nanodbc::connection& self) { self.get_info(); }
//= self : nanodbc.connection reference parameter; use self read throws
void f20(nanodbc::transaction* self) { sink(self); }
//= self : nanodbc.transaction parameter; escape self opaque; call throws
void f21(nanodbc::transaction& self) { self.commit(); }
//= self : nanodbc.transaction reference parameter; commit self throws
void f22(nanodbc::transaction& self) { self.rollback(); }
//= self : nanodbc.transaction reference parameter; rollback self throws
void f23(nanodbc::transaction& self) { self.connection(); }
//= self : nanodbc.transaction reference parameter; harmless self
void f24(nanodbc::transaction& self) { self.swap(); }
//= self : nanodbc.transaction reference parameter; harmless self
void f25(nanodbc::statement* self) { sink(self); }
//= self : nanodbc.statement parameter; escape self opaque; call throws?
void f26(nanodbc::catalog* self) { sink(self); }
//= self : nanodbc.statement parameter; escape self opaque; call throws?
void f27() { nanodbc::statement self; }
//= self : nanodbc.statement shared; make self throws?; end self implicit
void f28(T_<nanodbc::connection &> a0) { nanodbc::statement self{a0, "COMMIT"}; }
//= a0 : nanodbc.connection reference parameter; self : nanodbc.statement shared; make self of a0 derived throws; end self implicit
void f29(T_<nanodbc::connection &> a0) { nanodbc::statement self{a0}; }
//= a0 : nanodbc.connection reference parameter; self : nanodbc.statement shared; make self of a0 derived throws; end self implicit
void f30(nanodbc::statement& self) { self.prepare(); }
//= self : nanodbc.statement reference parameter; use self throws
void f31(nanodbc::statement& self) { self.execute(); }
//= self : nanodbc.statement reference parameter; use self throws
void f32(nanodbc::statement& self) { self.just_execute(); }
//= self : nanodbc.statement reference parameter; use self throws
void f33(nanodbc::statement& self) { self.execute_direct(); }
//= self : nanodbc.statement reference parameter; use self throws
void f34(nanodbc::statement& self) { self.just_execute_direct(); }
//= self : nanodbc.statement reference parameter; use self throws
void f35(nanodbc::statement& self) { self.bind(); }
//= self : nanodbc.statement reference parameter; use self throws
void f36(nanodbc::statement& self) { self.bind_null(); }
//= self : nanodbc.statement reference parameter; use self throws
void f37(nanodbc::statement& self) { self.bind_strings(); }
//= self : nanodbc.statement reference parameter; use self throws
void f38(nanodbc::statement& self) { self.cancel(); }
//= self : nanodbc.statement reference parameter; use self throws
void f39(nanodbc::statement& self) { self.timeout(); }
//= self : nanodbc.statement reference parameter; use self throws
void f40(nanodbc::statement& self) { self.reset_parameters(); }
//= self : nanodbc.statement reference parameter; use self throws
void f41(nanodbc::statement& self) { self.find_tables(); }
//= self : nanodbc.statement reference parameter; use self read throws
void f42(nanodbc::statement& self) { self.find_columns(); }
//= self : nanodbc.statement reference parameter; use self read throws
void f43(nanodbc::statement& self) { self.list_catalogs(); }
//= self : nanodbc.statement reference parameter; use self read throws
void f44(nanodbc::statement& self) { self.list_schemas(); }
//= self : nanodbc.statement reference parameter; use self read throws
void f45(nanodbc::statement& self) { self.open(); }
//= self : nanodbc.statement reference parameter; use self throws
void f46(nanodbc::statement& self) { self.close(); }
//= self : nanodbc.statement reference parameter; close self
void f47(nanodbc::statement& self) { self.opened(); }
//= self : nanodbc.statement reference parameter; harmless self
void f48(nanodbc::statement& self) { self.connected(); }
//= self : nanodbc.statement reference parameter; harmless self
void f49(nanodbc::statement& self) { self.connection(); }
//= self : nanodbc.statement reference parameter; harmless self
void f50(nanodbc::statement& self) { self.native_statement_handle(); }
//= self : nanodbc.statement reference parameter; harmless self
void f51(nanodbc::statement& self) { self.swap(); }
//= self : nanodbc.statement reference parameter; harmless self
void f52(nanodbc::statement& self) { self.parameters(); }
//= self : nanodbc.statement reference parameter; harmless self
void f53(nanodbc::statement& self) { self.affected_rows(); }
//= self : nanodbc.statement reference parameter; harmless self
void f54(nanodbc::statement& self) { self.columns(); }
//= self : nanodbc.statement reference parameter; harmless self
void f55(nanodbc::result* self) { sink(self); }
//= self : nanodbc.result parameter; escape self opaque; call throws?
void f56() { nanodbc::result self; }
//= self : nanodbc.result shared; make self throws?; end self implicit
void f57(nanodbc::result& self) { self.next(); }
//= self : nanodbc.result reference parameter; use self read throws
void f58(nanodbc::result& self) { self.prior(); }
//= self : nanodbc.result reference parameter; use self read throws
void f59(nanodbc::result& self) { self.first(); }
//= self : nanodbc.result reference parameter; use self read throws
void f60(nanodbc::result& self) { self.last(); }
//= self : nanodbc.result reference parameter; use self read throws
void f61(nanodbc::result& self) { self.move(); }
//= self : nanodbc.result reference parameter; use self read throws
void f62(nanodbc::result& self) { self.skip(); }
//= self : nanodbc.result reference parameter; use self read throws
void f63(nanodbc::result& self) { self.next_result(); }
//= self : nanodbc.result reference parameter; use self read throws
void f64(nanodbc::result& self) { self.get(); }
//= self : nanodbc.result reference parameter; use self read throws
void f65(nanodbc::result& self) { self.get_ref(); }
//= self : nanodbc.result reference parameter; use self read throws
void f66(nanodbc::result& self) { self.is_null(); }
//= self : nanodbc.result reference parameter; use self read throws
void f67(nanodbc::result& self) { self.at_end(); }
//= self : nanodbc.result reference parameter; use self read throws
void f68(nanodbc::result& self) { self.rows(); }
//= self : nanodbc.result reference parameter; harmless self
void f69(nanodbc::result& self) { self.columns(); }
//= self : nanodbc.result reference parameter; harmless self
void f70(nanodbc::result& self) { self.rowset_size(); }
//= self : nanodbc.result reference parameter; harmless self
void f71(nanodbc::result& self) { self.affected_rows(); }
//= self : nanodbc.result reference parameter; harmless self
void f72(nanodbc::result& self) { self.column_name(); }
//= self : nanodbc.result reference parameter; harmless self
void f73(nanodbc::result& self) { self.column(); }
//= self : nanodbc.result reference parameter; harmless self
void f74(nanodbc::result& self) { self.column_size(); }
//= self : nanodbc.result reference parameter; harmless self
void f75(nanodbc::result& self) { self.position(); }
//= self : nanodbc.result reference parameter; harmless self
void f76(nanodbc::result& self) { self.unbind(); }
//= self : nanodbc.result reference parameter; harmless self
void f77(nanodbc::result& self) { self.swap(); }
//= self : nanodbc.result reference parameter; harmless self
void f78(T_<nanodbc::connection &> a0) { [[maybe_unused]] auto&& r = nanodbc::execute(a0, "COMMIT"); }
//= a0 : nanodbc.connection reference parameter; r : nanodbc.result shared; commit a0 throws; make r of a0 derived throws; end r implicit
void f79(T_<nanodbc::connection &> a0) { nanodbc::just_execute(a0, "COMMIT"); }
//= a0 : nanodbc.connection reference parameter; commit a0 throws
