// What the model of this library is used for, one function per line of it (../ModelTests.cpp).
#include <pqxx/pqxx>
#include <pqxx/tablereader>
#include <pqxx/tablewriter>
using pqxx_transaction = pqxx::transaction<>;
using pqxx_robusttransaction = pqxx::robusttransaction<>;
using pqxx_basic_connection = pqxx::connection;
template <class T> using T_ = T;
template <class T> void sink(T*);

void f1(pqxx::connection* self) { sink(self); }
//= self : libpqxx.connection parameter; escape self opaque; call throws
void f2(pqxx::connection_base* self) { sink(self); }
//= self : libpqxx.connection parameter; escape self opaque; call throws
void f3(pqxx_basic_connection* self) { sink(self); }
//= self : libpqxx.connection parameter; escape self opaque; call throws
void f4(pqxx::connection_base& self) { self.disconnect(); }
//= self : libpqxx.connection reference parameter; close self
void f5(pqxx::connection_base& self) { self.deactivate(); }
//= self : libpqxx.connection reference parameter; close self
void f6(pqxx::connection_base& self) { self.activate(); }
//= self : libpqxx.connection reference parameter; open self throws
void f7(pqxx::connection_base& self) { [[maybe_unused]] auto&& r = self.is_open(); }
//= self : libpqxx.connection reference parameter; havoc #0; harmless self
void f8(pqxx::connection_base& self) { [[maybe_unused]] auto&& r = self.sock(); }
//= self : libpqxx.connection reference parameter; havoc #0; harmless self
void f9(pqxx::connection_base& self, T_<pqxx::connection_base::error_verbosity> a0) { self.set_verbosity(a0); }
//= self : libpqxx.connection reference parameter; harmless self
void f10(pqxx::connection_base& self) { [[maybe_unused]] auto&& r = self.get_verbosity(); }
//= self : libpqxx.connection reference parameter; havoc #0; harmless self
void f11(pqxx::connection_base& self, T_<_IO_FILE *> a0) { self.trace(a0); }
//= self : libpqxx.connection reference parameter; harmless self
void f12(pqxx::connection_base& self, T_<const char *> a0) { self.process_notice(a0); }
//= self : libpqxx.connection reference parameter; harmless self
void f13(pqxx::connection_base& self, T_<pqxx::connection_base::capability> a0) { [[maybe_unused]] auto&& r = self.supports(a0); }
//= self : libpqxx.connection reference parameter; havoc #0; harmless self
void f14(pqxx::connection_base& self) { [[maybe_unused]] auto&& r = self.protocol_version(); }
//= self : libpqxx.connection reference parameter; havoc #0; harmless self
void f15(pqxx::connection_base& self) { [[maybe_unused]] auto&& r = self.server_version(); }
//= self : libpqxx.connection reference parameter; havoc #0; harmless self
void f16(pqxx::connection_base& self) { [[maybe_unused]] auto&& r = self.backendpid(); }
//= self : libpqxx.connection reference parameter; havoc #0; harmless self
void f17(pqxx::connection_base& self) { [[maybe_unused]] auto&& r = self.get_errorhandlers(); }
//= self : libpqxx.connection reference parameter; harmless self
void f18(pqxx::connection_base& self, T_<bool> a0) { self.inhibit_reactivation(a0); }
//= self : libpqxx.connection reference parameter; harmless self
void f19(pqxx::connection_base& self) { self.simulate_failure(); }
//= self : libpqxx.connection reference parameter; harmless self
void f20(pqxx::connection_base& self) { [[maybe_unused]] auto&& r = self.dbname(); }
//= self : libpqxx.connection reference parameter; havoc #0; use self read throws
void f21(pqxx::connection_base& self) { [[maybe_unused]] auto&& r = self.username(); }
//= self : libpqxx.connection reference parameter; havoc #0; use self read throws
void f22(pqxx::connection_base& self) { [[maybe_unused]] auto&& r = self.hostname(); }
//= self : libpqxx.connection reference parameter; havoc #0; use self read throws
void f23(pqxx::connection_base& self) { [[maybe_unused]] auto&& r = self.port(); }
//= self : libpqxx.connection reference parameter; havoc #0; use self read throws
void f24(pqxx::connection_base& self) { [[maybe_unused]] auto&& r = self.get_client_encoding(); }
//= self : libpqxx.connection reference parameter; use self read throws
void f25(pqxx::connection_base& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self.get_variable(a0); }
//= self : libpqxx.connection reference parameter; use self read throws
void f26(pqxx::connection_base& self, T_<const char *> a0) { [[maybe_unused]] auto&& r = self.esc(a0); }
//= self : libpqxx.connection reference parameter; use self read throws
void f27(pqxx::connection_base& self, T_<const unsigned char *> a0, T_<unsigned long> a1) { [[maybe_unused]] auto&& r = self.esc_raw(a0, a1); }
//= self : libpqxx.connection reference parameter; use self read throws
void f28(pqxx::connection_base& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self.unesc_raw(a0); }
//= self : libpqxx.connection reference parameter; use self read throws
void f29(pqxx::connection_base& self, T_<const pqxx::binarystring &> a0) { [[maybe_unused]] auto&& r = self.quote(a0); }
//= self : libpqxx.connection reference parameter; use self read throws
void f30(pqxx::connection_base& self, T_<const unsigned char *> a0, T_<unsigned long> a1) { [[maybe_unused]] auto&& r = self.quote_raw(a0, a1); }
//= self : libpqxx.connection reference parameter; use self read throws
void f31(pqxx::connection_base& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self.quote_name(a0); }
//= self : libpqxx.connection reference parameter; use self read throws
void f32(pqxx::connection_base& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self.esc_like(a0); }
//= self : libpqxx.connection reference parameter; use self read throws
void f33(pqxx::connection_base& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self.adorn_name(a0); }
//= self : libpqxx.connection reference parameter; use self read throws
void f34(pqxx::connection_base& self) { [[maybe_unused]] auto&& r = self.get_notifs(); }
//= self : libpqxx.connection reference parameter; havoc #0; use self throws
void f35(pqxx::connection_base& self) { [[maybe_unused]] auto&& r = self.await_notification(); }
//= self : libpqxx.connection reference parameter; havoc #0; use self throws
void f36(pqxx::connection_base& self, T_<const std::basic_string<char> &> a0) { self.set_client_encoding(a0); }
//= self : libpqxx.connection reference parameter; use self throws
void f37(pqxx::connection_base& self, T_<const std::basic_string<char> &> a0, T_<const std::basic_string<char> &> a1) { self.set_variable(a0, a1); }
//= self : libpqxx.connection reference parameter; use self throws
void f38(pqxx::connection_base& self, T_<const std::basic_string<char> &> a0) { self.prepare(a0); }
//= self : libpqxx.connection reference parameter; use self throws
void f39(pqxx::connection_base& self, T_<const std::basic_string<char> &> a0) { self.unprepare(a0); }
//= self : libpqxx.connection reference parameter; use self throws
void f40(pqxx::connection_base& self, T_<const std::basic_string<char> &> a0) { self.prepare_now(a0); }
//= self : libpqxx.connection reference parameter; use self throws
void f41(pqxx::connection_base& self) { self.cancel_query(); }
//= self : libpqxx.connection reference parameter; use self throws
void f43(pqxx_transaction* self) { sink(self); }
//= self : libpqxx.transaction parameter; escape self opaque; call throws
void f44(pqxx::transaction_base* self) { sink(self); }
//= self : libpqxx.transaction parameter; escape self opaque; call throws
void f45(pqxx::dbtransaction* self) { sink(self); }
//= self : libpqxx.transaction parameter; escape self opaque; call throws
void f46(pqxx_robusttransaction* self) { sink(self); }
//= self : libpqxx.transaction parameter; escape self opaque; call throws
void f47(pqxx::internal::basic_transaction* self) { sink(self); }
//= self : libpqxx.transaction parameter; escape self opaque; call throws
void f48(pqxx::internal::basic_robusttransaction* self) { sink(self); }
//= self : libpqxx.transaction parameter; escape self opaque; call throws
void f49(pqxx::work* self) { sink(self); }
//= self : libpqxx.transaction parameter; escape self opaque; call throws
void f50(pqxx::transaction_base& self) { self.commit(); }
//= self : libpqxx.transaction reference parameter; commit self throws
void f51(pqxx::transaction_base& self) { self.abort(); }
//= self : libpqxx.transaction reference parameter; rollback self throws
void f52(pqxx::transaction_base& self) { [[maybe_unused]] auto&& r = self.exec("COMMIT"); }
//= self : libpqxx.transaction reference parameter; r : libpqxx.result value; commit self throws; make r of self derived throws; end r implicit
void f53(pqxx::transaction_base& self) { [[maybe_unused]] auto&& r = self.exec0("COMMIT"); }
//= self : libpqxx.transaction reference parameter; r : libpqxx.result value; commit self throws; make r of self derived throws; end r implicit
void f54(pqxx::transaction_base& self) { [[maybe_unused]] auto&& r = self.exec1("COMMIT"); }
//= self : libpqxx.transaction reference parameter; r : libpqxx.result value; commit self throws; make r of self derived throws; end r implicit
void f55(pqxx::transaction_base& self) { [[maybe_unused]] auto&& r = self.exec_params("COMMIT"); }
//= self : libpqxx.transaction reference parameter; r : libpqxx.result value; commit self throws; make r of self derived throws; end r implicit
void f56(pqxx::transaction_base& self) { [[maybe_unused]] auto&& r = self.exec_params0("COMMIT"); }
//= self : libpqxx.transaction reference parameter; r : libpqxx.result value; commit self throws; make r of self derived throws; end r implicit
void f57(pqxx::transaction_base& self) { [[maybe_unused]] auto&& r = self.exec_params1("COMMIT"); }
//= self : libpqxx.transaction reference parameter; r : libpqxx.result value; commit self throws; make r of self derived throws; end r implicit
void f58(pqxx::transaction_base& self) { [[maybe_unused]] auto&& r = self.parameterized("COMMIT"); }
//= self : libpqxx.transaction reference parameter; `self.parameterized("COMMIT")` : libpqxx.result temporary; commit self throws; make `self.parameterized("COMMIT")` of self derived throws
void f59(pqxx::transaction_base& self, T_<unsigned long> a0) { [[maybe_unused]] auto&& r = self.exec_n(a0, "COMMIT"); }
//= self : libpqxx.transaction reference parameter; r : libpqxx.result value; commit self throws; make r of self derived throws; end r implicit
void f60(pqxx::transaction_base& self, T_<unsigned long> a0) { [[maybe_unused]] auto&& r = self.exec_params_n(a0, "COMMIT"); }
//= self : libpqxx.transaction reference parameter; r : libpqxx.result value; commit self throws; make r of self derived throws; end r implicit
void f61(pqxx::transaction_base& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self.exec_prepared(a0); }
//= self : libpqxx.transaction reference parameter; r : libpqxx.result value; use self throws; make r of self derived throws; end r implicit
void f62(pqxx::transaction_base& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self.exec_prepared0(a0); }
//= self : libpqxx.transaction reference parameter; r : libpqxx.result value; use self throws; make r of self derived throws; end r implicit
void f63(pqxx::transaction_base& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self.exec_prepared1(a0); }
//= self : libpqxx.transaction reference parameter; r : libpqxx.result value; use self throws; make r of self derived throws; end r implicit
void f64(pqxx::transaction_base& self, T_<unsigned long> a0, T_<const std::basic_string<char> &> a1) { [[maybe_unused]] auto&& r = self.exec_prepared_n(a0, a1); }
//= self : libpqxx.transaction reference parameter; r : libpqxx.result value; use self throws; make r of self derived throws; end r implicit
void f65(pqxx::transaction_base& self) { [[maybe_unused]] auto&& r = self.prepared(); }
//= self : libpqxx.transaction reference parameter; use self throws
void f66(pqxx::transaction_base& self, T_<const std::basic_string<char> &> a0, T_<const std::basic_string<char> &> a1) { self.set_variable(a0, a1); }
//= self : libpqxx.transaction reference parameter; use self throws
void f67(pqxx::transaction_base& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self.get_variable(a0); }
//= self : libpqxx.transaction reference parameter; use self read throws
void f68(pqxx::transaction_base& self) { [[maybe_unused]] auto&& r = self.conn(); }
//= self : libpqxx.transaction reference parameter; r : libpqxx.connection reference global found; harmless self
void f69(pqxx::transaction_base& self) { [[maybe_unused]] auto&& r = self.name(); }
//= self : libpqxx.transaction reference parameter; harmless self
void f70(pqxx::transaction_base& self) { [[maybe_unused]] auto&& r = self.description(); }
//= self : libpqxx.transaction reference parameter; harmless self
void f71(pqxx::transaction_base& self, T_<const char *> a0) { self.process_notice(a0); }
//= self : libpqxx.transaction reference parameter; harmless self
void f72(pqxx::transaction_base& self, T_<const char *> a0) { [[maybe_unused]] auto&& r = self.esc(a0); }
//= self : libpqxx.transaction reference parameter; harmless self
void f73(pqxx::transaction_base& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self.esc_raw(a0); }
//= self : libpqxx.transaction reference parameter; harmless self
void f74(pqxx::transaction_base& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self.unesc_raw(a0); }
//= self : libpqxx.transaction reference parameter; harmless self
void f75(pqxx::transaction_base& self) { [[maybe_unused]] auto&& r = self.quote(1); }
//= self : libpqxx.transaction reference parameter; harmless self
void f76(pqxx::transaction_base& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self.quote_raw(a0); }
//= self : libpqxx.transaction reference parameter; harmless self
void f77(pqxx::transaction_base& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self.quote_name(a0); }
//= self : libpqxx.transaction reference parameter; harmless self
void f78(pqxx::transaction_base& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self.esc_like(a0); }
//= self : libpqxx.transaction reference parameter; harmless self
void f79(pqxx::read_transaction* self) { sink(self); }
//= self : libpqxx.read-transaction parameter; escape self opaque; call throws
void f80(pqxx::subtransaction* self) { sink(self); }
//= self : libpqxx.subtransaction parameter; escape self opaque; call throws
void f81(pqxx::nontransaction* self) { sink(self); }
//= self : libpqxx.nontransaction parameter; escape self opaque; call throws?
void f82(pqxx::nontransaction& self) { self.commit(); }
//= self : libpqxx.nontransaction reference parameter; harmless self
void f83(pqxx::nontransaction& self) { self.abort(); }
//= self : libpqxx.nontransaction reference parameter; harmless self
void f84(pqxx::nontransaction& self) { [[maybe_unused]] auto&& r = self.exec("COMMIT"); }
//= self : libpqxx.nontransaction reference parameter; r : libpqxx.result value; commit self throws; make r of self derived throws; end r implicit
void f85(pqxx::nontransaction& self) { [[maybe_unused]] auto&& r = self.exec0("COMMIT"); }
//= self : libpqxx.nontransaction reference parameter; r : libpqxx.result value; commit self throws; make r of self derived throws; end r implicit
void f86(pqxx::nontransaction& self) { [[maybe_unused]] auto&& r = self.exec1("COMMIT"); }
//= self : libpqxx.nontransaction reference parameter; r : libpqxx.result value; commit self throws; make r of self derived throws; end r implicit
void f87(pqxx::nontransaction& self) { [[maybe_unused]] auto&& r = self.exec_params("COMMIT"); }
//= self : libpqxx.nontransaction reference parameter; r : libpqxx.result value; commit self throws; make r of self derived throws; end r implicit
void f88(pqxx::nontransaction& self) { [[maybe_unused]] auto&& r = self.exec_params0("COMMIT"); }
//= self : libpqxx.nontransaction reference parameter; r : libpqxx.result value; commit self throws; make r of self derived throws; end r implicit
void f89(pqxx::nontransaction& self) { [[maybe_unused]] auto&& r = self.exec_params1("COMMIT"); }
//= self : libpqxx.nontransaction reference parameter; r : libpqxx.result value; commit self throws; make r of self derived throws; end r implicit
void f90(pqxx::nontransaction& self, T_<unsigned long> a0) { [[maybe_unused]] auto&& r = self.exec_n(a0, "COMMIT"); }
//= self : libpqxx.nontransaction reference parameter; r : libpqxx.result value; commit self throws; make r of self derived throws; end r implicit
void f91(pqxx::nontransaction& self, T_<unsigned long> a0) { [[maybe_unused]] auto&& r = self.exec_params_n(a0, "COMMIT"); }
//= self : libpqxx.nontransaction reference parameter; r : libpqxx.result value; commit self throws; make r of self derived throws; end r implicit
void f92(pqxx::nontransaction& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self.exec_prepared(a0); }
//= self : libpqxx.nontransaction reference parameter; r : libpqxx.result value; use self throws; make r of self derived throws; end r implicit
void f93(pqxx::nontransaction& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self.exec_prepared0(a0); }
//= self : libpqxx.nontransaction reference parameter; r : libpqxx.result value; use self throws; make r of self derived throws; end r implicit
void f94(pqxx::nontransaction& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self.exec_prepared1(a0); }
//= self : libpqxx.nontransaction reference parameter; r : libpqxx.result value; use self throws; make r of self derived throws; end r implicit
void f95(pqxx::nontransaction& self, T_<unsigned long> a0, T_<const std::basic_string<char> &> a1) { [[maybe_unused]] auto&& r = self.exec_prepared_n(a0, a1); }
//= self : libpqxx.nontransaction reference parameter; r : libpqxx.result value; use self throws; make r of self derived throws; end r implicit
void f96(pqxx::nontransaction& self) { [[maybe_unused]] auto&& r = self.conn(); }
//= self : libpqxx.nontransaction reference parameter; r : libpqxx.connection reference global found; harmless self
void f97(pqxx::nontransaction& self) { [[maybe_unused]] auto&& r = self.name(); }
//= self : libpqxx.nontransaction reference parameter; harmless self
void f98(pqxx::nontransaction& self) { [[maybe_unused]] auto&& r = self.description(); }
//= self : libpqxx.nontransaction reference parameter; harmless self
void f99(pqxx::nontransaction& self, T_<const char *> a0) { [[maybe_unused]] auto&& r = self.esc(a0); }
//= self : libpqxx.nontransaction reference parameter; harmless self
void f100(pqxx::nontransaction& self) { [[maybe_unused]] auto&& r = self.quote(1); }
//= self : libpqxx.nontransaction reference parameter; harmless self
void f101(pqxx::nontransaction& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self.quote_name(a0); }
//= self : libpqxx.nontransaction reference parameter; harmless self
void f102(pqxx::stream_from* self) { sink(self); }
//= self : libpqxx.stream parameter; escape self opaque; call throws?
void f103(pqxx::stream_base* self) { sink(self); }
//= self : libpqxx.stream parameter; escape self opaque; call throws?
void f104(pqxx::tablereader* self) { sink(self); }
//= self : libpqxx.stream parameter; escape self opaque; call throws?
void f105(pqxx::icursorstream* self) { sink(self); }
//= self : libpqxx.stream parameter; escape self opaque; call throws?
void f106(pqxx::stream_from& self) { self.complete(); }
//= self : libpqxx.stream reference parameter; close self
void f107(pqxx::stream_from& self) { [[maybe_unused]] auto&& r = self >> 1; }
//= self : libpqxx.stream reference parameter; havoc #0; harmless self
void f108(pqxx::stream_from& self, T_<std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self.get_raw_line(a0); }
//= self : libpqxx.stream reference parameter; havoc #0; use self read throws
void f109(pqxx::icursorstream& self, T_<pqxx::result &> a0) { [[maybe_unused]] auto&& r = self.get(a0); }
//= self : libpqxx.stream reference parameter; a0 : libpqxx.result reference parameter; r : libpqxx.stream reference; use self read throws; bind r to self
void f111(pqxx::icursorstream& self) { [[maybe_unused]] auto&& r = self.ignore(); }
//= self : libpqxx.stream reference parameter; r : libpqxx.stream reference; use self read throws; bind r to self
void f112(pqxx::stream_from& self) { [[maybe_unused]] auto&& r = !self; }
//= self : libpqxx.stream reference parameter; havoc #0; harmless self
void f113(pqxx::stream_from& self) { [[maybe_unused]] auto&& r = static_cast<T_<bool>>(self); }
//= self : libpqxx.stream reference parameter; havoc #0; harmless self
void f114(pqxx::stream_to* self) { sink(self); }
//= self : libpqxx.stream-to parameter; escape self opaque; call throws?
void f115(pqxx::tablewriter* self) { sink(self); }
//= self : libpqxx.stream-to parameter; escape self opaque; call throws?
void f116(T_<pqxx::transaction_base &> a0, T_<const std::basic_string<char> &> a1) { pqxx::stream_to self{a0, a1}; }
//= a0 : libpqxx.transaction reference parameter; self : libpqxx.stream-to value; make self of a0 derived throws; end self implicit
void f117(pqxx::stream_to& self) { self.complete(); }
//= self : libpqxx.stream-to reference parameter; close self
void f118(pqxx::stream_to& self, T_<pqxx::stream_from &> a0) { [[maybe_unused]] auto&& r = self << a0; }
//= self : libpqxx.stream-to reference parameter; a0 : libpqxx.stream reference parameter; r : libpqxx.stream-to reference; use self write throws; bind r to self
void f119(pqxx::tablewriter& self, T_<const std::basic_string<char> &> a0) { self.write_raw_line(a0); }
//= self : libpqxx.stream-to reference parameter; use self write throws
void f122(pqxx::tablewriter& self) { self.reserve(1); }
//= self : libpqxx.stream-to reference parameter; harmless self
void f123(pqxx::pipeline* self) { sink(self); }
//= self : libpqxx.pipeline parameter; escape self opaque; call throws?
void f124(pqxx::pipeline& self) { [[maybe_unused]] auto&& r = self.insert("COMMIT"); }
//= self : libpqxx.pipeline reference parameter; havoc #0; commit self throws
void f125(pqxx::pipeline& self) { self.complete(); }
//= self : libpqxx.pipeline reference parameter; use self throws
void f126(pqxx::pipeline& self) { self.flush(); }
//= self : libpqxx.pipeline reference parameter; use self throws
void f127(pqxx::pipeline& self) { self.cancel(); }
//= self : libpqxx.pipeline reference parameter; use self throws
void f128(pqxx::pipeline& self) { [[maybe_unused]] auto&& r = self.retrieve(); }
//= self : libpqxx.pipeline reference parameter; use self throws
void f129(pqxx::pipeline& self) { self.resume(); }
//= self : libpqxx.pipeline reference parameter; use self throws
void f130(pqxx::pipeline& self, T_<long> a0) { [[maybe_unused]] auto&& r = self.is_finished(a0); }
//= self : libpqxx.pipeline reference parameter; havoc #0; harmless self
void f131(pqxx::pipeline& self) { [[maybe_unused]] auto&& r = self.empty(); }
//= self : libpqxx.pipeline reference parameter; havoc #0; harmless self
void f132(pqxx::pipeline& self) { [[maybe_unused]] auto&& r = self.retain(); }
//= self : libpqxx.pipeline reference parameter; havoc #0; harmless self
void f133(pqxx::largeobjectaccess* self) { sink(self); }
//= self : libpqxx.large-object parameter; escape self opaque; call throws?
void f134(pqxx::largeobjectaccess& self, T_<const std::basic_string<char> &> a0) { self.write(a0); }
//= self : libpqxx.large-object reference parameter; use self write throws
void f135(pqxx::largeobjectaccess& self, T_<const std::basic_string<char> &> a0) { self.process_notice(a0); }
//= self : libpqxx.large-object reference parameter; use self write
void f136(pqxx::largeobjectaccess& self, T_<char *> a0, T_<long> a1) { [[maybe_unused]] auto&& r = self.read(a0, a1); }
//= self : libpqxx.large-object reference parameter; havoc #0; use self read throws
void f137(pqxx::largeobjectaccess& self, T_<long> a0, T_<std::_Ios_Seekdir> a1) { [[maybe_unused]] auto&& r = self.seek(a0, a1); }
//= self : libpqxx.large-object reference parameter; havoc #0; use self read throws
void f138(pqxx::largeobjectaccess& self) { [[maybe_unused]] auto&& r = self.tell(); }
//= self : libpqxx.large-object reference parameter; havoc #0; use self read throws
void f139(pqxx::largeobjectaccess& self, T_<char *> a0, T_<long> a1) { [[maybe_unused]] auto&& r = self.cread(a0, a1); }
//= self : libpqxx.large-object reference parameter; havoc #0; use self read
void f140(pqxx::largeobjectaccess& self, T_<long> a0, T_<std::_Ios_Seekdir> a1) { [[maybe_unused]] auto&& r = self.cseek(a0, a1); }
//= self : libpqxx.large-object reference parameter; havoc #0; use self read
void f141(pqxx::largeobjectaccess& self) { [[maybe_unused]] auto&& r = self.id(); }
//= self : libpqxx.large-object reference parameter; havoc #0; harmless self
void f142(pqxx::result* self) { sink(self); }
//= self : libpqxx.result parameter; escape self opaque; call throws?
void f143(pqxx::row* self) { sink(self); }
//= self : libpqxx.result parameter; escape self opaque; call throws?
void f144(pqxx::field* self) { sink(self); }
//= self : libpqxx.result parameter; escape self opaque; call throws?
void f145() { pqxx::result self; }
//= self : libpqxx.result value; make self; end self implicit
void f146(pqxx::result& self) { [[maybe_unused]] auto&& r = self.size(); }
//= self : libpqxx.result reference parameter; havoc #0; harmless self
void f147(pqxx::result& self) { [[maybe_unused]] auto&& r = self.empty(); }
//= self : libpqxx.result reference parameter; havoc #0; harmless self
void f148(pqxx::result& self) { [[maybe_unused]] auto&& r = self.begin(); }
//= self : libpqxx.result reference parameter; r : libpqxx.result value; harmless self; make r of self derived; end r implicit
void f149(pqxx::result& self) { [[maybe_unused]] auto&& r = self.end(); }
//= self : libpqxx.result reference parameter; r : libpqxx.result value; harmless self; make r of self derived; end r implicit
void f150(pqxx::result& self) { [[maybe_unused]] auto&& r = self.front(); }
//= self : libpqxx.result reference parameter; r : libpqxx.result value; harmless self; make r of self derived; end r implicit
void f151(pqxx::result& self) { [[maybe_unused]] auto&& r = self.back(); }
//= self : libpqxx.result reference parameter; r : libpqxx.result value; harmless self; make r of self derived; end r implicit
void f152(pqxx::result& self, T_<unsigned long> a0) { [[maybe_unused]] auto&& r = self.at(a0); }
//= self : libpqxx.result reference parameter; r : libpqxx.result value; harmless self; make r of self derived; end r implicit
void f153(pqxx::result& self) { [[maybe_unused]] auto&& r = self.columns(); }
//= self : libpqxx.result reference parameter; havoc #0; harmless self
void f154(pqxx::result& self, T_<unsigned int> a0) { [[maybe_unused]] auto&& r = self.column_name(a0); }
//= self : libpqxx.result reference parameter; havoc #0; harmless self
void f155(pqxx::result& self) { [[maybe_unused]] auto&& r = self.affected_rows(); }
//= self : libpqxx.result reference parameter; havoc #0; harmless self
void f156(pqxx::result& self, T_<unsigned long> a0) { [[maybe_unused]] auto&& r = self[a0]; }
//= self : libpqxx.result reference parameter; r : libpqxx.result value; harmless self; make r of self derived; end r implicit
void f157(pqxx::result& self) { self.clear(); }
//= self : libpqxx.result reference parameter; harmless self
void f158(pqxx::field& self) { [[maybe_unused]] auto&& r = self.c_str(); }
//= self : libpqxx.result reference parameter; self.c_str() : libpqxx.text temporary; havoc #0; make self.c_str() of self derived
void f160(pqxx::field& self) { [[maybe_unused]] auto&& r = self.is_null(); }
//= self : libpqxx.result reference parameter; havoc #0; harmless self
void f163(pqxx::field& self) { [[maybe_unused]] auto&& r = self.name(); }
//= self : libpqxx.result reference parameter; havoc #0; harmless self
void f164(pqxx::row& self) { [[maybe_unused]] auto&& r = self.num(); }
//= self : libpqxx.result reference parameter; havoc #0; harmless self
void f165(pqxx::row& self) { [[maybe_unused]] auto&& r = self.rownumber(); }
//= self : libpqxx.result reference parameter; havoc #0; harmless self
void f166(pqxx::result& self) { [[maybe_unused]] auto&& r = self.capacity(); }
//= self : libpqxx.result reference parameter; havoc #0; harmless self
void f167(pqxx::result& self) { [[maybe_unused]] auto&& r = self.query(); }
//= self : libpqxx.result reference parameter; harmless self
void f168(pqxx::transaction<pqxx::serializable, pqxx::read_only>& self) { self.exec("SELECT 1"); }
//= self : libpqxx.read-transaction reference parameter; `self.exec("SELECT 1")` : libpqxx.result value temporary; use self read throws; end `self.exec("SELECT 1")` implicit; make `self.exec("SELECT 1")` of self derived throws; end `self.exec("SELECT 1")` implicit
