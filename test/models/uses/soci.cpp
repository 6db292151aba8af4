// What the model of this library is used for, one function per line of it (../ModelTests.cpp).
#include <soci/soci.h>
using soci_rowset = soci::rowset<int>;
using soci_rowset_iterator = soci::rowset_iterator<int>;
template <class T> using T_ = T;
template <class T> void sink(T*);

void f1(soci::session* self) { sink(self); }
//= self : soci.session parameter; escape self opaque; call throws
void f2() { soci::session self; }
//= self : soci.session value; make self throws?; end self implicit
void f3(T_<soci::connection_pool &> a0) { soci::session self{a0}; }
//= a0 : soci.pool reference parameter; self : soci.session value; make self of a0 leased throws; end self implicit
void f4(T_<const soci::backend_factory &> a0, T_<const std::basic_string<char> &> a1) { soci::session self{a0, a1}; }
//= self : soci.session value; make self throws; end self implicit
void f5(soci::session& self, T_<const soci::connection_parameters &> a0) { self.open(a0); }
//= self : soci.session reference parameter; open self throws
void f6(soci::session& self) { self.reconnect(); }
//= self : soci.session reference parameter; open self throws
void f7(soci::session& self) { self.close(); }
//= self : soci.session reference parameter; close self
void f8(soci::session& self) { self.begin(); }
//= self : soci.session reference parameter; begin self throws
void f9(soci::session& self) { self.commit(); }
//= self : soci.session reference parameter; commit self throws
void f10(soci::session& self) { self.rollback(); }
//= self : soci.session reference parameter; rollback self throws
void f11(soci::session& self) { [[maybe_unused]] auto&& r = self << "COMMIT"; }
//= self : soci.session reference parameter; commit self throws
void f12(soci::session& self) { [[maybe_unused]] auto&& r = self.is_connected(); }
//= self : soci.session reference parameter; havoc #0; harmless self
void f13(soci::session& self, T_<const soci::logger &> a0) { self.set_logger(a0); }
//= self : soci.session reference parameter; harmless self
void f14(soci::session& self) { [[maybe_unused]] auto&& r = self.get_logger(); }
//= self : soci.session reference parameter; harmless self
void f15(soci::session& self, T_<std::basic_ostream<char> *> a0) { self.set_log_stream(a0); }
//= self : soci.session reference parameter; harmless self
void f16(soci::session& self) { [[maybe_unused]] auto&& r = self.get_log_stream(); }
//= self : soci.session reference parameter; havoc #0; harmless self
void f17(soci::session& self) { [[maybe_unused]] auto&& r = self.get_last_query(); }
//= self : soci.session reference parameter; harmless self
void f18(soci::session& self, T_<const std::basic_string<char> &> a0) { self.log_query(a0); }
//= self : soci.session reference parameter; harmless self
void f19(soci::session& self, T_<bool> a0) { self.set_got_data(a0); }
//= self : soci.session reference parameter; harmless self
void f20(soci::session& self) { [[maybe_unused]] auto&& r = self.got_data(); }
//= self : soci.session reference parameter; havoc #0; harmless self
void f21(soci::session& self, T_<bool> a0) { self.uppercase_column_names(a0); }
//= self : soci.session reference parameter; harmless self
void f22(soci::session& self) { [[maybe_unused]] auto&& r = self.get_uppercase_column_names(); }
//= self : soci.session reference parameter; havoc #0; harmless self
void f23(soci::session& self) { [[maybe_unused]] auto&& r = self.get_query_stream(); }
//= self : soci.session reference parameter; harmless self
void f24(soci::session& self) { [[maybe_unused]] auto&& r = self.get_query(); }
//= self : soci.session reference parameter; harmless self
void f25(soci::session& self) { [[maybe_unused]] auto&& r = self.empty_blob(); }
//= self : soci.session reference parameter; harmless self
void f26(soci::session& self) { [[maybe_unused]] auto&& r = self.nvl(); }
//= self : soci.session reference parameter; harmless self
void f28(soci::session& self, T_<soci::failover_callback &> a0) { self.set_failover_callback(a0); }
//= self : soci.session reference parameter; harmless self
void f29(soci::session& self) { [[maybe_unused]] auto&& r = self.get_backend(); }
//= self : soci.session reference parameter; havoc #0; harmless self
void f30(soci::session& self) { [[maybe_unused]] auto&& r = self.get_backend_name(); }
//= self : soci.session reference parameter; harmless self
void f31(soci::session& self) { [[maybe_unused]] auto&& r = self.get_dummy_from_table(); }
//= self : soci.session reference parameter; harmless self
void f32(soci::session& self) { [[maybe_unused]] auto&& r = self.get_dummy_from_clause(); }
//= self : soci.session reference parameter; harmless self
void f33(soci::session& self, T_<const std::basic_string<char> &> a0, T_<long long &> a1) { [[maybe_unused]] auto&& r = self.get_next_sequence_value(a0, a1); }
//= self : soci.session reference parameter; havoc #0; use self read throws
void f34(soci::session& self, T_<const std::basic_string<char> &> a0, T_<long long &> a1) { [[maybe_unused]] auto&& r = self.get_last_insert_id(a0, a1); }
//= self : soci.session reference parameter; havoc #0; use self read throws
void f35(soci::session& self) { [[maybe_unused]] auto&& r = self.get_table_names(); }
//= self : soci.session reference parameter; use self read throws
void f36(soci::session& self) { [[maybe_unused]] auto&& r = self.prepare_table_names(); }
//= self : soci.session reference parameter; r : soci.prepared shared; make r of self derived throws; end r implicit
void f37(soci::session& self, T_<std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self.prepare_column_descriptions(a0); }
//= self : soci.session reference parameter; r : soci.prepared shared; make r of self derived throws; end r implicit
void f38(soci::session& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self.create_table(a0); }
//= self : soci.session reference parameter; use self write throws
void f39(soci::session& self, T_<const std::basic_string<char> &> a0) { self.drop_table(a0); }
//= self : soci.session reference parameter; use self write throws
void f40(soci::session& self, T_<const std::basic_string<char> &> a0) { self.truncate_table(a0); }
//= self : soci.session reference parameter; use self write throws
void f41(soci::session& self, T_<const std::basic_string<char> &> a0, T_<const std::basic_string<char> &> a1, T_<soci::data_type> a2) { [[maybe_unused]] auto&& r = self.add_column(a0, a1, a2); }
//= self : soci.session reference parameter; use self write throws
void f42(soci::session& self, T_<const std::basic_string<char> &> a0, T_<const std::basic_string<char> &> a1, T_<soci::data_type> a2) { [[maybe_unused]] auto&& r = self.alter_column(a0, a1, a2); }
//= self : soci.session reference parameter; use self write throws
void f43(soci::session& self, T_<const std::basic_string<char> &> a0, T_<const std::basic_string<char> &> a1) { [[maybe_unused]] auto&& r = self.drop_column(a0, a1); }
//= self : soci.session reference parameter; use self write throws
void f44(soci::session& self) { [[maybe_unused]] auto&& r = self.make_statement_backend(); }
//= self : soci.session reference parameter; havoc #0; use self throws
void f45(soci::session& self) { [[maybe_unused]] auto&& r = self.make_rowid_backend(); }
//= self : soci.session reference parameter; havoc #0; use self throws
void f46(soci::session& self) { [[maybe_unused]] auto&& r = self.make_blob_backend(); }
//= self : soci.session reference parameter; havoc #0; use self throws
void f47(soci::transaction* self) { sink(self); }
//= self : soci.transaction parameter; escape self opaque; call throws
void f48(soci::transaction& self) { self.commit(); }
//= self : soci.transaction reference parameter; commit self throws
void f49(soci::transaction& self) { self.rollback(); }
//= self : soci.transaction reference parameter; rollback self throws
void f50(soci::connection_pool* self) { sink(self); }
//= self : soci.pool parameter; escape self opaque; call throws?
void f51(soci::connection_pool& self, T_<unsigned long> a0) { [[maybe_unused]] auto&& r = self.at(a0); }
//= self : soci.pool reference parameter; r : soci.session reference global found; use self
void f52(soci::connection_pool& self) { [[maybe_unused]] auto&& r = self.lease(); }
//= self : soci.pool reference parameter; self.lease() : soci.session temporary; havoc #0; make self.lease() of self leased throws
void f53(soci::connection_pool& self, T_<int> a1) { T_<unsigned long> a0{}; [[maybe_unused]] auto&& r = self.try_lease(a0, a1); }
//= self : soci.pool reference parameter; a0 : soci.session; set a0 = 0; make a0 of self leased throws -> #1 true
void f54(soci::connection_pool& self, T_<unsigned long> a0) { self.give_back(a0); }
//= self : soci.pool reference parameter
void f55(soci::details::once_type* self) { sink(self); }
//= self : soci.once parameter; escape self opaque; call throws?
void f56() { soci::details::once_type self; }
//= self : soci.once shared; make self throws?; end self implicit
void f57(soci::details::once_type& self) { [[maybe_unused]] auto&& r = self << "COMMIT"; }
//= self : soci.once reference parameter; commit self throws
void f58(soci::details::prepare_temp_type* self) { sink(self); }
//= self : soci.prepared parameter; escape self opaque; call throws?
void f59(soci::details::prepare_type* self) { sink(self); }
//= self : soci.prepared parameter; escape self opaque; call throws?
void f60(soci::details::prepare_temp_type& self) { [[maybe_unused]] auto&& r = self << "COMMIT"; }
//= self : soci.prepared reference parameter; `self << "COMMIT"` : soci.prepared reference temporary; r : soci.prepared reference; make `self << "COMMIT"` of self derived throws; bind r to `self << "COMMIT"`
void f61(soci::statement* self) { sink(self); }
//= self : soci.statement parameter; escape self opaque; call throws?
void f62(soci::procedure* self) { sink(self); }
//= self : soci.statement parameter; escape self opaque; call throws?
void f63(soci::statement& self) { [[maybe_unused]] auto&& r = self.execute(); }
//= self : soci.statement reference parameter; havoc #0; use self throws
void f64(soci::statement& self) { [[maybe_unused]] auto&& r = self.fetch(); }
//= self : soci.statement reference parameter; havoc #0; use self read throws
void f65(soci::statement& self, T_<const std::basic_string<char> &> a0) { self.prepare(a0); }
//= self : soci.statement reference parameter; use self throws
void f66(soci::statement& self) { self.describe(); }
//= self : soci.statement reference parameter; use self throws
void f67(soci::statement& self) { self.define_and_bind(); }
//= self : soci.statement reference parameter; use self throws
void f68(soci::statement& self, T_<const soci::details::type_ptr<soci::details::into_type_base> &> a0) { self.exchange(a0); }
//= self : soci.statement reference parameter; use self throws
void f69(soci::statement& self, T_<soci::values &> a0) { self.bind(a0); }
//= self : soci.statement reference parameter; a0 : soci.row reference parameter; use self throws
void f70(soci::statement& self) { [[maybe_unused]] auto&& r = self.get_affected_rows(); }
//= self : soci.statement reference parameter; havoc #0; use self throws
void f71(soci::statement& self) { [[maybe_unused]] auto&& r = self.got_data(); }
//= self : soci.statement reference parameter; havoc #0; harmless self
void f72(soci::statement& self) { self.clean_up(); }
//= self : soci.statement reference parameter; harmless self
void f73(soci::statement& self) { self.bind_clean_up(); }
//= self : soci.statement reference parameter; harmless self
void f74(soci::statement& self) { self.undefine_and_bind(); }
//= self : soci.statement reference parameter; harmless self
void f75(soci::statement& self) { self.alloc(); }
//= self : soci.statement reference parameter; harmless self
void f76(soci::statement& self, T_<soci::row *> a0) { self.set_row(a0); }
//= self : soci.statement reference parameter; a0 : soci.row parameter; harmless self
void f77(soci::statement& self) { [[maybe_unused]] auto&& r = self.get_backend(); }
//= self : soci.statement reference parameter; havoc #0; harmless self
void f78(soci_rowset* self) { sink(self); }
//= self : soci.rowset parameter; escape self opaque; call throws?
void f79(soci_rowset_iterator* self) { sink(self); }
//= self : soci.rowset parameter; escape self opaque; call throws?
void f80(soci::blob* self) { sink(self); }
//= self : soci.blob parameter; escape self opaque; call throws?
void f81(soci::rowid* self) { sink(self); }
//= self : soci.blob parameter; escape self opaque; call throws?
void f82(soci::blob& self) { [[maybe_unused]] auto&& r = self.get_len(); }
//= self : soci.blob reference parameter; havoc #0; use self read throws
void f83(soci::blob& self, T_<unsigned long> a0, T_<char *> a1, T_<unsigned long> a2) { [[maybe_unused]] auto&& r = self.read(a0, a1, a2); }
//= self : soci.blob reference parameter; havoc #0; use self read throws
void f84(soci::blob& self, T_<char *> a0, T_<unsigned long> a1) { [[maybe_unused]] auto&& r = self.read_from_start(a0, a1); }
//= self : soci.blob reference parameter; havoc #0; use self read throws
void f85(soci::blob& self, T_<unsigned long> a0, T_<const char *> a1, T_<unsigned long> a2) { [[maybe_unused]] auto&& r = self.write(a0, a1, a2); }
//= self : soci.blob reference parameter; havoc #0; use self write throws
void f86(soci::blob& self, T_<const char *> a0, T_<unsigned long> a1) { [[maybe_unused]] auto&& r = self.write_from_start(a0, a1); }
//= self : soci.blob reference parameter; havoc #0; use self write throws
void f87(soci::blob& self, T_<const char *> a0, T_<unsigned long> a1) { [[maybe_unused]] auto&& r = self.append(a0, a1); }
//= self : soci.blob reference parameter; havoc #0; use self write throws
void f88(soci::blob& self, T_<unsigned long> a0) { self.trim(a0); }
//= self : soci.blob reference parameter; use self write throws
void f89(soci::row* self) { sink(self); }
//= self : soci.row parameter; escape self opaque; call throws?
void f90(soci::values* self) { sink(self); }
//= self : soci.row parameter; escape self opaque; call throws?
void f91() { soci::row self; }
//= self : soci.row value; make self throws?; end self implicit
void f92(soci::row& self) { [[maybe_unused]] auto&& r = self.size(); }
//= self : soci.row reference parameter; havoc #0; harmless self
void f94(soci::row& self, T_<unsigned long> a0) { [[maybe_unused]] auto&& r = self.get_indicator(a0); }
//= self : soci.row reference parameter; havoc #0; harmless self
void f95(soci::row& self, T_<unsigned long> a0) { [[maybe_unused]] auto&& r = self.get_properties(a0); }
//= self : soci.row reference parameter; harmless self
void f96(soci::values& self) { self.set(1); }
//= self : soci.row reference parameter; harmless self
void f97(soci::values& self) { [[maybe_unused]] auto&& r = self << 1; }
//= self : soci.row reference parameter; r : soci.row reference; harmless self; bind r to self
void f99(soci::row& self) { self.clean_up(); }
//= self : soci.row reference parameter; harmless self
void f100(soci::row& self) { self.reset_get_counter(); }
//= self : soci.row reference parameter; harmless self

