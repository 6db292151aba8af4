// What the model of this library is used for, one function per line of it (../ModelTests.cpp).
#include <mongocxx.h>
template <class T> using T_ = T;
template <class T> void sink(T*);

void f1(mongocxx::client* self) { sink(self); }
//= self : mongocxx.client parameter; escape self opaque; call throws
void f2(mongocxx::client& self) { [[maybe_unused]] auto&& r = self.start_session(); }
//= self : mongocxx.client reference parameter; r : mongocxx.client-session value; make r of self factory throws; end r implicit
void f3(mongocxx::client& self) { [[maybe_unused]] auto&& r = self.database(); }
//= self : mongocxx.client reference parameter; r : mongocxx.database shared; make r of self derived throws; end r implicit
void f4(mongocxx::client& self, T_<int> a0) { [[maybe_unused]] auto&& r = self[a0]; }
//= self : mongocxx.client reference parameter; r : mongocxx.database shared; make r of self derived throws; end r implicit
void f5(mongocxx::client& self) { self.list_databases(); }
//= self : mongocxx.client reference parameter; use self read throws
void f6(mongocxx::client& self) { self.list_database_names(); }
//= self : mongocxx.client reference parameter; use self read throws
void f7(mongocxx::client& self) { self.reset(); }
//= self : mongocxx.client reference parameter; use self throws
void f8(mongocxx::client& self) { self.uri(); }
//= self : mongocxx.client reference parameter; harmless self
void f9(mongocxx::client& self) { self.read_concern(); }
//= self : mongocxx.client reference parameter; harmless self
void f10(mongocxx::client& self) { self.write_concern(); }
//= self : mongocxx.client reference parameter; harmless self
void f11(mongocxx::client& self) { self.read_preference(); }
//= self : mongocxx.client reference parameter; harmless self
void f12(mongocxx::client_session* self) { sink(self); }
//= self : mongocxx.client-session parameter; escape self opaque; call throws
void f13(mongocxx::client_session& self) { self.start_transaction(); }
//= self : mongocxx.client-session reference parameter; begin self throws
void f14(mongocxx::client_session& self) { self.commit_transaction(); }
//= self : mongocxx.client-session reference parameter; commit self throws
void f15(mongocxx::client_session& self) { self.abort_transaction(); }
//= self : mongocxx.client-session reference parameter; rollback self throws
void f16(mongocxx::client_session& self) { self.with_transaction(); }
//= self : mongocxx.client-session reference parameter; begin self throws; commit self throws
void f17(mongocxx::client_session& self) { self.client(); }
//= self : mongocxx.client-session reference parameter; harmless self
void f18(mongocxx::client_session& self) { self.options(); }
//= self : mongocxx.client-session reference parameter; harmless self
void f19(mongocxx::client_session& self) { self.id(); }
//= self : mongocxx.client-session reference parameter; harmless self
void f20(mongocxx::client_session& self) { self.cluster_time(); }
//= self : mongocxx.client-session reference parameter; harmless self
void f21(mongocxx::client_session& self) { self.operation_time(); }
//= self : mongocxx.client-session reference parameter; harmless self
void f22(mongocxx::client_session& self) { self.server_id(); }
//= self : mongocxx.client-session reference parameter; harmless self
void f23(mongocxx::client_session& self) { self.get_transaction_state(); }
//= self : mongocxx.client-session reference parameter; harmless self
void f24(mongocxx::client_session& self) { self.get_dirty(); }
//= self : mongocxx.client-session reference parameter; harmless self
void f25(mongocxx::client_session& self) { self.advance_cluster_time(); }
//= self : mongocxx.client-session reference parameter; use self throws
void f26(mongocxx::client_session& self) { self.advance_operation_time(); }
//= self : mongocxx.client-session reference parameter; use self throws
void f27(mongocxx::pool* self) { sink(self); }
//= self : mongocxx.pool parameter; escape self opaque; call throws?
void f28(mongocxx::pool& self) { [[maybe_unused]] auto&& r = self.acquire(); }
//= self : mongocxx.pool reference parameter; r : mongocxx.lease value; make r of self leased throws; end r implicit
void f29(mongocxx::pool& self) { [[maybe_unused]] auto&& r = self.try_acquire(); }
//= self : mongocxx.pool reference parameter; r : mongocxx.lease value; make r of self leased throws; end r implicit
void f30(mongocxx::pool::entry* self) { sink(self); }
//= self : mongocxx.lease parameter; escape self opaque; call throws
void f31() { mongocxx::pool::entry self; }
//= self : mongocxx.lease value; make self throws?; end self implicit
void f32(mongocxx::pool::entry& self) { [[maybe_unused]] auto&& r = self.operator->(); }
//= self : mongocxx.lease reference parameter; havoc #0; use self throws
void f33(mongocxx::pool::entry& self) { *self; }
//= self : mongocxx.lease reference parameter; use self throws
void f34(mongocxx::database* self) { sink(self); }
//= self : mongocxx.database parameter; escape self opaque; call throws?
void f35(mongocxx::collection* self) { sink(self); }
//= self : mongocxx.database parameter; escape self opaque; call throws?
void f36() { mongocxx::database self; }
//= self : mongocxx.database shared; make self throws?; end self implicit
void f37(mongocxx::database& self) { [[maybe_unused]] auto&& r = self.collection(); }
//= self : mongocxx.database reference parameter; r : mongocxx.database shared; make r of self derived throws; end r implicit
void f38(mongocxx::database& self, T_<int> a0) { [[maybe_unused]] auto&& r = self[a0]; }
//= self : mongocxx.database reference parameter; r : mongocxx.database shared; make r of self derived throws; end r implicit
void f39(mongocxx::database& self) { [[maybe_unused]] auto&& r = self.find(); }
//= self : mongocxx.database reference parameter; r : mongocxx.cursor value; make r of self derived throws; end r implicit
void f40(mongocxx::database& self) { [[maybe_unused]] auto&& r = self.aggregate(); }
//= self : mongocxx.database reference parameter; r : mongocxx.cursor value; make r of self derived throws; end r implicit
void f41(mongocxx::database& self) { [[maybe_unused]] auto&& r = self.watch(); }
//= self : mongocxx.database reference parameter; r : mongocxx.cursor value; make r of self derived throws; end r implicit
void f42(mongocxx::database& self) { self.find_one(); }
//= self : mongocxx.database reference parameter; use self read throws
void f43(mongocxx::database& self) { self.count_documents(); }
//= self : mongocxx.database reference parameter; use self read throws
void f44(mongocxx::database& self) { self.estimated_document_count(); }
//= self : mongocxx.database reference parameter; use self read throws
void f45(mongocxx::database& self) { self.list_collections(); }
//= self : mongocxx.database reference parameter; use self read throws
void f46(mongocxx::database& self) { self.list_collection_names(); }
//= self : mongocxx.database reference parameter; use self read throws
void f47(mongocxx::database& self) { self.has_collection(); }
//= self : mongocxx.database reference parameter; use self read throws
void f48(mongocxx::database& self) { self.distinct(); }
//= self : mongocxx.database reference parameter; use self read throws
void f49(mongocxx::database& self) { self.insert_one(); }
//= self : mongocxx.database reference parameter; use self write throws
void f50(mongocxx::database& self) { self.insert_many(); }
//= self : mongocxx.database reference parameter; use self write throws
void f51(mongocxx::database& self) { self.update_one(); }
//= self : mongocxx.database reference parameter; use self write throws
void f52(mongocxx::database& self) { self.update_many(); }
//= self : mongocxx.database reference parameter; use self write throws
void f53(mongocxx::database& self) { self.replace_one(); }
//= self : mongocxx.database reference parameter; use self write throws
void f54(mongocxx::database& self) { self.delete_one(); }
//= self : mongocxx.database reference parameter; use self write throws
void f55(mongocxx::database& self) { self.delete_many(); }
//= self : mongocxx.database reference parameter; use self write throws
void f56(mongocxx::database& self) { self.bulk_write(); }
//= self : mongocxx.database reference parameter; use self write throws
void f57(mongocxx::database& self) { self.find_one_and_update(); }
//= self : mongocxx.database reference parameter; use self write throws
void f58(mongocxx::database& self) { self.find_one_and_replace(); }
//= self : mongocxx.database reference parameter; use self write throws
void f59(mongocxx::database& self) { self.find_one_and_delete(); }
//= self : mongocxx.database reference parameter; use self write throws
void f60(mongocxx::database& self) { self.create_collection(); }
//= self : mongocxx.database reference parameter; use self write throws
void f61(mongocxx::database& self) { self.create_index(); }
//= self : mongocxx.database reference parameter; use self write throws
void f62(mongocxx::database& self) { self.drop(); }
//= self : mongocxx.database reference parameter; use self write throws
void f63(mongocxx::database& self) { self.rename(); }
//= self : mongocxx.database reference parameter; use self write throws
void f64(mongocxx::database& self) { self.run_command(); }
//= self : mongocxx.database reference parameter; use self throws
void f65(mongocxx::database& self) { self.name(); }
//= self : mongocxx.database reference parameter; harmless self
void f66(mongocxx::database& self) { self.read_concern(); }
//= self : mongocxx.database reference parameter; harmless self
void f67(mongocxx::database& self) { self.write_concern(); }
//= self : mongocxx.database reference parameter; harmless self
void f68(mongocxx::database& self) { self.read_preference(); }
//= self : mongocxx.database reference parameter; harmless self
void f69(mongocxx::database& self) { self.indexes(); }
//= self : mongocxx.database reference parameter; harmless self
void f70(mongocxx::cursor* self) { sink(self); }
//= self : mongocxx.cursor parameter; escape self opaque; call throws?
void f71(mongocxx::change_stream* self) { sink(self); }
//= self : mongocxx.cursor parameter; escape self opaque; call throws?
void f72(mongocxx::cursor& self) { self.begin(); }
//= self : mongocxx.cursor reference parameter; use self read throws
void f73(mongocxx::cursor& self) { self.end(); }
//= self : mongocxx.cursor reference parameter; harmless self
