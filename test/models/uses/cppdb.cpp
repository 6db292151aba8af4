// What the model of this library is used for, one function per line of it (../ModelTests.cpp).
#include <cppdb/backend.h>
#include <cppdb/frontend.h>
#include <cppdb/pool.h>
template <class T> using T_ = T;
template <class T> void sink(T*);

void f1(cppdb::session* self) { sink(self); }
//= self : cppdb.session parameter; escape self opaque; call throws
void f2() { cppdb::session self; }
//= self : cppdb.session shared; make self throws?; end self implicit
void f3(T_<const cppdb::connection_info &> a0) { cppdb::session self{a0}; }
//= self : cppdb.session shared; make self throws; end self implicit
void f4(cppdb::session& self, T_<const cppdb::connection_info &> a0) { self.open(a0); }
//= self : cppdb.session reference parameter; open self throws
void f5(cppdb::session& self) { self.close(); }
//= self : cppdb.session reference parameter; close self
void f6(cppdb::session& self) { self.begin(); }
//= self : cppdb.session reference parameter; begin self throws
void f7(cppdb::session& self) { self.commit(); }
//= self : cppdb.session reference parameter; commit self throws
void f8(cppdb::session& self) { self.rollback(); }
//= self : cppdb.session reference parameter; rollback self throws
void f9(cppdb::session& self) { [[maybe_unused]] auto&& r = self << "COMMIT"; }
//= self : cppdb.session reference parameter; r : cppdb.statement shared; make r of self derived throws; end r implicit
void f10(cppdb::session& self) { [[maybe_unused]] auto&& r = self.prepare("COMMIT"); }
//= self : cppdb.session reference parameter; r : cppdb.statement shared; make r of self derived throws; end r implicit
void f11(cppdb::session& self) { [[maybe_unused]] auto&& r = self.create_statement("COMMIT"); }
//= self : cppdb.session reference parameter; r : cppdb.statement shared; make r of self derived throws; end r implicit
void f12(cppdb::session& self) { [[maybe_unused]] auto&& r = self.create_prepared_statement("COMMIT"); }
//= self : cppdb.session reference parameter; r : cppdb.statement shared; make r of self derived throws; end r implicit
void f13(cppdb::session& self) { [[maybe_unused]] auto&& r = self.create_prepared_uncached_statement("COMMIT"); }
//= self : cppdb.session reference parameter; r : cppdb.statement shared; make r of self derived throws; end r implicit
void f14(cppdb::session& self) { [[maybe_unused]] auto&& r = self.is_open(); }
//= self : cppdb.session reference parameter; havoc #0; harmless self
void f15(cppdb::session& self) { [[maybe_unused]] auto&& r = self.driver(); }
//= self : cppdb.session reference parameter; harmless self
void f16(cppdb::session& self) { [[maybe_unused]] auto&& r = self.engine(); }
//= self : cppdb.session reference parameter; harmless self
void f17(cppdb::session& self) { [[maybe_unused]] auto&& r = self.recyclable(); }
//= self : cppdb.session reference parameter; havoc #0; harmless self
void f18(cppdb::session& self) { [[maybe_unused]] auto&& r = self.once_called(); }
//= self : cppdb.session reference parameter; havoc #0; harmless self
void f19(cppdb::session& self, T_<const std::type_info &> a0) { [[maybe_unused]] auto&& r = self.get_specific(a0); }
//= self : cppdb.session reference parameter; havoc #0; harmless self
void f20(cppdb::session& self, T_<const std::type_info &> a0) { [[maybe_unused]] auto&& r = self.release_specific(a0); }
//= self : cppdb.session reference parameter; havoc #0; harmless self
void f21(cppdb::session& self, T_<const std::type_info &> a0) { self.reset_specific(a0); }
//= self : cppdb.session reference parameter; harmless self
void f22(cppdb::session& self, T_<const char *> a0) { [[maybe_unused]] auto&& r = self.escape(a0); }
//= self : cppdb.session reference parameter; use self throws
void f23(cppdb::session& self, T_<const cppdb::details::functor<cppdb::session> &> a0) { self.once(a0); }
//= self : cppdb.session reference parameter; use self throws
void f24(cppdb::session& self) { self.clear_cache(); }
//= self : cppdb.session reference parameter; use self throws
void f25(cppdb::session& self) { self.clear_pool(); }
//= self : cppdb.session reference parameter; use self throws
void f26(cppdb::transaction* self) { sink(self); }
//= self : cppdb.transaction parameter; escape self opaque; call throws
void f27(cppdb::transaction& self) { self.commit(); }
//= self : cppdb.transaction reference parameter; commit self throws
void f28(cppdb::transaction& self) { self.rollback(); }
//= self : cppdb.transaction reference parameter; rollback self throws
void f29(cppdb::statement* self) { sink(self); }
//= self : cppdb.statement parameter; escape self opaque; call throws?
void f30() { cppdb::statement self; }
//= self : cppdb.statement shared; make self throws?; end self implicit
void f31(cppdb::statement& self) { self.exec(); }
//= self : cppdb.statement reference parameter; use self throws
void f32(cppdb::statement& self) { [[maybe_unused]] auto&& r = self.query(); }
//= self : cppdb.statement reference parameter; r : cppdb.result shared; make r of self derived throws; end r implicit
void f33(cppdb::statement& self) { [[maybe_unused]] auto&& r = self.row(); }
//= self : cppdb.statement reference parameter; r : cppdb.result shared; make r of self derived throws; end r implicit
void f34(cppdb::statement& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self << a0; }
//= self : cppdb.statement reference parameter; r : cppdb.statement reference; use self throws; bind r to self
void f35(cppdb::statement& self, T_<int> a0) { [[maybe_unused]] auto&& r = self.bind(a0); }
//= self : cppdb.statement reference parameter; r : cppdb.statement reference; use self throws; bind r to self
void f36(cppdb::statement& self) { [[maybe_unused]] auto&& r = self.bind_null(); }
//= self : cppdb.statement reference parameter; r : cppdb.statement reference; use self throws; bind r to self
void f37(cppdb::statement& self) { [[maybe_unused]] auto&& r = self.affected(); }
//= self : cppdb.statement reference parameter; havoc #0; use self read throws
void f38(cppdb::statement& self) { [[maybe_unused]] auto&& r = self.last_insert_id(); }
//= self : cppdb.statement reference parameter; havoc #0; use self read throws
void f39(cppdb::statement& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self.sequence_last(a0); }
//= self : cppdb.statement reference parameter; havoc #0; use self read throws
void f40(cppdb::statement& self) { self.reset(); }
//= self : cppdb.statement reference parameter; harmless self
void f41(cppdb::statement& self) { self.clear(); }
//= self : cppdb.statement reference parameter; harmless self
void f42(cppdb::statement& self) { [[maybe_unused]] auto&& r = self.empty(); }
//= self : cppdb.statement reference parameter; havoc #0; harmless self
void f43(cppdb::result* self) { sink(self); }
//= self : cppdb.result parameter; escape self opaque; call throws?
void f44() { cppdb::result self; }
//= self : cppdb.result shared; make self throws?; end self implicit
void f45(cppdb::result& self) { [[maybe_unused]] auto&& r = self.next(); }
//= self : cppdb.result reference parameter; havoc #0; use self read throws
void f46(cppdb::result& self, T_<short &> a0) { [[maybe_unused]] auto&& r = self.fetch(a0); }
//= self : cppdb.result reference parameter; havoc #0; use self read throws
void f49(cppdb::result& self, T_<int> a0) { [[maybe_unused]] auto&& r = self.is_null(a0); }
//= self : cppdb.result reference parameter; havoc #0; use self read throws
void f50(cppdb::result& self) { [[maybe_unused]] auto&& r = self.cols(); }
//= self : cppdb.result reference parameter; havoc #0; harmless self
void f51(cppdb::result& self, T_<int> a0) { [[maybe_unused]] auto&& r = self.name(a0); }
//= self : cppdb.result reference parameter; harmless self
void f52(cppdb::result& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self.index(a0); }
//= self : cppdb.result reference parameter; havoc #0; harmless self
void f53(cppdb::result& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self.find_column(a0); }
//= self : cppdb.result reference parameter; havoc #0; harmless self
void f54(cppdb::result& self) { self.rewind_column(); }
//= self : cppdb.result reference parameter; harmless self
void f55(cppdb::result& self) { [[maybe_unused]] auto&& r = self.empty(); }
//= self : cppdb.result reference parameter; havoc #0; harmless self
void f56(cppdb::result& self) { self.clear(); }
//= self : cppdb.result reference parameter; harmless self

// Written by hand: templates.
void f201(cppdb::result& self) { [[maybe_unused]] auto&& r = self.get<int>(0); }
//= self : cppdb.result reference parameter; havoc #0; use self read throws
void f202(cppdb::result& self, int& a0) { self >> a0; }
//= self : cppdb.result reference parameter; use self read throws