// Written by hand: members, templates.
void f201(soci::session& self) { self.once << "COMMIT"; }
//= self : soci.session reference parameter; self.once : soci.once temporary; make self.once of self derived; commit self.once throws
void f202(soci::session& self) { [[maybe_unused]] auto&& r = (self.prepare << "COMMIT"); }
//= self : soci.session reference parameter; r : soci.prepared shared; self.prepare : soci.prepared temporary; make self.prepare of self derived; make r of self.prepare derived throws; end r implicit
void f203(soci::session& self) { self.set_query_transformation([](std::string text) { return text; }); }
//= self : soci.session reference parameter; harmless self
void f204(soci::rowset<int>& self) { [[maybe_unused]] auto&& r = self.begin(); }
//= self : soci.rowset reference parameter; r : soci.rowset shared; use self read throws; make r of self derived; end r implicit
void f205(soci::rowset<int>& self) { [[maybe_unused]] auto&& r = self.end(); }
//= self : soci.rowset reference parameter; r : soci.rowset shared; harmless self; make r of self derived; end r implicit
void f206(soci::rowset_iterator<int>& self) { ++self; }
//= self : soci.rowset reference parameter; use self read throws
void f207(soci::rowset_iterator<int>& self) { [[maybe_unused]] auto&& r = *self; }
//= self : soci.rowset reference parameter; havoc #0; use self read throws
void f208(soci::rowset_iterator<int>& self) { [[maybe_unused]] auto&& r = self.operator->(); }
//= self : soci.rowset reference parameter; havoc #0; use self read throws
void f209(soci::row& self) { [[maybe_unused]] auto&& r = self.get<int>(0); }
//= self : soci.row reference parameter; havoc #0; harmless self
void f210(soci::row& self, int a0) { self >> a0; }
//= self : soci.row reference parameter; harmless self
