// What the model of this library is used for, one function per line of it (../ModelTests.cpp).
#include <sqlpp11.h>
template <class T> void sink(T*);

void f1(sqlpp::sqlite3::connection* self) { sink(self); }
//= self : sqlpp11.connection parameter; escape self opaque; call throws
void f2(sqlpp::mysql::connection* self) { sink(self); }
//= self : sqlpp11.connection parameter; escape self opaque; call throws
void f3(sqlpp::mysql::connection_base* self) { sink(self); }
//= self : sqlpp11.connection parameter; escape self opaque; call throws
void f4(sqlpp::sqlite3::connection_base* self) { sink(self); }
//= self : sqlpp11.connection parameter; escape self opaque; call throws
void f5(sqlpp::postgresql::connection_base* self) { sink(self); }
//= self : sqlpp11.connection parameter; escape self opaque; call throws
void f6(sqlpp::sqlite3::pooled_connection* self) { sink(self); }
//= self : sqlpp11.lease parameter; escape self opaque; call throws
void f7(sqlpp::transaction_t<sqlpp::sqlite3::connection>* self) { sink(self); }
//= self : sqlpp11.transaction parameter; escape self opaque; call throws
void f8(sqlpp::sqlite3::connection_pool* self) { sink(self); }
//= self : sqlpp11.pool parameter; escape self opaque; call throws?
void f9() { sqlpp::sqlite3::connection self; }
//= self : sqlpp11.connection value; make self; end self implicit
void f10(sqlpp::sqlite3::connection_config& config) { sqlpp::sqlite3::connection self(config); }
//= self : sqlpp11.connection value; make self throws; end self implicit
void f11(std::shared_ptr<const sqlpp::sqlite3::connection_config>& config) { sqlpp::sqlite3::connection self(config); }
//= self : sqlpp11.connection value; make self throws; end self implicit
void f12(sqlpp::sqlite3::connection& self) { self.operator()(sqlpp::statement{}); }
//= self : sqlpp11.connection reference parameter; use self throws
void f13(sqlpp::sqlite3::connection& self) { self.execute("DELETE FROM a"); }
//= self : sqlpp11.connection reference parameter; use self write throws
void f14(sqlpp::sqlite3::connection& self) { self.run(sqlpp::statement{}); }
//= self : sqlpp11.connection reference parameter; use self throws
void f15(sqlpp::sqlite3::connection& self) { self.prepare(sqlpp::statement{}); }
//= self : sqlpp11.connection reference parameter; use self throws
void f16(sqlpp::sqlite3::connection& self) { self.run_prepared_select(sqlpp::prepared{}); }
//= self : sqlpp11.connection reference parameter; use self throws
void f17(sqlpp::sqlite3::connection& self) { self.run_prepared_insert(sqlpp::prepared{}); }
//= self : sqlpp11.connection reference parameter; use self throws
void f18(sqlpp::sqlite3::connection& self) { self.run_prepared_update(sqlpp::prepared{}); }
//= self : sqlpp11.connection reference parameter; use self throws
void f19(sqlpp::sqlite3::connection& self) { self.run_prepared_remove(sqlpp::prepared{}); }
//= self : sqlpp11.connection reference parameter; use self throws
void f20(sqlpp::sqlite3::connection& self) { self.run_prepared_execute(sqlpp::prepared{}); }
//= self : sqlpp11.connection reference parameter; use self throws
void f21(sqlpp::sqlite3::connection& self) { self.select(sqlpp::statement{}); }
//= self : sqlpp11.connection reference parameter; use self read throws
void f22(sqlpp::sqlite3::connection& self) { self.insert(sqlpp::statement{}); }
//= self : sqlpp11.connection reference parameter; use self write throws
void f23(sqlpp::sqlite3::connection& self) { self.update(sqlpp::statement{}); }
//= self : sqlpp11.connection reference parameter; use self write throws
void f24(sqlpp::sqlite3::connection& self) { self.remove(sqlpp::statement{}); }
//= self : sqlpp11.connection reference parameter; use self write throws
void f25(sqlpp::sqlite3::connection& self) { self.start_transaction(); }
//= self : sqlpp11.connection reference parameter; begin self throws
void f26(sqlpp::sqlite3::connection& self) { self.commit_transaction(); }
//= self : sqlpp11.connection reference parameter; commit self throws
void f27(sqlpp::sqlite3::connection& self) { self.rollback_transaction(false); }
//= self : sqlpp11.connection reference parameter; rollback self throws
void f28(sqlpp::sqlite3::connection& self) { self.native_handle(); }
//= self : sqlpp11.connection reference parameter; harmless self
void f29(sqlpp::sqlite3::connection& self) { self.is_connected(); }
//= self : sqlpp11.connection reference parameter; harmless self
void f30(sqlpp::sqlite3::connection& self) { self.is_transaction_active(); }
//= self : sqlpp11.connection reference parameter; harmless self
void f31(sqlpp::sqlite3::connection& self) { self.ping_server(); }
//= self : sqlpp11.connection reference parameter; harmless self
void f32(sqlpp::sqlite3::connection& self) { self.escape("a"); }
//= self : sqlpp11.connection reference parameter; harmless self
void f33(sqlpp::sqlite3::connection& self) { self.last_insert_id(); }
//= self : sqlpp11.connection reference parameter; harmless self
void f34(sqlpp::sqlite3::connection& self) { self.set_default_isolation_level(sqlpp::isolation_level::serializable); }
//= self : sqlpp11.connection reference parameter; use self throws
void f35(sqlpp::sqlite3::connection& self) { self.get_default_isolation_level(); }
//= self : sqlpp11.connection reference parameter; use self throws
void f36(sqlpp::sqlite3::connection& self) { self.report_rollback_failure("a"); }
//= self : sqlpp11.connection reference parameter; harmless self
void f37(sqlpp::mysql::connection& self) { self.get_handle(); }
//= self : sqlpp11.connection reference parameter; harmless self
void f38(sqlpp::sqlite3::connection& self, std::shared_ptr<const sqlpp::sqlite3::connection_config>& config) { self.connectUsing(config); }
//= self : sqlpp11.connection reference parameter; open self throws
void f39(sqlpp::sqlite3::connection& db) { auto self = sqlpp::start_transaction(db); }
//= db : sqlpp11.connection reference parameter; self : sqlpp11.transaction value; make self of db derived throws; begin self on db throws; end self implicit
void f40(sqlpp::sqlite3::connection& db) { auto self = sqlpp::start_transaction(db, sqlpp::isolation_level::serializable); self.commit(); }
//= db : sqlpp11.connection reference parameter; self : sqlpp11.transaction value; make self of db derived throws; begin self on db throws; end self implicit; commit self throws; end self implicit
void f41(sqlpp::sqlite3::connection& db) { sqlpp::transaction_t<sqlpp::sqlite3::connection> self(db, sqlpp::quiet_auto_rollback); self.rollback(); }
//= db : sqlpp11.connection reference parameter; self : sqlpp11.transaction value; make self of db throws; begin self on db implicit; end self implicit; rollback self throws; end self implicit
void f42(sqlpp::sqlite3::connection_pool& self) { auto db = self.get(); }
//= self : sqlpp11.pool reference parameter; db : sqlpp11.lease value; make db of self leased throws; end db implicit
void f43(sqlpp::sqlite3::connection_pool& self) { sqlpp::sqlite3::pooled_connection db = self.get(sqlpp::connection_check::ping); db.execute("DELETE FROM a"); }
//= self : sqlpp11.pool reference parameter; db : sqlpp11.lease value; make db of self leased throws; end db implicit; use db write throws; end db implicit
void f44(sqlpp::sqlite3::connection_pool& self) { self.initialize({}, 3); }
//= self : sqlpp11.pool reference parameter; call; harmless self
void f45(sqlpp::sqlite3::connection_pool& self) { self.available(); }
//= self : sqlpp11.pool reference parameter; harmless self
