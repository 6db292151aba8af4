// What the model of this library is used for, one function per line of it (../ModelTests.cpp).
#include <nanodbc.h>
template <class T> void sink(T*);

void f1(nanodbc::connection* self) { sink(self); }
//= self : nanodbc.connection parameter; escape self opaque; call throws
void f2(nanodbc::transaction* self) { sink(self); }
//= self : nanodbc.transaction parameter; escape self opaque; call throws
void f3(nanodbc::statement* self) { sink(self); }
//= self : nanodbc.statement parameter; escape self opaque; call throws?
void f4(nanodbc::catalog* self) { sink(self); }
//= self : nanodbc.statement parameter; escape self opaque; call throws?
void f5(nanodbc::result* self) { sink(self); }
//= self : nanodbc.result parameter; escape self opaque; call throws?
void f6() { nanodbc::connection self; }
//= self : nanodbc.connection shared; make self throws?; end self implicit
void f7() { nanodbc::connection self("DSN=shop"); }
//= self : nanodbc.connection shared; make self throws; end self implicit
void f8() { nanodbc::connection self("shop", "me", "secret", 5); }
//= self : nanodbc.connection shared; make self throws; end self implicit
void f9(nanodbc::connection& self) { self.allocate(); }
//= self : nanodbc.connection reference parameter; use self throws
void f10(nanodbc::connection& self) { self.deallocate(); }
//= self : nanodbc.connection reference parameter; use self throws
void f11(nanodbc::connection& self) { self.connect("DSN=shop"); }
//= self : nanodbc.connection reference parameter; open self throws
void f12(nanodbc::connection& self) { self.connect("shop", "me", "secret"); }
//= self : nanodbc.connection reference parameter; open self throws
void f13(nanodbc::connection& self) { self.async_connect("DSN=shop", nullptr); }
//= self : nanodbc.connection reference parameter; open self throws
void f14(nanodbc::connection& self) { self.disconnect(); }
//= self : nanodbc.connection reference parameter; close self
void f15(nanodbc::connection& self) { self.connected(); }
//= self : nanodbc.connection reference parameter; harmless self
void f16(nanodbc::connection& self) { self.transactions(); }
//= self : nanodbc.connection reference parameter; harmless self
void f17(nanodbc::connection& self) { self.native_dbc_handle(); }
//= self : nanodbc.connection reference parameter; harmless self
void f18(nanodbc::connection& self) { self.native_env_handle(); }
//= self : nanodbc.connection reference parameter; harmless self
void f19(nanodbc::connection& self) { self.dbms_name(); }
//= self : nanodbc.connection reference parameter; use self read throws
void f20(nanodbc::connection& self) { self.dbms_version(); }
//= self : nanodbc.connection reference parameter; use self read throws
void f21(nanodbc::connection& self) { self.driver_name(); }
//= self : nanodbc.connection reference parameter; use self read throws
void f22(nanodbc::connection& self) { self.driver_version(); }
//= self : nanodbc.connection reference parameter; use self read throws
void f23(nanodbc::connection& self) { self.database_name(); }
//= self : nanodbc.connection reference parameter; use self read throws
void f24(nanodbc::connection& self) { self.catalog_name(); }
//= self : nanodbc.connection reference parameter; use self read throws
void f25(nanodbc::connection& self) { self.get_info<int>(1); }
//= self : nanodbc.connection reference parameter; use self read throws
void f26(nanodbc::connection& self, nanodbc::connection& other) { self.swap(other); }
//= self : nanodbc.connection reference parameter; other : nanodbc.connection reference parameter; harmless self
void f27(nanodbc::connection& self) { nanodbc::transaction tx(self); }
//= self : nanodbc.connection reference parameter; tx : nanodbc.transaction value; make tx of self throws; begin tx on self implicit; end tx implicit
void f28(nanodbc::connection& self) { nanodbc::transaction tx(self); tx.commit(); }
//= self : nanodbc.connection reference parameter; tx : nanodbc.transaction value; make tx of self throws; begin tx on self implicit; end tx implicit; commit tx throws; end tx implicit
void f29(nanodbc::connection& self) { nanodbc::transaction tx(self); tx.rollback(); }
//= self : nanodbc.connection reference parameter; tx : nanodbc.transaction value; make tx of self throws; begin tx on self implicit; rollback tx; end tx implicit
void f30(nanodbc::transaction& self) { self.commit(); }
//= self : nanodbc.transaction reference parameter; commit self throws
void f31(nanodbc::transaction& self) { self.rollback(); }
//= self : nanodbc.transaction reference parameter; rollback self
void f32(nanodbc::transaction& self) { self.connection(); }
//= self : nanodbc.transaction reference parameter; harmless self
void f33(nanodbc::transaction& self, nanodbc::transaction& other) { self.swap(other); }
//= self : nanodbc.transaction reference parameter; other : nanodbc.transaction reference parameter; harmless self
void f34() { nanodbc::statement self; }
//= self : nanodbc.statement shared; make self throws?; end self implicit
void f35(nanodbc::connection& on) { nanodbc::statement self(on); }
//= `on` : nanodbc.connection reference parameter; self : nanodbc.statement shared; make self of `on` derived throws; end self implicit
void f36(nanodbc::connection& on) { nanodbc::statement self(on, "DELETE FROM a"); }
//= `on` : nanodbc.connection reference parameter; self : nanodbc.statement shared; make self of `on` derived write throws; end self implicit
void f37(nanodbc::connection& on) { nanodbc::catalog self(on); }
//= `on` : nanodbc.connection reference parameter; self : nanodbc.statement shared; make self of `on` derived; end self implicit
void f38(nanodbc::statement& self) { nanodbc::result rows = self.execute(); }
//= self : nanodbc.statement reference parameter; rows : nanodbc.result shared; make rows of self derived throws; end rows implicit
void f39(nanodbc::statement& self, nanodbc::connection& on) { nanodbc::result rows = self.execute_direct(on, "SELECT 1"); }
//= self : nanodbc.statement reference parameter; `on` : nanodbc.connection reference parameter; rows : nanodbc.result shared; use `on` read throws; make rows of `on` derived throws; end rows implicit
void f40(nanodbc::statement& self, nanodbc::connection& on) { self.just_execute_direct(on, "COMMIT"); }
//= self : nanodbc.statement reference parameter; `on` : nanodbc.connection reference parameter; commit `on` throws
void f41(nanodbc::statement& self, nanodbc::connection& on) { self.prepare(on, "SELECT 1"); }
//= self : nanodbc.statement reference parameter; `on` : nanodbc.connection reference parameter; use self throws
void f42(nanodbc::statement& self, nanodbc::connection& on) { self.open(on); }
//= self : nanodbc.statement reference parameter; `on` : nanodbc.connection reference parameter; use self throws
void f43(nanodbc::statement& self, int value) { self.bind(0, &value); }
//= self : nanodbc.statement reference parameter; use self throws
void f44(nanodbc::statement& self, std::vector<std::string>& values) { self.bind_strings(0, values); }
//= self : nanodbc.statement reference parameter; use self throws
void f45(nanodbc::statement& self) { self.prepare("SELECT 1"); }
//= self : nanodbc.statement reference parameter; use self throws
void f46(nanodbc::statement& self) { self.just_execute(); }
//= self : nanodbc.statement reference parameter; use self throws
void f47(nanodbc::statement& self) { self.bind_null(0); }
//= self : nanodbc.statement reference parameter; use self throws
void f48(nanodbc::statement& self) { self.cancel(); }
//= self : nanodbc.statement reference parameter; use self throws
void f49(nanodbc::statement& self) { self.timeout(3); }
//= self : nanodbc.statement reference parameter; use self throws
void f50(nanodbc::statement& self) { self.procedure_columns("", "", "", ""); }
//= self : nanodbc.statement reference parameter; use self read throws
void f51(nanodbc::statement& self) { self.open(); }
//= self : nanodbc.statement reference parameter; harmless self
void f52(nanodbc::statement& self) { self.close(); }
//= self : nanodbc.statement reference parameter; close self
void f53(nanodbc::statement& self) { self.connected(); }
//= self : nanodbc.statement reference parameter; harmless self
void f54(nanodbc::statement& self) { self.connection(); }
//= self : nanodbc.statement reference parameter; harmless self
void f55(nanodbc::statement& self) { self.native_statement_handle(); }
//= self : nanodbc.statement reference parameter; harmless self
void f56(nanodbc::statement& self) { self.parameters(); }
//= self : nanodbc.statement reference parameter; harmless self
void f57(nanodbc::statement& self) { self.reset_parameters(); }
//= self : nanodbc.statement reference parameter; harmless self
void f58(nanodbc::statement& self) { self.affected_rows(); }
//= self : nanodbc.statement reference parameter; harmless self
void f59(nanodbc::statement& self) { self.columns(); }
//= self : nanodbc.statement reference parameter; harmless self
void f60(nanodbc::statement& self, nanodbc::statement& other) { self.swap(other); }
//= self : nanodbc.statement reference parameter; other : nanodbc.statement reference parameter; harmless self
void f61(nanodbc::catalog& self) { self.find_tables("a"); }
//= self : nanodbc.statement reference parameter; use self read throws
void f62(nanodbc::catalog& self) { self.find_columns("a"); }
//= self : nanodbc.statement reference parameter; use self read throws
void f63(nanodbc::catalog& self) { self.list_catalogs(); }
//= self : nanodbc.statement reference parameter; use self read throws
void f64(nanodbc::catalog& self) { self.list_schemas(); }
//= self : nanodbc.statement reference parameter; use self read throws
void f65() { nanodbc::result self; }
//= self : nanodbc.result shared; make self; end self implicit
void f66(nanodbc::result& self, int& value) { self.get_ref(0, value); }
//= self : nanodbc.result reference parameter; use self read throws
void f67(nanodbc::result& self, nanodbc::result& other) { self.swap(other); }
//= self : nanodbc.result reference parameter; other : nanodbc.result reference parameter; harmless self
void f68(nanodbc::result& self) { self.next(); }
//= self : nanodbc.result reference parameter; use self read throws
void f69(nanodbc::result& self) { self.prior(); }
//= self : nanodbc.result reference parameter; use self read throws
void f70(nanodbc::result& self) { self.first(); }
//= self : nanodbc.result reference parameter; use self read throws
void f71(nanodbc::result& self) { self.last(); }
//= self : nanodbc.result reference parameter; use self read throws
void f72(nanodbc::result& self) { self.move(1); }
//= self : nanodbc.result reference parameter; use self read throws
void f73(nanodbc::result& self) { self.skip(1); }
//= self : nanodbc.result reference parameter; use self read throws
void f74(nanodbc::result& self) { self.next_result(); }
//= self : nanodbc.result reference parameter; use self read throws
void f75(nanodbc::result& self) { self.get<int>(0); }
//= self : nanodbc.result reference parameter; use self read throws
void f76(nanodbc::result& self) { self.is_null(0); }
//= self : nanodbc.result reference parameter; use self read throws
void f77(nanodbc::result& self) { self.at_end(); }
//= self : nanodbc.result reference parameter; harmless self
void f78(nanodbc::result& self) { self.rows(); }
//= self : nanodbc.result reference parameter; harmless self
void f79(nanodbc::result& self) { self.columns(); }
//= self : nanodbc.result reference parameter; harmless self
void f80(nanodbc::result& self) { self.rowset_size(); }
//= self : nanodbc.result reference parameter; harmless self
void f81(nanodbc::result& self) { self.affected_rows(); }
//= self : nanodbc.result reference parameter; harmless self
void f82(nanodbc::result& self) { self.column_name(0); }
//= self : nanodbc.result reference parameter; harmless self
void f83(nanodbc::result& self) { self.column("a"); }
//= self : nanodbc.result reference parameter; harmless self
void f84(nanodbc::result& self) { self.column_size(0); }
//= self : nanodbc.result reference parameter; harmless self
void f85(nanodbc::result& self) { self.position(); }
//= self : nanodbc.result reference parameter; harmless self
void f86(nanodbc::result& self) { self.unbind(); }
//= self : nanodbc.result reference parameter; harmless self
void f87(nanodbc::connection& on) { nanodbc::result rows = nanodbc::execute(on, "SELECT 1"); }
//= `on` : nanodbc.connection reference parameter; rows : nanodbc.result shared; use `on` read throws; make rows of `on` derived throws; end rows implicit
void f88(nanodbc::statement& on) { nanodbc::result rows = nanodbc::execute(on); }
//= `on` : nanodbc.statement reference parameter; rows : nanodbc.result shared; make rows of `on` derived throws; end rows implicit
void f89(nanodbc::connection& on) { nanodbc::just_execute(on, "COMMIT"); }
//= `on` : nanodbc.connection reference parameter; commit `on` throws
void f90(nanodbc::statement& on) { nanodbc::just_execute(on); }
//= `on` : nanodbc.statement reference parameter; use `on` throws
void f91(nanodbc::statement& on) { nanodbc::result rows = nanodbc::transact(on, 1); }
//= `on` : nanodbc.statement reference parameter; rows : nanodbc.result shared; make rows of `on` derived throws; end rows implicit
void f92(nanodbc::statement& on) { nanodbc::just_transact(on, 1); }
//= `on` : nanodbc.statement reference parameter; use `on` throws
void f93(nanodbc::statement& on) { nanodbc::prepare(on, "SELECT 1"); }
//= `on` : nanodbc.statement reference parameter; use `on` throws
