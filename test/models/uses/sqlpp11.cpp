// What the model of this library is used for, one function per line of it (../ModelTests.cpp).
#include <sqlpp11.h>
template <class T> using T_ = T;
template <class T> void sink(T*);

void f1(sqlpp::mysql::connection* self) { sink(self); }
//= self : sqlpp11.connection parameter; escape self opaque; call throws
void f2(sqlpp::sqlite3::connection* self) { sink(self); }
//= self : sqlpp11.connection parameter; escape self opaque; call throws
void f3(sqlpp::postgresql::connection* self) { sink(self); }
//= self : sqlpp11.connection parameter; escape self opaque; call throws
void f4(sqlpp::mysql::connection_base* self) { sink(self); }
//= self : sqlpp11.connection parameter; escape self opaque; call throws
void f5(sqlpp::sqlite3::connection_base* self) { sink(self); }
//= self : sqlpp11.connection parameter; escape self opaque; call throws
void f6(sqlpp::postgresql::connection_base* self) { sink(self); }
//= self : sqlpp11.connection parameter; escape self opaque; call throws
void f7(sqlpp::normal_connection* self) { sink(self); }
//= self : sqlpp11.connection parameter; escape self opaque; call throws
void f8(sqlpp::pooled_connection* self) { sink(self); }
//= self : sqlpp11.connection parameter; escape self opaque; call throws
void f9() { sqlpp::mysql::connection self; }
//= self : sqlpp11.connection value; make self throws?; end self implicit
void f10(T_<int> a0) { sqlpp::mysql::connection self{a0}; }
//= self : sqlpp11.connection value; make self throws; end self implicit
void f11(sqlpp::mysql::connection& self) { self(); }
//= self : sqlpp11.connection reference parameter; use self throws
void f12(sqlpp::mysql::connection& self) { self.execute("COMMIT"); }
//= self : sqlpp11.connection reference parameter; commit self throws
void f13(sqlpp::mysql::connection& self) { self.run(); }
//= self : sqlpp11.connection reference parameter; use self throws
void f14(sqlpp::mysql::connection& self) { self.prepare(); }
//= self : sqlpp11.connection reference parameter; use self throws
void f15(sqlpp::mysql::connection& self) { self.run_prepared_select(); }
//= self : sqlpp11.connection reference parameter; use self throws
void f16(sqlpp::mysql::connection& self) { self.run_prepared_insert(); }
//= self : sqlpp11.connection reference parameter; use self throws
void f17(sqlpp::mysql::connection& self) { self.run_prepared_update(); }
//= self : sqlpp11.connection reference parameter; use self throws
void f18(sqlpp::mysql::connection& self) { self.run_prepared_remove(); }
//= self : sqlpp11.connection reference parameter; use self throws
void f19(sqlpp::mysql::connection& self) { self.run_prepared_execute(); }
//= self : sqlpp11.connection reference parameter; use self throws
void f20(sqlpp::mysql::connection& self) { self.select(); }
//= self : sqlpp11.connection reference parameter; use self read throws
void f21(sqlpp::mysql::connection& self) { self.insert(); }
//= self : sqlpp11.connection reference parameter; use self write throws
void f22(sqlpp::mysql::connection& self) { self.update(); }
//= self : sqlpp11.connection reference parameter; use self write throws
void f23(sqlpp::mysql::connection& self) { self.remove(); }
//= self : sqlpp11.connection reference parameter; use self write throws
void f24(sqlpp::mysql::connection& self) { self.start_transaction(); }
//= self : sqlpp11.connection reference parameter; begin self throws
void f25(sqlpp::mysql::connection& self) { self.commit_transaction(); }
//= self : sqlpp11.connection reference parameter; commit self throws
void f26(sqlpp::mysql::connection& self) { self.rollback_transaction(); }
//= self : sqlpp11.connection reference parameter; rollback self throws
void f27(sqlpp::mysql::connection& self) { self.connectUsing(); }
//= self : sqlpp11.connection reference parameter; open self throws
void f28(sqlpp::mysql::connection& self) { self.reconnect(); }
//= self : sqlpp11.connection reference parameter; open self throws
void f29(sqlpp::mysql::connection& self) { self.native_handle(); }
//= self : sqlpp11.connection reference parameter; harmless self
void f30(sqlpp::mysql::connection& self) { self.is_connected(); }
//= self : sqlpp11.connection reference parameter; harmless self
void f31(sqlpp::mysql::connection& self) { self.is_transaction_active(); }
//= self : sqlpp11.connection reference parameter; harmless self
void f32(sqlpp::mysql::connection& self) { self.ping_server(); }
//= self : sqlpp11.connection reference parameter; harmless self
void f33(sqlpp::mysql::connection& self) { self.escape(); }
//= self : sqlpp11.connection reference parameter; harmless self
void f34(sqlpp::mysql::connection& self) { self.last_insert_id(); }
//= self : sqlpp11.connection reference parameter; harmless self
void f35(sqlpp::mysql::connection& self) { self.set_default_isolation_level(); }
//= self : sqlpp11.connection reference parameter; harmless self
void f36(sqlpp::mysql::connection& self) { self.get_default_isolation_level(); }
//= self : sqlpp11.connection reference parameter; harmless self
void f37(sqlpp::mysql::connection& self) { self.report_rollback_failure(); }
//= self : sqlpp11.connection reference parameter; harmless self
void f38(sqlpp::mysql::connection& self) { self.get_config(); }
//= self : sqlpp11.connection reference parameter; harmless self
void f39(sqlpp::transaction_t* self) { sink(self); }
//= self : sqlpp11.transaction parameter; escape self opaque; call throws
void f40(sqlpp::transaction_t& self) { self.commit(); }
//= self : sqlpp11.transaction reference parameter; commit self throws
void f41(sqlpp::transaction_t& self) { self.rollback(); }
//= self : sqlpp11.transaction reference parameter; rollback self throws
void f42(sqlpp::mysql::connection_pool* self) { sink(self); }
//= self : sqlpp11.pool parameter; escape self opaque; call throws?
void f43(sqlpp::sqlite3::connection_pool* self) { sink(self); }
//= self : sqlpp11.pool parameter; escape self opaque; call throws?
void f44(sqlpp::postgresql::connection_pool* self) { sink(self); }
//= self : sqlpp11.pool parameter; escape self opaque; call throws?
void f45(sqlpp::connection_pool* self) { sink(self); }
//= self : sqlpp11.pool parameter; escape self opaque; call throws?
void f46(sqlpp::mysql::connection_pool& self) { [[maybe_unused]] auto&& r = self.get(); }
//= self : sqlpp11.pool reference parameter; r : sqlpp11.connection value; make r of self leased throws; end r implicit
void f47(T_<sqlpp::mysql::connection &> a0) { [[maybe_unused]] auto&& r = sqlpp::start_transaction(a0); }
//= a0 : sqlpp11.connection reference parameter; r : sqlpp11.transaction value; make r of a0 derived throws; begin r on a0 throws; end r implicit
