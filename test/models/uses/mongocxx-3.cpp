// The classes of 3.x, one function per line of it (../ModelTests.cpp).
#define MONGOCXX_3
#include <mongocxx.h>
template <class T> void sink(T*);

void f1(mongocxx::client* self) { sink(self); }
//= self : mongocxx.client parameter; escape self opaque; call throws
void f2(mongocxx::client_session* self) { sink(self); }
//= self : mongocxx.client-session parameter; escape self opaque; call throws
void f3(mongocxx::pool* self) { sink(self); }
//= self : mongocxx.pool parameter; escape self opaque; call throws?
void f4(mongocxx::pool::entry* self) { sink(self); }
//= self : mongocxx.lease parameter; escape self opaque; call throws
void f5(mongocxx::database* self) { sink(self); }
//= self : mongocxx.database parameter; escape self opaque; call throws?
void f6(mongocxx::collection* self) { sink(self); }
//= self : mongocxx.database parameter; escape self opaque; call throws?
void f7(mongocxx::cursor* self) { sink(self); }
//= self : mongocxx.cursor parameter; escape self opaque; call throws?
void f8(mongocxx::change_stream* self) { sink(self); }
//= self : mongocxx.cursor parameter; escape self opaque; call throws?
void f9(mongocxx::bulk_write* self) { sink(self); }
//= self : mongocxx.bulk-write parameter; escape self opaque; call throws?
