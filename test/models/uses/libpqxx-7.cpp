// What the model of this library is used for, one function per line of it (../ModelTests.cpp).
#include <pqxx-7.h>
template <class T> using T_ = T;
template <class T> void sink(T*);

void f1(pqxx::connection* self) { sink(self); }
//= self : libpqxx.connection parameter; escape self opaque; call throws
void f2(pqxx::connection& self) { self.disconnect(); }
//= self : libpqxx.connection reference parameter; close self
void f3(pqxx::connection& self) { self.close(); }
//= self : libpqxx.connection reference parameter; close self
void f4(pqxx::connection& self) { self.deactivate(); }
//= self : libpqxx.connection reference parameter; close self
void f5(pqxx::connection& self) { self.activate(); }
//= self : libpqxx.connection reference parameter; open self throws
void f6(pqxx::connection& self) { self.is_open(); }
//= self : libpqxx.connection reference parameter; harmless self
void f7(pqxx::connection& self) { self.options(); }
//= self : libpqxx.connection reference parameter; harmless self
void f8(pqxx::connection& self) { self.connection_string(); }
//= self : libpqxx.connection reference parameter; harmless self
void f9(pqxx::connection& self) { self.sock(); }
//= self : libpqxx.connection reference parameter; harmless self
void f10(pqxx::connection& self) { self.set_verbosity(); }
//= self : libpqxx.connection reference parameter; harmless self
void f11(pqxx::connection& self) { self.get_verbosity(); }
//= self : libpqxx.connection reference parameter; harmless self
void f12(pqxx::connection& self) { self.trace(); }
//= self : libpqxx.connection reference parameter; harmless self
void f13(pqxx::connection& self) { self.process_notice(); }
//= self : libpqxx.connection reference parameter; harmless self
void f14(pqxx::connection& self) { self.supports(); }
//= self : libpqxx.connection reference parameter; harmless self
void f15(pqxx::connection& self) { self.protocol_version(); }
//= self : libpqxx.connection reference parameter; harmless self
void f16(pqxx::connection& self) { self.server_version(); }
//= self : libpqxx.connection reference parameter; harmless self
void f17(pqxx::connection& self) { self.backendpid(); }
//= self : libpqxx.connection reference parameter; harmless self
void f18(pqxx::connection& self) { self.get_errorhandlers(); }
//= self : libpqxx.connection reference parameter; harmless self
void f19(pqxx::connection& self) { self.inhibit_reactivation(); }
//= self : libpqxx.connection reference parameter; harmless self
void f20(pqxx::connection& self) { self.add_receiver(); }
//= self : libpqxx.connection reference parameter; harmless self
void f21(pqxx::connection& self) { self.remove_receiver(); }
//= self : libpqxx.connection reference parameter; harmless self
void f22(pqxx::connection& self) { self.simulate_failure(); }
//= self : libpqxx.connection reference parameter; harmless self
void f23(pqxx::connection& self) { self.dbname(); }
//= self : libpqxx.connection reference parameter; use self read throws
void f24(pqxx::connection& self) { self.username(); }
//= self : libpqxx.connection reference parameter; use self read throws
void f25(pqxx::connection& self) { self.hostname(); }
//= self : libpqxx.connection reference parameter; use self read throws
void f26(pqxx::connection& self) { self.port(); }
//= self : libpqxx.connection reference parameter; use self read throws
void f27(pqxx::connection& self) { self.get_client_encoding(); }
//= self : libpqxx.connection reference parameter; use self read throws
void f28(pqxx::connection& self) { self.get_variable(); }
//= self : libpqxx.connection reference parameter; use self read throws
void f29(pqxx::connection& self) { self.get_var(); }
//= self : libpqxx.connection reference parameter; use self read throws
void f30(pqxx::connection& self) { self.esc(); }
//= self : libpqxx.connection reference parameter; use self read throws
void f31(pqxx::connection& self) { self.esc_raw(); }
//= self : libpqxx.connection reference parameter; use self read throws
void f32(pqxx::connection& self) { self.unesc_raw(); }
//= self : libpqxx.connection reference parameter; use self read throws
void f33(pqxx::connection& self) { self.quote(); }
//= self : libpqxx.connection reference parameter; use self read throws
void f34(pqxx::connection& self) { self.quote_raw(); }
//= self : libpqxx.connection reference parameter; use self read throws
void f35(pqxx::connection& self) { self.quote_name(); }
//= self : libpqxx.connection reference parameter; use self read throws
void f36(pqxx::connection& self) { self.quote_table(); }
//= self : libpqxx.connection reference parameter; use self read throws
void f37(pqxx::connection& self) { self.quote_columns(); }
//= self : libpqxx.connection reference parameter; use self read throws
void f38(pqxx::connection& self) { self.esc_like(); }
//= self : libpqxx.connection reference parameter; use self read throws
void f39(pqxx::connection& self) { self.adorn_name(); }
//= self : libpqxx.connection reference parameter; use self read throws
void f40(pqxx::connection& self) { self.encrypt_password(); }
//= self : libpqxx.connection reference parameter; use self throws
void f41(pqxx::connection& self) { self.get_notifs(); }
//= self : libpqxx.connection reference parameter; use self throws
void f42(pqxx::connection& self) { self.await_notification(); }
//= self : libpqxx.connection reference parameter; use self throws
void f43(pqxx::connection& self) { self.wait_read(); }
//= self : libpqxx.connection reference parameter; use self throws
void f44(pqxx::connection& self) { self.wait_write(); }
//= self : libpqxx.connection reference parameter; use self throws
void f45(pqxx::connection& self) { self.listen(); }
//= self : libpqxx.connection reference parameter; use self throws
void f46(pqxx::connection& self) { self.set_client_encoding(); }
//= self : libpqxx.connection reference parameter; use self throws
void f47(pqxx::connection& self) { self.set_variable(); }
//= self : libpqxx.connection reference parameter; use self throws
void f48(pqxx::connection& self) { self.set_session_var(); }
//= self : libpqxx.connection reference parameter; use self throws
void f49(pqxx::connection& self) { self.prepare(); }
//= self : libpqxx.connection reference parameter; use self throws
void f50(pqxx::connection& self) { self.unprepare(); }
//= self : libpqxx.connection reference parameter; use self throws
void f51(pqxx::connection& self) { self.prepare_now(); }
//= self : libpqxx.connection reference parameter; use self throws
void f52(pqxx::connection& self) { self.cancel_query(); }
//= self : libpqxx.connection reference parameter; use self throws
void f53(pqxx::connection& self) { self.perform(); }
//= self : libpqxx.connection reference parameter; use self throws
void f54(pqxx::transaction<>* self) { sink(self); }
//= self : libpqxx.transaction parameter; escape self opaque; call throws
void f55(pqxx::transaction_base* self) { sink(self); }
//= self : libpqxx.transaction parameter; escape self opaque; call throws
void f56(pqxx::dbtransaction* self) { sink(self); }
//= self : libpqxx.transaction parameter; escape self opaque; call throws
void f57(pqxx::robusttransaction<>* self) { sink(self); }
//= self : libpqxx.transaction parameter; escape self opaque; call throws
void f58(pqxx::work* self) { sink(self); }
//= self : libpqxx.transaction parameter; escape self opaque; call throws
void f59(pqxx::transaction<>& self) { self.commit(); }
//= self : libpqxx.transaction reference parameter; commit self throws
void f60(pqxx::transaction<>& self) { self.abort(); }
//= self : libpqxx.transaction reference parameter; rollback self throws
void f61(pqxx::transaction<>& self) { [[maybe_unused]] auto&& r = self.exec("COMMIT"); }
//= self : libpqxx.transaction reference parameter; r : libpqxx.result value; commit self throws; make r of self derived throws; end r implicit
void f62(pqxx::transaction<>& self) { [[maybe_unused]] auto&& r = self.exec0("COMMIT"); }
//= self : libpqxx.transaction reference parameter; r : libpqxx.result value; commit self throws; make r of self derived throws; end r implicit
void f63(pqxx::transaction<>& self) { [[maybe_unused]] auto&& r = self.exec1("COMMIT"); }
//= self : libpqxx.transaction reference parameter; r : libpqxx.result value; commit self throws; make r of self derived throws; end r implicit
void f64(pqxx::transaction<>& self) { [[maybe_unused]] auto&& r = self.exec_params("COMMIT"); }
//= self : libpqxx.transaction reference parameter; r : libpqxx.result value; commit self throws; make r of self derived throws; end r implicit
void f65(pqxx::transaction<>& self) { [[maybe_unused]] auto&& r = self.exec_params0("COMMIT"); }
//= self : libpqxx.transaction reference parameter; r : libpqxx.result value; commit self throws; make r of self derived throws; end r implicit
void f66(pqxx::transaction<>& self) { [[maybe_unused]] auto&& r = self.exec_params1("COMMIT"); }
//= self : libpqxx.transaction reference parameter; r : libpqxx.result value; commit self throws; make r of self derived throws; end r implicit
void f67(pqxx::transaction<>& self) { [[maybe_unused]] auto&& r = self.parameterized("COMMIT"); }
//= self : libpqxx.transaction reference parameter; r : libpqxx.result value; commit self throws; make r of self derived throws; end r implicit
void f68(pqxx::transaction<>& self, T_<int> a0) { [[maybe_unused]] auto&& r = self.exec_n(a0, "COMMIT"); }
//= self : libpqxx.transaction reference parameter; r : libpqxx.result value; commit self throws; make r of self derived throws; end r implicit
void f69(pqxx::transaction<>& self, T_<int> a0) { [[maybe_unused]] auto&& r = self.exec_params_n(a0, "COMMIT"); }
//= self : libpqxx.transaction reference parameter; r : libpqxx.result value; commit self throws; make r of self derived throws; end r implicit
void f70(pqxx::transaction<>& self) { self.query("COMMIT"); }
//= self : libpqxx.transaction reference parameter; commit self throws
void f71(pqxx::transaction<>& self) { self.query01("COMMIT"); }
//= self : libpqxx.transaction reference parameter; commit self throws
void f72(pqxx::transaction<>& self) { self.query1("COMMIT"); }
//= self : libpqxx.transaction reference parameter; commit self throws
void f73(pqxx::transaction<>& self) { self.query_value("COMMIT"); }
//= self : libpqxx.transaction reference parameter; commit self throws
void f74(pqxx::transaction<>& self) { self.for_query("COMMIT"); }
//= self : libpqxx.transaction reference parameter; commit self throws
void f75(pqxx::transaction<>& self) { self.for_each("COMMIT"); }
//= self : libpqxx.transaction reference parameter; commit self throws
void f76(pqxx::transaction<>& self) { self.for_stream("COMMIT"); }
//= self : libpqxx.transaction reference parameter; commit self throws
void f77(pqxx::transaction<>& self, T_<int> a0) { self.query_n(a0, "COMMIT"); }
//= self : libpqxx.transaction reference parameter; commit self throws
void f78(pqxx::transaction<>& self) { [[maybe_unused]] auto&& r = self.stream("COMMIT"); }
//= self : libpqxx.transaction reference parameter; r : libpqxx.stream value; make r of self derived throws; end r implicit
void f79(pqxx::transaction<>& self) { [[maybe_unused]] auto&& r = self.exec_prepared(); }
//= self : libpqxx.transaction reference parameter; r : libpqxx.result value; use self throws; make r of self derived throws; end r implicit
void f80(pqxx::transaction<>& self) { [[maybe_unused]] auto&& r = self.exec_prepared0(); }
//= self : libpqxx.transaction reference parameter; r : libpqxx.result value; use self throws; make r of self derived throws; end r implicit
void f81(pqxx::transaction<>& self) { [[maybe_unused]] auto&& r = self.exec_prepared1(); }
//= self : libpqxx.transaction reference parameter; r : libpqxx.result value; use self throws; make r of self derived throws; end r implicit
void f82(pqxx::transaction<>& self) { [[maybe_unused]] auto&& r = self.exec_prepared_n(); }
//= self : libpqxx.transaction reference parameter; r : libpqxx.result value; use self throws; make r of self derived throws; end r implicit
void f83(pqxx::transaction<>& self) { self.prepared(); }
//= self : libpqxx.transaction reference parameter; use self throws
void f84(pqxx::transaction<>& self) { self.for_stream_prepared(); }
//= self : libpqxx.transaction reference parameter; use self throws
void f85(pqxx::transaction<>& self) { self.notify(); }
//= self : libpqxx.transaction reference parameter; use self write throws
void f86(pqxx::transaction<>& self) { self.set_variable(); }
//= self : libpqxx.transaction reference parameter; use self throws
void f87(pqxx::transaction<>& self) { self.set_session_var(); }
//= self : libpqxx.transaction reference parameter; use self throws
void f88(pqxx::transaction<>& self) { self.get_variable(); }
//= self : libpqxx.transaction reference parameter; use self read throws
void f89(pqxx::transaction<>& self) { self.conn(); }
//= self : libpqxx.transaction reference parameter; harmless self
void f90(pqxx::transaction<>& self) { self.name(); }
//= self : libpqxx.transaction reference parameter; harmless self
void f91(pqxx::transaction<>& self) { self.description(); }
//= self : libpqxx.transaction reference parameter; harmless self
void f92(pqxx::transaction<>& self) { self.label_query(); }
//= self : libpqxx.transaction reference parameter; harmless self
void f93(pqxx::transaction<>& self) { self.process_notice(); }
//= self : libpqxx.transaction reference parameter; harmless self
void f94(pqxx::transaction<>& self) { self.esc(); }
//= self : libpqxx.transaction reference parameter; harmless self
void f95(pqxx::transaction<>& self) { self.esc_raw(); }
//= self : libpqxx.transaction reference parameter; harmless self
void f96(pqxx::transaction<>& self) { self.unesc_raw(); }
//= self : libpqxx.transaction reference parameter; harmless self
void f97(pqxx::transaction<>& self) { self.unesc_bin(); }
//= self : libpqxx.transaction reference parameter; harmless self
void f98(pqxx::transaction<>& self) { self.quote(); }
//= self : libpqxx.transaction reference parameter; harmless self
void f99(pqxx::transaction<>& self) { self.quote_raw(); }
//= self : libpqxx.transaction reference parameter; harmless self
void f100(pqxx::transaction<>& self) { self.quote_name(); }
//= self : libpqxx.transaction reference parameter; harmless self
void f101(pqxx::transaction<>& self) { self.quote_table(); }
//= self : libpqxx.transaction reference parameter; harmless self
void f102(pqxx::transaction<>& self) { self.quote_columns(); }
//= self : libpqxx.transaction reference parameter; harmless self
void f103(pqxx::transaction<>& self) { self.esc_like(); }
//= self : libpqxx.transaction reference parameter; harmless self
void f104(pqxx::read_transaction* self) { sink(self); }
//= self : libpqxx.read-transaction parameter; escape self opaque; call throws
void f105(pqxx::subtransaction* self) { sink(self); }
//= self : libpqxx.subtransaction parameter; escape self opaque; call throws
void f106(pqxx::nontransaction* self) { sink(self); }
//= self : libpqxx.nontransaction parameter; escape self opaque; call throws?
void f107(pqxx::nontransaction& self) { self.commit(); }
//= self : libpqxx.nontransaction reference parameter; harmless self
void f108(pqxx::nontransaction& self) { self.abort(); }
//= self : libpqxx.nontransaction reference parameter; harmless self
void f109(pqxx::nontransaction& self) { [[maybe_unused]] auto&& r = self.exec("COMMIT"); }
//= self : libpqxx.nontransaction reference parameter; r : libpqxx.result value; commit self throws; make r of self derived throws; end r implicit
void f110(pqxx::nontransaction& self) { [[maybe_unused]] auto&& r = self.exec0("COMMIT"); }
//= self : libpqxx.nontransaction reference parameter; r : libpqxx.result value; commit self throws; make r of self derived throws; end r implicit
void f111(pqxx::nontransaction& self) { [[maybe_unused]] auto&& r = self.exec1("COMMIT"); }
//= self : libpqxx.nontransaction reference parameter; r : libpqxx.result value; commit self throws; make r of self derived throws; end r implicit
void f112(pqxx::nontransaction& self) { [[maybe_unused]] auto&& r = self.exec_params("COMMIT"); }
//= self : libpqxx.nontransaction reference parameter; r : libpqxx.result value; commit self throws; make r of self derived throws; end r implicit
void f113(pqxx::nontransaction& self) { [[maybe_unused]] auto&& r = self.exec_params0("COMMIT"); }
//= self : libpqxx.nontransaction reference parameter; r : libpqxx.result value; commit self throws; make r of self derived throws; end r implicit
void f114(pqxx::nontransaction& self) { [[maybe_unused]] auto&& r = self.exec_params1("COMMIT"); }
//= self : libpqxx.nontransaction reference parameter; r : libpqxx.result value; commit self throws; make r of self derived throws; end r implicit
void f115(pqxx::nontransaction& self, T_<int> a0) { [[maybe_unused]] auto&& r = self.exec_n(a0, "COMMIT"); }
//= self : libpqxx.nontransaction reference parameter; r : libpqxx.result value; commit self throws; make r of self derived throws; end r implicit
void f116(pqxx::nontransaction& self, T_<int> a0) { [[maybe_unused]] auto&& r = self.exec_params_n(a0, "COMMIT"); }
//= self : libpqxx.nontransaction reference parameter; r : libpqxx.result value; commit self throws; make r of self derived throws; end r implicit
void f117(pqxx::nontransaction& self) { self.query("COMMIT"); }
//= self : libpqxx.nontransaction reference parameter; commit self throws
void f118(pqxx::nontransaction& self) { self.query01("COMMIT"); }
//= self : libpqxx.nontransaction reference parameter; commit self throws
void f119(pqxx::nontransaction& self) { self.query1("COMMIT"); }
//= self : libpqxx.nontransaction reference parameter; commit self throws
void f120(pqxx::nontransaction& self) { self.query_value("COMMIT"); }
//= self : libpqxx.nontransaction reference parameter; commit self throws
void f121(pqxx::nontransaction& self) { self.for_query("COMMIT"); }
//= self : libpqxx.nontransaction reference parameter; commit self throws
void f122(pqxx::nontransaction& self) { self.for_each("COMMIT"); }
//= self : libpqxx.nontransaction reference parameter; commit self throws
void f123(pqxx::nontransaction& self) { [[maybe_unused]] auto&& r = self.exec_prepared(); }
//= self : libpqxx.nontransaction reference parameter; r : libpqxx.result value; use self throws; make r of self derived throws; end r implicit
void f124(pqxx::nontransaction& self) { [[maybe_unused]] auto&& r = self.exec_prepared0(); }
//= self : libpqxx.nontransaction reference parameter; r : libpqxx.result value; use self throws; make r of self derived throws; end r implicit
void f125(pqxx::nontransaction& self) { [[maybe_unused]] auto&& r = self.exec_prepared1(); }
//= self : libpqxx.nontransaction reference parameter; r : libpqxx.result value; use self throws; make r of self derived throws; end r implicit
void f126(pqxx::nontransaction& self) { [[maybe_unused]] auto&& r = self.exec_prepared_n(); }
//= self : libpqxx.nontransaction reference parameter; r : libpqxx.result value; use self throws; make r of self derived throws; end r implicit
void f127(pqxx::nontransaction& self) { self.conn(); }
//= self : libpqxx.nontransaction reference parameter; harmless self
void f128(pqxx::nontransaction& self) { self.name(); }
//= self : libpqxx.nontransaction reference parameter; harmless self
void f129(pqxx::nontransaction& self) { self.description(); }
//= self : libpqxx.nontransaction reference parameter; harmless self
void f130(pqxx::nontransaction& self) { self.esc(); }
//= self : libpqxx.nontransaction reference parameter; harmless self
void f131(pqxx::nontransaction& self) { self.quote(); }
//= self : libpqxx.nontransaction reference parameter; harmless self
void f132(pqxx::nontransaction& self) { self.quote_name(); }
//= self : libpqxx.nontransaction reference parameter; harmless self
void f133(pqxx::stream_from* self) { sink(self); }
//= self : libpqxx.stream parameter; escape self opaque; call throws?
void f134(pqxx::stream_base* self) { sink(self); }
//= self : libpqxx.stream parameter; escape self opaque; call throws?
void f135(pqxx::icursorstream* self) { sink(self); }
//= self : libpqxx.stream parameter; escape self opaque; call throws?
void f136(pqxx::internal::stream_query* self) { sink(self); }
//= self : libpqxx.stream parameter; escape self opaque; call throws?
void f137(pqxx::stream_from& self) { self.complete(); }
//= self : libpqxx.stream reference parameter; close self
void f138(pqxx::stream_from& self) { self.close(); }
//= self : libpqxx.stream reference parameter; close self
void f139(pqxx::stream_from& self, T_<int> a0) { [[maybe_unused]] auto&& r = self >> a0; }
//= self : libpqxx.stream reference parameter; r : libpqxx.stream reference; use self read throws; bind r to self
void f140(pqxx::stream_from& self) { self.get_raw_line(); }
//= self : libpqxx.stream reference parameter; use self read throws
void f141(pqxx::stream_from& self) { self.get(); }
//= self : libpqxx.stream reference parameter; use self read throws
void f142(pqxx::stream_from& self) { self.read_row(); }
//= self : libpqxx.stream reference parameter; use self read throws
void f143(pqxx::stream_from& self) { self.tokenize(); }
//= self : libpqxx.stream reference parameter; use self read throws
void f144(pqxx::stream_from& self) { self.ignore(); }
//= self : libpqxx.stream reference parameter; use self read throws
void f145(pqxx::stream_from& self) { !self; }
//= self : libpqxx.stream reference parameter; harmless self
void f146(pqxx::stream_from& self) { [[maybe_unused]] auto&& r = static_cast<T_<bool>>(self); }
//= self : libpqxx.stream reference parameter; havoc #0; harmless self
void f147(pqxx::stream_to* self) { sink(self); }
//= self : libpqxx.stream-to parameter; escape self opaque; call throws?
void f148(T_<pqxx::connection &> a0) { pqxx::stream_to self{a0}; }
//= a0 : libpqxx.connection reference parameter; self : libpqxx.stream-to value; make self of a0 derived throws; end self implicit
void f149(pqxx::stream_to& self) { self.complete(); }
//= self : libpqxx.stream-to reference parameter; close self
void f150(pqxx::stream_to& self) { self.close(); }
//= self : libpqxx.stream-to reference parameter; close self
void f151(pqxx::stream_to& self, T_<int> a0) { [[maybe_unused]] auto&& r = self << a0; }
//= self : libpqxx.stream-to reference parameter; r : libpqxx.stream-to reference; use self write throws; bind r to self
void f152(pqxx::stream_to& self) { self.write_row(); }
//= self : libpqxx.stream-to reference parameter; use self write throws
void f153(pqxx::stream_to& self) { self.write_values(); }
//= self : libpqxx.stream-to reference parameter; use self write throws
void f154(pqxx::stream_to& self) { self.write_raw_line(); }
//= self : libpqxx.stream-to reference parameter; use self write throws
void f155(pqxx::stream_to& self) { self.insert(); }
//= self : libpqxx.stream-to reference parameter; use self write throws
void f156(pqxx::stream_to& self) { self.push_back(); }
//= self : libpqxx.stream-to reference parameter; use self write throws
void f157(pqxx::stream_to& self) { self.reserve(); }
//= self : libpqxx.stream-to reference parameter; harmless self
void f158(pqxx::pipeline* self) { sink(self); }
//= self : libpqxx.pipeline parameter; escape self opaque; call throws?
void f159(pqxx::pipeline& self) { self.insert("COMMIT"); }
//= self : libpqxx.pipeline reference parameter; commit self throws
void f160(pqxx::pipeline& self) { self.complete(); }
//= self : libpqxx.pipeline reference parameter; use self throws
void f161(pqxx::pipeline& self) { self.flush(); }
//= self : libpqxx.pipeline reference parameter; use self throws
void f162(pqxx::pipeline& self) { self.cancel(); }
//= self : libpqxx.pipeline reference parameter; use self throws
void f163(pqxx::pipeline& self) { self.retrieve(); }
//= self : libpqxx.pipeline reference parameter; use self throws
void f164(pqxx::pipeline& self) { self.resume(); }
//= self : libpqxx.pipeline reference parameter; use self throws
void f165(pqxx::pipeline& self) { self.is_finished(); }
//= self : libpqxx.pipeline reference parameter; harmless self
void f166(pqxx::pipeline& self) { self.empty(); }
//= self : libpqxx.pipeline reference parameter; harmless self
void f167(pqxx::pipeline& self) { self.retain(); }
//= self : libpqxx.pipeline reference parameter; harmless self
void f168(pqxx::blob* self) { sink(self); }
//= self : libpqxx.large-object parameter; escape self opaque; call throws?
void f169(pqxx::blob& self) { self.write(); }
//= self : libpqxx.large-object reference parameter; use self write throws
void f170(pqxx::blob& self) { self.process_notice(); }
//= self : libpqxx.large-object reference parameter; use self write throws
void f171(pqxx::blob& self) { self.resize(); }
//= self : libpqxx.large-object reference parameter; use self write throws
void f172(pqxx::blob& self) { self.truncate(); }
//= self : libpqxx.large-object reference parameter; use self write throws
void f173(pqxx::blob& self) { self.append_from_buf(); }
//= self : libpqxx.large-object reference parameter; use self write throws
void f174(pqxx::blob& self) { self.read(); }
//= self : libpqxx.large-object reference parameter; use self read throws
void f175(pqxx::blob& self) { self.seek(); }
//= self : libpqxx.large-object reference parameter; use self read throws
void f176(pqxx::blob& self) { self.tell(); }
//= self : libpqxx.large-object reference parameter; use self read throws
void f177(pqxx::blob& self) { self.cread(); }
//= self : libpqxx.large-object reference parameter; use self read throws
void f178(pqxx::blob& self) { self.cseek(); }
//= self : libpqxx.large-object reference parameter; use self read throws
void f179(pqxx::blob& self) { self.seek_abs(); }
//= self : libpqxx.large-object reference parameter; use self read throws
void f180(pqxx::blob& self) { self.seek_rel(); }
//= self : libpqxx.large-object reference parameter; use self read throws
void f181(pqxx::blob& self) { self.seek_end(); }
//= self : libpqxx.large-object reference parameter; use self read throws
void f182(pqxx::blob& self) { self.close(); }
//= self : libpqxx.large-object reference parameter; close self
void f183(pqxx::blob& self) { self.id(); }
//= self : libpqxx.large-object reference parameter; harmless self
void f184(pqxx::result* self) { sink(self); }
//= self : libpqxx.result parameter; escape self opaque; call throws?
void f185(pqxx::row* self) { sink(self); }
//= self : libpqxx.result parameter; escape self opaque; call throws?
void f186(pqxx::field* self) { sink(self); }
//= self : libpqxx.result parameter; escape self opaque; call throws?
void f187() { pqxx::result self; }
//= self : libpqxx.result value; make self throws?; end self implicit
void f188(pqxx::result& self) { self.size(); }
//= self : libpqxx.result reference parameter; harmless self
void f189(pqxx::result& self) { self.empty(); }
//= self : libpqxx.result reference parameter; harmless self
void f190(pqxx::result& self) { self.begin(); }
//= self : libpqxx.result reference parameter; harmless self
void f191(pqxx::result& self) { self.end(); }
//= self : libpqxx.result reference parameter; harmless self
void f192(pqxx::result& self) { self.front(); }
//= self : libpqxx.result reference parameter; harmless self
void f193(pqxx::result& self) { self.back(); }
//= self : libpqxx.result reference parameter; harmless self
void f194(pqxx::result& self) { self.at(); }
//= self : libpqxx.result reference parameter; harmless self
void f195(pqxx::result& self) { self.columns(); }
//= self : libpqxx.result reference parameter; harmless self
void f196(pqxx::result& self) { self.column_name(); }
//= self : libpqxx.result reference parameter; harmless self
void f197(pqxx::result& self) { self.affected_rows(); }
//= self : libpqxx.result reference parameter; harmless self
void f198(pqxx::result& self, T_<int> a0) { self[a0]; }
//= self : libpqxx.result reference parameter; harmless self
void f199(pqxx::result& self) { self.clear(); }
//= self : libpqxx.result reference parameter; harmless self
void f200(pqxx::result& self) { self.c_str(); }
//= self : libpqxx.result reference parameter; self.c_str() : libpqxx.text temporary; make self.c_str() of self derived
void f201(pqxx::result& self) { self.view(); }
//= self : libpqxx.result reference parameter; self.view() : libpqxx.text temporary; make self.view() of self derived
void f202(pqxx::result& self) { self.as(); }
//= self : libpqxx.result reference parameter; harmless self
void f203(pqxx::result& self) { self.is_null(); }
//= self : libpqxx.result reference parameter; harmless self
void f204(pqxx::result& self) { self.get(); }
//= self : libpqxx.result reference parameter; harmless self
void f205(pqxx::result& self) { self.to(); }
//= self : libpqxx.result reference parameter; harmless self
void f206(pqxx::result& self) { self.name(); }
//= self : libpqxx.result reference parameter; harmless self
void f207(pqxx::result& self) { self.num(); }
//= self : libpqxx.result reference parameter; harmless self
void f208(pqxx::result& self) { self.rownumber(); }
//= self : libpqxx.result reference parameter; harmless self
void f209(pqxx::result& self) { self.capacity(); }
//= self : libpqxx.result reference parameter; harmless self
void f210(pqxx::result& self) { self.query(); }
//= self : libpqxx.result reference parameter; harmless self
void f211(pqxx::result& self) { self.iter(); }
//= self : libpqxx.result reference parameter; harmless self
void f212(pqxx::result& self) { self.one_row(); }
//= self : libpqxx.result reference parameter; harmless self
void f213(pqxx::result& self) { self.one_field(); }
//= self : libpqxx.result reference parameter; harmless self
void f214(pqxx::result& self) { self.no_rows(); }
//= self : libpqxx.result reference parameter; harmless self
void f215() { [[maybe_unused]] auto&& r = pqxx::connection::seize_raw_connection(); }
//= r : libpqxx.connection value; make r factory throws; end r implicit
void f216(pqxx::transaction<pqxx::serializable, pqxx::write_policy::read_only>& self) { self.exec("SELECT 1"); }
//= self : libpqxx.read-transaction reference parameter; `self.exec("SELECT 1")` : libpqxx.result value temporary; use self read throws; end `self.exec("SELECT 1")` implicit; make `self.exec("SELECT 1")` of self derived throws; end `self.exec("SELECT 1")` implicit
