// What the model of this library is used for, one function per line of it (../ModelTests.cpp).
#include <otl.h>
template <class T> using T_ = T;
template <class T> void sink(T*);

void f1(otl_connect* self) { sink(self); }
//= self : otl.connection parameter; escape self opaque; call throws
void f2(odbc::otl_connect* self) { sink(self); }
//= self : otl.connection parameter; escape self opaque; call throws
void f3(oracle::otl_connect* self) { sink(self); }
//= self : otl.connection parameter; escape self opaque; call throws
void f4(db2::otl_connect* self) { sink(self); }
//= self : otl.connection parameter; escape self opaque; call throws
void f5() { otl_connect self; }
//= self : otl.connection value; make self throws?; end self implicit
void f6(T_<int> a0) { otl_connect self{a0}; }
//= self : otl.connection value; make self throws; end self implicit
void f7(otl_connect& self) { self.rlogon(); }
//= self : otl.connection reference parameter; open self throws
void f8(otl_connect& self) { self.server_attach(); }
//= self : otl.connection reference parameter; open self throws
void f9(otl_connect& self) { self.session_begin(); }
//= self : otl.connection reference parameter; open self throws
void f10(otl_connect& self) { self.session_reopen(); }
//= self : otl.connection reference parameter; open self throws
void f11(otl_connect& self) { self.logoff(); }
//= self : otl.connection reference parameter; close self
void f12(otl_connect& self) { self.session_end(); }
//= self : otl.connection reference parameter; close self
void f13(otl_connect& self) { self.server_detach(); }
//= self : otl.connection reference parameter; close self
void f14(otl_connect& self) { self.commit(); }
//= self : otl.connection reference parameter; commit self throws
void f15(otl_connect& self) { self.commit_nowait(); }
//= self : otl.connection reference parameter; commit self throws
void f16(otl_connect& self) { self.rollback(); }
//= self : otl.connection reference parameter; rollback self throws
void f17(otl_connect& self) { self.direct_exec("COMMIT"); }
//= self : otl.connection reference parameter; commit self throws
void f18(otl_connect& self) { self.syntax_check(); }
//= self : otl.connection reference parameter; use self throws
void f19(otl_connect& self) { self.set_max_long_size(); }
//= self : otl.connection reference parameter; use self throws
void f20(otl_connect& self) { self.set_timeout(); }
//= self : otl.connection reference parameter; use self throws
void f21(otl_connect& self) { self.set_transaction_isolation_level(); }
//= self : otl.connection reference parameter; use self throws
void f22(otl_connect& self) { self.change_password(); }
//= self : otl.connection reference parameter; use self throws
void f23(otl_connect& self) { self.auto_commit_on(); }
//= self : otl.connection reference parameter; use self throws
void f24(otl_connect& self) { self.auto_commit_off(); }
//= self : otl.connection reference parameter; use self throws
void f25(otl_connect& self) { self.cancel(); }
//= self : otl.connection reference parameter; harmless self
void f26(otl_connect& self) { self.get_max_long_size(); }
//= self : otl.connection reference parameter; harmless self
void f27(otl_connect& self) { self.set_stream_pool_size(); }
//= self : otl.connection reference parameter; harmless self
void f28(otl_connect& self) { self.stream_pool_enable(); }
//= self : otl.connection reference parameter; harmless self
void f29(otl_connect& self) { self.stream_pool_disable(); }
//= self : otl.connection reference parameter; harmless self
void f30(otl_stream* self) { sink(self); }
//= self : otl.stream parameter; escape self opaque; call throws?
void f31(odbc::otl_stream* self) { sink(self); }
//= self : otl.stream parameter; escape self opaque; call throws?
void f32(oracle::otl_stream* self) { sink(self); }
//= self : otl.stream parameter; escape self opaque; call throws?
void f33(db2::otl_stream* self) { sink(self); }
//= self : otl.stream parameter; escape self opaque; call throws?
void f34(otl_nocommit_stream* self) { sink(self); }
//= self : otl.stream parameter; escape self opaque; call throws?
void f35() { otl_stream self; }
//= self : otl.stream value; make self throws?; end self implicit
void f36(T_<int> a0, T_<otl_connect &> a2) { otl_stream self{a0, "COMMIT", a2}; }
//= a2 : otl.connection reference parameter; self : otl.stream value; make self of a2 derived throws; end self implicit
void f37(T_<int> a0, T_<otl_connect &> a2, T_<int> a3) { otl_stream self{a0, "COMMIT", a2, a3}; }
//= a2 : otl.connection reference parameter; self : otl.stream value; make self of a2 derived throws; end self implicit
void f38(T_<int> a0) { otl_stream self{a0}; }
//= self : otl.stream value; make self throws?; end self implicit
void f39(otl_stream& self, T_<int> a0, T_<otl_connect &> a2) { self.open(a0, "COMMIT", a2); }
//= self : otl.stream reference parameter; a2 : otl.connection reference parameter
void f40(otl_stream& self) { self.close(); }
//= self : otl.stream reference parameter; close self
void f41(otl_stream& self, T_<int> a0) { [[maybe_unused]] auto&& r = self >> a0; }
//= self : otl.stream reference parameter; r : otl.stream reference; use self read throws; bind r to self
void f42(otl_stream& self) { self.eof(); }
//= self : otl.stream reference parameter; use self read throws
void f43(otl_stream& self, T_<int> a0) { [[maybe_unused]] auto&& r = self << a0; }
//= self : otl.stream reference parameter; r : otl.stream reference; use self throws; bind r to self
void f44(otl_stream& self) { self.flush(); }
//= self : otl.stream reference parameter; flush self throws
void f45(otl_stream& self) { self.clean(); }
//= self : otl.stream reference parameter; use self throws
void f46(otl_stream& self) { self.rewind(); }
//= self : otl.stream reference parameter; use self throws
void f47(otl_stream& self) { self.set_commit(); }
//= self : otl.stream reference parameter; harmless self
void f48(otl_stream& self) { self.set_flush(); }
//= self : otl.stream reference parameter; harmless self
void f49(otl_stream& self) { self.is_null(); }
//= self : otl.stream reference parameter; harmless self
void f50(otl_stream& self) { self.good(); }
//= self : otl.stream reference parameter; harmless self
void f51(otl_stream& self) { self.get_rpc(); }
//= self : otl.stream reference parameter; harmless self
void f52(otl_stream& self) { self.describe_select(); }
//= self : otl.stream reference parameter; harmless self
void f53(T_<otl_connect &> a0) { otl_cursor::direct_exec(a0, "COMMIT"); }
//= a0 : otl.connection reference parameter; commit a0 throws
void f54(T_<odbc::otl_connect &> a0) { odbc::otl_cursor::direct_exec(a0, "COMMIT"); }
//= a0 : otl.connection reference parameter; commit a0 throws
void f55(T_<oracle::otl_connect &> a0) { oracle::otl_cursor::direct_exec(a0, "COMMIT"); }
//= a0 : otl.connection reference parameter; commit a0 throws
