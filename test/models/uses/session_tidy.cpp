// What the model of this library is used for, one function per line of it (../ModelTests.cpp).
#include <session_tidy/scope.h>

#include <soci/soci.h>
template <class T> void sink(T*);

void f1(session_tidy::scope<soci::session>* self) { sink(self); }
//= self : session_tidy.scope parameter; escape self opaque; call throws
void f2(soci::session& sql) { session_tidy::scope self(sql); }
//= self : session_tidy.scope value; make self throws; begin self implicit; end self implicit
void f3(soci::connection_pool& pool) { session_tidy::scope self(pool); }
//= self : session_tidy.scope value; make self throws; begin self implicit; end self implicit
void f4(session_tidy::scope<soci::session>& self) { self.commit(); }
//= self : session_tidy.scope reference parameter; commit self throws
void f5(session_tidy::scope<soci::session>& self) { self.rollback(); }
//= self : session_tidy.scope reference parameter; rollback self throws
void f6(session_tidy::scope<soci::session>& self) { *self << "DELETE FROM t"; }
//= self : session_tidy.scope reference parameter; call throws?
void f7(session_tidy::scope<soci::session>& self) { self->begin(); }
//= self : session_tidy.scope reference parameter; havoc #0; call throws?
void f8(session_tidy::scope<soci::session>& self) { self.session() << "DELETE FROM t"; }
//= self : session_tidy.scope reference parameter; call throws?
void f9(session_tidy::scope<soci::session>& self) { (void)self.is_open(); }
//= self : session_tidy.scope reference parameter; harmless self
void f10(session_tidy::transaction<soci::session>* self) { sink(self); }
//= self : session_tidy.transaction parameter; escape self opaque; call throws
void f11(soci::session& sql) { session_tidy::transaction self(sql); }
//= self : session_tidy.transaction value; make self throws; begin self implicit; end self implicit
void f12(soci::connection_pool& pool) { session_tidy::transaction self(pool); }
//= self : session_tidy.transaction value; make self throws; begin self implicit; end self implicit
void f13(session_tidy::transaction<soci::session>& self) { self.commit(); }
//= self : session_tidy.transaction reference parameter; commit self throws
void f14(session_tidy::transaction<soci::session>& self) { self.rollback(); }
//= self : session_tidy.transaction reference parameter; rollback self throws
void f15(session_tidy::transaction<soci::session>& self) { *self << "DELETE FROM t"; }
//= self : session_tidy.transaction reference parameter; call throws?
void f16(session_tidy::transaction<soci::session>& self) { self->begin(); }
//= self : session_tidy.transaction reference parameter; havoc #0; call throws?
void f17(session_tidy::transaction<soci::session>& self) { self.session() << "DELETE FROM t"; }
//= self : session_tidy.transaction reference parameter; call throws?
void f18(session_tidy::transaction<soci::session>& self) { (void)self.is_open(); }
//= self : session_tidy.transaction reference parameter; harmless self
void f19(session_tidy::read_scope<soci::session>* self) { sink(self); }
//= self : session_tidy.read-scope parameter; escape self opaque; call throws
void f20(soci::session& sql) { session_tidy::read_scope self(sql); }
//= self : session_tidy.read-scope value; make self throws; begin self implicit; end self implicit
void f21(soci::connection_pool& pool) { session_tidy::read_scope self(pool); }
//= self : session_tidy.read-scope value; make self throws; begin self implicit; end self implicit
void f22(session_tidy::read_scope<soci::session>& self) { self.rollback(); }
//= self : session_tidy.read-scope reference parameter; rollback self throws
void f23(session_tidy::read_scope<soci::session>& self) { *self << "DELETE FROM t"; }
//= self : session_tidy.read-scope reference parameter; call throws?
void f24(session_tidy::read_scope<soci::session>& self) { self->begin(); }
//= self : session_tidy.read-scope reference parameter; havoc #0; call throws?
void f25(session_tidy::read_scope<soci::session>& self) { self.session() << "DELETE FROM t"; }
//= self : session_tidy.read-scope reference parameter; call throws?
void f26(session_tidy::read_scope<soci::session>& self) { (void)self.is_open(); }
//= self : session_tidy.read-scope reference parameter; harmless self
