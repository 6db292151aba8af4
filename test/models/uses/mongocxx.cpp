// What the model of this library is used for, one function per line of it (../ModelTests.cpp).
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
void f10() { mongocxx::client self; }
//= self : mongocxx.client value; make self; end self implicit
void f11() { mongocxx::client self{mongocxx::uri{}}; }
//= self : mongocxx.client value; call throws?; make self throws; end self implicit
void f12(mongocxx::client& self) { self.start_session(); }
//= self : mongocxx.client reference parameter; self.start_session() : mongocxx.client-session value temporary; make self.start_session() of self factory throws; end self.start_session() implicit; end self.start_session() implicit
void f13(mongocxx::client& self) { self.list_databases(); }
//= self : mongocxx.client reference parameter; use self read throws
void f14(mongocxx::client& self) { self.list_database_names(); }
//= self : mongocxx.client reference parameter; use self read throws
void f15(mongocxx::client& self) { self.reset(); }
//= self : mongocxx.client reference parameter; use self throws
void f16(mongocxx::client& self) { self.uri(); }
//= self : mongocxx.client reference parameter; harmless self
void f17(mongocxx::client& self) { self.read_concern(); }
//= self : mongocxx.client reference parameter; harmless self
void f18(mongocxx::client& self) { self.write_concern(); }
//= self : mongocxx.client reference parameter; harmless self
void f19(mongocxx::client& self) { self.read_preference(); }
//= self : mongocxx.client reference parameter; harmless self
void f20(mongocxx::client& self) { auto session = self.start_session(); session.start_transaction(); session.commit_transaction(); }
//= self : mongocxx.client reference parameter; session : mongocxx.client-session value; make session of self factory throws; end session implicit; begin session throws; commit session throws; end session implicit
void f21(mongocxx::client& self) { auto db = self.database("a"); }
//= self : mongocxx.client reference parameter; db : mongocxx.database shared; make db of self derived throws; end db implicit
void f22(mongocxx::client& self) { auto db = self["a"]; }
//= self : mongocxx.client reference parameter; db : mongocxx.database shared; make db of self derived throws; end db implicit
void f23(mongocxx::client& self) { auto stream = self.watch(); }
//= self : mongocxx.client reference parameter; stream : mongocxx.cursor value; make stream of self derived throws; end stream implicit
void f24(mongocxx::client_session& self) { self.start_transaction(); }
//= self : mongocxx.client-session reference parameter; begin self throws
void f25(mongocxx::client_session& self) { self.commit_transaction(); }
//= self : mongocxx.client-session reference parameter; commit self throws
void f26(mongocxx::client_session& self) { self.abort_transaction(); }
//= self : mongocxx.client-session reference parameter; rollback self throws
void f27(mongocxx::client_session& self) { self.with_transaction(nullptr); }
//= self : mongocxx.client-session reference parameter; call; begin self throws; commit self throws
void f28(mongocxx::client_session& self) { self.client(); }
//= self : mongocxx.client-session reference parameter; harmless self
void f29(mongocxx::client_session& self) { self.options(); }
//= self : mongocxx.client-session reference parameter; harmless self
void f30(mongocxx::client_session& self) { self.id(); }
//= self : mongocxx.client-session reference parameter; harmless self
void f31(mongocxx::client_session& self) { self.cluster_time(); }
//= self : mongocxx.client-session reference parameter; harmless self
void f32(mongocxx::client_session& self) { self.operation_time(); }
//= self : mongocxx.client-session reference parameter; harmless self
void f33(mongocxx::client_session& self) { self.server_id(); }
//= self : mongocxx.client-session reference parameter; harmless self
void f34(mongocxx::client_session& self) { self.get_transaction_state(); }
//= self : mongocxx.client-session reference parameter; harmless self
void f35(mongocxx::client_session& self) { self.get_dirty(); }
//= self : mongocxx.client-session reference parameter; harmless self
void f36(mongocxx::client_session& self) { self.advance_cluster_time({}); }
//= self : mongocxx.client-session reference parameter; use self throws
void f37(mongocxx::client_session& self) { self.advance_operation_time({}); }
//= self : mongocxx.client-session reference parameter; use self throws
void f38(mongocxx::pool& self) { auto lease = self.acquire(); }
//= self : mongocxx.pool reference parameter; lease : mongocxx.lease value; make lease of self leased throws; end lease implicit
void f39(mongocxx::pool& self) { auto lease = self.try_acquire(); }
//= self : mongocxx.pool reference parameter; lease : mongocxx.lease owner; make lease of self leased throws; end lease implicit
void f40(mongocxx::pool& self) { mongocxx::pool::entry lease = self.acquire(); auto db = (*lease)["a"]; }
//= self : mongocxx.pool reference parameter; lease : mongocxx.lease value; db : mongocxx.database shared; make lease of self leased throws; use lease; end lease implicit; make db derived throws; end db implicit; end lease implicit
void f41(mongocxx::pool::entry& self) { self->reset(); }
//= self : mongocxx.lease reference parameter; use self; use self throws
void f42(mongocxx::pool::entry& self) { (*self).reset(); }
//= self : mongocxx.lease reference parameter; use self
void f43(mongocxx::pool::entry& self) { auto db = self["a"]; }
//= self : mongocxx.lease reference parameter; db : mongocxx.database shared; make db of self derived throws; end db implicit
void f44(mongocxx::database& self) { auto c = self.collection("a"); }
//= self : mongocxx.database reference parameter; c : mongocxx.database shared; make c of self derived throws; end c implicit
void f45(mongocxx::database& self) { auto c = self["a"]; }
//= self : mongocxx.database reference parameter; c : mongocxx.database shared; make c of self derived throws; end c implicit
void f46() { mongocxx::database self; }
//= self : mongocxx.database shared; make self; end self implicit
void f47(mongocxx::collection& self) { auto rows = self.find({}); }
//= self : mongocxx.database reference parameter; rows : mongocxx.cursor value; call throws?; make rows of self derived throws; end rows implicit
void f48(mongocxx::collection& self, mongocxx::client_session& session) { auto rows = self.find(session, {}); }
//= self : mongocxx.database reference parameter; session : mongocxx.client-session reference parameter; rows : mongocxx.cursor value; call throws?; make rows of self derived throws; end rows implicit
void f49(mongocxx::collection& self) { auto rows = self.aggregate({}); }
//= self : mongocxx.database reference parameter; rows : mongocxx.cursor value; make rows of self derived throws; end rows implicit
void f50(mongocxx::collection& self) { auto rows = self.watch(); }
//= self : mongocxx.database reference parameter; rows : mongocxx.cursor value; make rows of self derived throws; end rows implicit
void f51(mongocxx::collection& self) { auto rows = self.distinct("a", {}); }
//= self : mongocxx.database reference parameter; rows : mongocxx.cursor value; call throws?; make rows of self derived throws; end rows implicit
void f52(mongocxx::collection& self) { auto rows = self.list_indexes(); }
//= self : mongocxx.database reference parameter; rows : mongocxx.cursor value; make rows of self derived throws; end rows implicit
void f53(mongocxx::collection& self) { auto bulk = self.create_bulk_write(); }
//= self : mongocxx.database reference parameter; bulk : mongocxx.bulk-write value; make bulk of self derived throws; end bulk implicit
void f54(mongocxx::collection& self) { self.find_one({}); }
//= self : mongocxx.database reference parameter; call throws?; use self read throws true
void f55(mongocxx::collection& self) { self.count_documents({}); }
//= self : mongocxx.database reference parameter; call throws?; use self read throws
void f56(mongocxx::collection& self) { self.estimated_document_count(); }
//= self : mongocxx.database reference parameter; use self read throws
void f57(mongocxx::collection& self) { self.insert_one({}); }
//= self : mongocxx.database reference parameter; call throws?; use self write throws true
void f58(mongocxx::collection& self) { self.insert_many(std::vector<int>()); }
//= self : mongocxx.database reference parameter; call; use self write throws true
void f59(mongocxx::collection& self) { self.update_one({}, {}); }
//= self : mongocxx.database reference parameter; call throws?; call throws?; use self write throws true
void f60(mongocxx::collection& self) { self.update_many({}, {}); }
//= self : mongocxx.database reference parameter; call throws?; call throws?; use self write throws true
void f61(mongocxx::collection& self) { self.replace_one({}, {}); }
//= self : mongocxx.database reference parameter; call throws?; call throws?; use self write throws true
void f62(mongocxx::collection& self) { self.delete_one({}); }
//= self : mongocxx.database reference parameter; call throws?; use self write throws true
void f63(mongocxx::collection& self) { self.delete_many({}); }
//= self : mongocxx.database reference parameter; call throws?; use self write throws true
void f64(mongocxx::collection& self) { self.write(1); }
//= self : mongocxx.database reference parameter; use self write throws true
void f65(mongocxx::collection& self) { self.find_one_and_update({}, {}); }
//= self : mongocxx.database reference parameter; call throws?; call throws?; use self write throws true
void f66(mongocxx::collection& self) { self.find_one_and_replace({}, {}); }
//= self : mongocxx.database reference parameter; call throws?; call throws?; use self write throws true
void f67(mongocxx::collection& self) { self.find_one_and_delete({}); }
//= self : mongocxx.database reference parameter; call throws?; use self write throws true
void f68(mongocxx::collection& self) { self.create_index({}); }
//= self : mongocxx.database reference parameter; call throws?; use self write throws
void f69(mongocxx::collection& self) { self.drop(); }
//= self : mongocxx.database reference parameter; use self write throws
void f70(mongocxx::collection& self) { self.rename("b"); }
//= self : mongocxx.database reference parameter; use self write throws
void f71(mongocxx::collection& self) { self.name(); }
//= self : mongocxx.database reference parameter; harmless self
void f72(mongocxx::collection& self) { self.read_concern(); }
//= self : mongocxx.database reference parameter; harmless self
void f73(mongocxx::collection& self) { self.write_concern(); }
//= self : mongocxx.database reference parameter; harmless self
void f74(mongocxx::collection& self) { self.read_preference(); }
//= self : mongocxx.database reference parameter; harmless self
void f75(mongocxx::collection& self) { self.indexes(); }
//= self : mongocxx.database reference parameter; harmless self
void f76(mongocxx::database& self) { self.list_collections(); }
//= self : mongocxx.database reference parameter; use self read throws
void f77(mongocxx::database& self) { self.list_collection_names(); }
//= self : mongocxx.database reference parameter; use self read throws
void f78(mongocxx::database& self) { self.has_collection("a"); }
//= self : mongocxx.database reference parameter; use self read throws
void f79(mongocxx::database& self) { self.create_collection("a"); }
//= self : mongocxx.database reference parameter; use self write throws
void f80(mongocxx::database& self) { self.run_command({}); }
//= self : mongocxx.database reference parameter; call throws?; use self throws
void f81(mongocxx::cursor& self) { self.begin(); }
//= self : mongocxx.cursor reference parameter; use self read throws
void f82(mongocxx::cursor& self) { self.end(); }
//= self : mongocxx.cursor reference parameter; harmless self
void f83(mongocxx::change_stream& self) { self.begin(); }
//= self : mongocxx.cursor reference parameter; use self read throws
void f84(mongocxx::bulk_write& self) { self.append({}); }
//= self : mongocxx.bulk-write reference parameter; use self throws
void f85(mongocxx::bulk_write& self) { self.execute(); }
//= self : mongocxx.bulk-write reference parameter; use self write throws true
void f86(mongocxx::bulk_write& self) { self.empty(); }
//= self : mongocxx.bulk-write reference parameter; harmless self
