// What the model of this library is used for, one function per line of it (../ModelTests.cpp).
#include <mongoc/mongoc.h>
template <class T> using T_ = T;
template <class T> void sink(T*);

void f1(_mongoc_client_t* self) { sink(self); }
//= self : mongoc.client parameter; escape self opaque; call throws?
void f2(_mongoc_client_pool_t* self) { sink(self); }
//= self : mongoc.pool parameter; escape self opaque; call throws?
void f3(_mongoc_client_session_t* self) { sink(self); }
//= self : mongoc.session parameter; escape self opaque; call throws?
void f4(_mongoc_database_t* self) { sink(self); }
//= self : mongoc.database parameter; escape self opaque; call throws?
void f5(_mongoc_collection_t* self) { sink(self); }
//= self : mongoc.collection parameter; escape self opaque; call throws?
void f6(_mongoc_cursor_t* self) { sink(self); }
//= self : mongoc.cursor parameter; escape self opaque; call throws?
void f7(_mongoc_bulk_operation_t* self) { sink(self); }
//= self : mongoc.bulk parameter; escape self opaque; call throws?
void f8(T_<const char *> a0) { [[maybe_unused]] auto&& r = mongoc_client_new(a0); }
//= r : mongoc.client; make r factory -> #0 nonnull
void f9(T_<const _mongoc_uri_t *> a0) { [[maybe_unused]] auto&& r = mongoc_client_new_from_uri(a0); }
//= r : mongoc.client; make r factory -> #0 nonnull
void f10(T_<const _mongoc_uri_t *> a0, T_<_bson_error_t *> a1) { [[maybe_unused]] auto&& r = mongoc_client_new_from_uri_with_error(a0, a1); }
//= r : mongoc.client; make r factory -> #0 nonnull
void f11(T_<_mongoc_client_t *> a0) { mongoc_client_destroy(a0); }
//= a0 : mongoc.client parameter; close a0
void f12(T_<const _mongoc_uri_t *> a0) { [[maybe_unused]] auto&& r = mongoc_client_pool_new(a0); }
//= r : mongoc.pool; make r factory -> #0 nonnull
void f13(T_<const _mongoc_uri_t *> a0, T_<_bson_error_t *> a1) { [[maybe_unused]] auto&& r = mongoc_client_pool_new_with_error(a0, a1); }
//= r : mongoc.pool; make r factory -> #0 nonnull
void f14(T_<_mongoc_client_pool_t *> a0) { mongoc_client_pool_destroy(a0); }
//= a0 : mongoc.pool parameter; close a0
void f15(T_<_mongoc_client_pool_t *> a0) { [[maybe_unused]] auto&& r = mongoc_client_pool_pop(a0); }
//= a0 : mongoc.pool parameter; r : mongoc.client; make r of a0 leased -> #0 nonnull
void f16(T_<_mongoc_client_pool_t *> a0) { [[maybe_unused]] auto&& r = mongoc_client_pool_try_pop(a0); }
//= a0 : mongoc.pool parameter; r : mongoc.client; make r of a0 leased -> #0 nonnull
void f17(T_<_mongoc_client_pool_t *> a0, T_<_mongoc_client_t *> a1) { mongoc_client_pool_push(a0, a1); }
//= a0 : mongoc.pool parameter; a1 : mongoc.client parameter; giveback a1 on a0
void f18(T_<_mongoc_client_t *> a0, T_<const _mongoc_session_opt_t *> a1, T_<_bson_error_t *> a2) { [[maybe_unused]] auto&& r = mongoc_client_start_session(a0, a1, a2); }
//= a0 : mongoc.client parameter; r : mongoc.session; make r of a0 factory -> #0 nonnull
void f19(T_<_mongoc_client_session_t *> a0, T_<const _mongoc_transaction_opt_t *> a1, T_<_bson_error_t *> a2) { [[maybe_unused]] auto&& r = mongoc_client_session_start_transaction(a0, a1, a2); }
//= a0 : mongoc.session parameter; begin a0 -> #0 true
void f20(T_<_mongoc_client_session_t *> a0, T_<_bson_t *> a1, T_<_bson_error_t *> a2) { [[maybe_unused]] auto&& r = mongoc_client_session_commit_transaction(a0, a1, a2); }
//= a0 : mongoc.session parameter; commit a0 -> #0 true
void f21(T_<_mongoc_client_session_t *> a0, T_<_bson_error_t *> a1) { [[maybe_unused]] auto&& r = mongoc_client_session_abort_transaction(a0, a1); }
//= a0 : mongoc.session parameter; havoc #0; rollback a0
void f22(T_<_mongoc_client_session_t *> a0, T_<bool (*)(_mongoc_client_session_t *, void *, _bson_t **, _bson_error_t *)> a1, T_<const _mongoc_transaction_opt_t *> a2, T_<void *> a3, T_<_bson_t *> a4, T_<_bson_error_t *> a5) { [[maybe_unused]] auto&& r = mongoc_client_session_with_transaction(a0, a1, a2, a3, a4, a5); }
//= a0 : mongoc.session parameter; begin a0 -> #0 true; commit a0 true
void f23(T_<_mongoc_client_session_t *> a0) { mongoc_client_session_destroy(a0); }
//= a0 : mongoc.session parameter; close a0
void f24(T_<const _mongoc_client_session_t *> a0) { [[maybe_unused]] auto&& r = mongoc_client_session_in_transaction(a0); }
//= a0 : mongoc.session parameter; havoc #0; harmless a0
void f25(T_<const _mongoc_client_session_t *> a0) { [[maybe_unused]] auto&& r = mongoc_client_session_get_transaction_state(a0); }
//= a0 : mongoc.session parameter; havoc #0; harmless a0
void f26(T_<const _mongoc_client_session_t *> a0, T_<_bson_t *> a1, T_<_bson_error_t *> a2) { [[maybe_unused]] auto&& r = mongoc_client_session_append(a0, a1, a2); }
//= a0 : mongoc.session parameter; havoc #0; use a0 read
void f27(T_<const _mongoc_client_session_t *> a0) { [[maybe_unused]] auto&& r = mongoc_client_session_get_client(a0); }
//= a0 : mongoc.session parameter; r : mongoc.client global found; use a0 read
void f28(T_<const _mongoc_client_session_t *> a0) { [[maybe_unused]] auto&& r = mongoc_client_session_get_opts(a0); }
//= a0 : mongoc.session parameter; havoc #0; use a0 read
void f29(T_<_mongoc_client_t *> a0, T_<const char *> a1) { [[maybe_unused]] auto&& r = mongoc_client_get_database(a0, a1); }
//= a0 : mongoc.client parameter; r : mongoc.database; make r of a0 derived
void f30(T_<_mongoc_client_t *> a0) { [[maybe_unused]] auto&& r = mongoc_client_get_default_database(a0); }
//= a0 : mongoc.client parameter; r : mongoc.database; make r of a0 derived
void f31(T_<_mongoc_client_t *> a0, T_<const char *> a1, T_<const char *> a2) { [[maybe_unused]] auto&& r = mongoc_client_get_collection(a0, a1, a2); }
//= a0 : mongoc.client parameter; r : mongoc.collection; make r of a0 derived
void f32(T_<_mongoc_database_t *> a0, T_<const char *> a1) { [[maybe_unused]] auto&& r = mongoc_database_get_collection(a0, a1); }
//= a0 : mongoc.database parameter; r : mongoc.collection; make r of a0 derived
void f33(T_<_mongoc_database_t *> a0) { mongoc_database_destroy(a0); }
//= a0 : mongoc.database parameter; close a0
void f34(T_<_mongoc_collection_t *> a0) { mongoc_collection_destroy(a0); }
//= a0 : mongoc.collection parameter; close a0
void f35(T_<_mongoc_collection_t *> a0, T_<const _bson_t *> a1, T_<const _bson_t *> a2, T_<const _mongoc_read_prefs_t *> a3) { [[maybe_unused]] auto&& r = mongoc_collection_find_with_opts(a0, a1, a2, a3); }
//= a0 : mongoc.collection parameter; r : mongoc.cursor; use a0 read; make r of a0 derived
void f36(T_<_mongoc_collection_t *> a0, T_<mongoc_query_flags_t> a1, T_<unsigned int> a2, T_<unsigned int> a3, T_<unsigned int> a4, T_<const _bson_t *> a5, T_<const _bson_t *> a6, T_<const _mongoc_read_prefs_t *> a7) { [[maybe_unused]] auto&& r = mongoc_collection_find(a0, a1, a2, a3, a4, a5, a6, a7); }
//= a0 : mongoc.collection parameter; r : mongoc.cursor; use a0 read; make r of a0 derived
void f37(T_<_mongoc_collection_t *> a0, T_<mongoc_query_flags_t> a1, T_<const _bson_t *> a2, T_<const _bson_t *> a3, T_<const _mongoc_read_prefs_t *> a4) { [[maybe_unused]] auto&& r = mongoc_collection_aggregate(a0, a1, a2, a3, a4); }
//= a0 : mongoc.collection parameter; r : mongoc.cursor; use a0 read; make r of a0 derived
void f38(T_<_mongoc_client_t *> a0, T_<const _bson_t *> a1) { [[maybe_unused]] auto&& r = mongoc_client_find_databases_with_opts(a0, a1); }
//= a0 : mongoc.client parameter; r : mongoc.cursor; use a0 read; make r of a0 derived
void f39(T_<_mongoc_database_t *> a0, T_<const _bson_t *> a1) { [[maybe_unused]] auto&& r = mongoc_database_find_collections_with_opts(a0, a1); }
//= a0 : mongoc.database parameter; r : mongoc.cursor; use a0 read; make r of a0 derived
void f40(T_<_mongoc_cursor_t *> a0, T_<const _bson_t **> a1) { [[maybe_unused]] auto&& r = mongoc_cursor_next(a0, a1); }
//= a0 : mongoc.cursor parameter; havoc #0; use a0 read
void f41(T_<_mongoc_cursor_t *> a0) { [[maybe_unused]] auto&& r = mongoc_cursor_more(a0); }
//= a0 : mongoc.cursor parameter; havoc #0; use a0 read
void f42(T_<_mongoc_cursor_t *> a0, T_<_bson_error_t *> a1) { [[maybe_unused]] auto&& r = mongoc_cursor_error(a0, a1); }
//= a0 : mongoc.cursor parameter; havoc #0; use a0 read
void f43(T_<const _mongoc_cursor_t *> a0) { [[maybe_unused]] auto&& r = mongoc_cursor_current(a0); }
//= a0 : mongoc.cursor parameter; havoc #0; use a0 read
void f44(T_<_mongoc_cursor_t *> a0) { mongoc_cursor_destroy(a0); }
//= a0 : mongoc.cursor parameter; close a0
void f45(T_<_mongoc_collection_t *> a0, T_<const _bson_t *> a1, T_<const _bson_t *> a2, T_<_bson_t *> a3, T_<_bson_error_t *> a4) { [[maybe_unused]] auto&& r = mongoc_collection_insert_one(a0, a1, a2, a3, a4); }
//= a0 : mongoc.collection parameter; use a0 write -> #0 true
void f46(T_<_mongoc_collection_t *> a0, T_<const _bson_t **> a1, T_<unsigned long> a2, T_<const _bson_t *> a3, T_<_bson_t *> a4, T_<_bson_error_t *> a5) { [[maybe_unused]] auto&& r = mongoc_collection_insert_many(a0, a1, a2, a3, a4, a5); }
//= a0 : mongoc.collection parameter; use a0 write -> #0 true
void f47(T_<_mongoc_collection_t *> a0, T_<mongoc_insert_flags_t> a1, T_<const _bson_t *> a2, T_<const _mongoc_write_concern_t *> a3, T_<_bson_error_t *> a4) { [[maybe_unused]] auto&& r = mongoc_collection_insert(a0, a1, a2, a3, a4); }
//= a0 : mongoc.collection parameter; use a0 write -> #0 true
void f48(T_<_mongoc_collection_t *> a0, T_<const _bson_t *> a1, T_<const _bson_t *> a2, T_<const _bson_t *> a3, T_<_bson_t *> a4, T_<_bson_error_t *> a5) { [[maybe_unused]] auto&& r = mongoc_collection_update_one(a0, a1, a2, a3, a4, a5); }
//= a0 : mongoc.collection parameter; use a0 write -> #0 true
void f49(T_<_mongoc_collection_t *> a0, T_<const _bson_t *> a1, T_<const _bson_t *> a2, T_<const _bson_t *> a3, T_<_bson_t *> a4, T_<_bson_error_t *> a5) { [[maybe_unused]] auto&& r = mongoc_collection_update_many(a0, a1, a2, a3, a4, a5); }
//= a0 : mongoc.collection parameter; use a0 write -> #0 true
void f50(T_<_mongoc_collection_t *> a0, T_<const _bson_t *> a1, T_<const _bson_t *> a2, T_<const _bson_t *> a3, T_<_bson_t *> a4, T_<_bson_error_t *> a5) { [[maybe_unused]] auto&& r = mongoc_collection_replace_one(a0, a1, a2, a3, a4, a5); }
//= a0 : mongoc.collection parameter; use a0 write -> #0 true
void f51(T_<_mongoc_collection_t *> a0, T_<mongoc_update_flags_t> a1, T_<const _bson_t *> a2, T_<const _bson_t *> a3, T_<const _mongoc_write_concern_t *> a4, T_<_bson_error_t *> a5) { [[maybe_unused]] auto&& r = mongoc_collection_update(a0, a1, a2, a3, a4, a5); }
//= a0 : mongoc.collection parameter; use a0 write -> #0 true
void f52(T_<_mongoc_collection_t *> a0, T_<const _bson_t *> a1, T_<const _bson_t *> a2, T_<_bson_t *> a3, T_<_bson_error_t *> a4) { [[maybe_unused]] auto&& r = mongoc_collection_delete_one(a0, a1, a2, a3, a4); }
//= a0 : mongoc.collection parameter; use a0 write -> #0 true
void f53(T_<_mongoc_collection_t *> a0, T_<const _bson_t *> a1, T_<const _bson_t *> a2, T_<_bson_t *> a3, T_<_bson_error_t *> a4) { [[maybe_unused]] auto&& r = mongoc_collection_delete_many(a0, a1, a2, a3, a4); }
//= a0 : mongoc.collection parameter; use a0 write -> #0 true
void f54(T_<_mongoc_collection_t *> a0, T_<mongoc_remove_flags_t> a1, T_<const _bson_t *> a2, T_<const _mongoc_write_concern_t *> a3, T_<_bson_error_t *> a4) { [[maybe_unused]] auto&& r = mongoc_collection_remove(a0, a1, a2, a3, a4); }
//= a0 : mongoc.collection parameter; use a0 write -> #0 true
void f55(T_<_mongoc_collection_t *> a0, T_<_bson_error_t *> a1) { [[maybe_unused]] auto&& r = mongoc_collection_drop(a0, a1); }
//= a0 : mongoc.collection parameter; use a0 write -> #0 true
void f56(T_<_mongoc_collection_t *> a0, T_<const _bson_t *> a1, T_<const _bson_t *> a2, T_<const _bson_t *> a3, T_<const _bson_t *> a4, T_<bool> a5, T_<bool> a6, T_<bool> a7, T_<_bson_t *> a8, T_<_bson_error_t *> a9) { [[maybe_unused]] auto&& r = mongoc_collection_find_and_modify(a0, a1, a2, a3, a4, a5, a6, a7, a8, a9); }
//= a0 : mongoc.collection parameter; use a0 write -> #0 true
void f57(T_<_mongoc_database_t *> a0, T_<_bson_error_t *> a1) { [[maybe_unused]] auto&& r = mongoc_database_drop(a0, a1); }
//= a0 : mongoc.database parameter; use a0 write -> #0 true
void f58(T_<_mongoc_collection_t *> a0, T_<const _bson_t *> a1, T_<const _bson_t *> a2, T_<const _mongoc_read_prefs_t *> a3, T_<_bson_t *> a4, T_<_bson_error_t *> a5) { [[maybe_unused]] auto&& r = mongoc_collection_count_documents(a0, a1, a2, a3, a4, a5); }
//= a0 : mongoc.collection parameter; havoc #0; use a0 read
void f59(T_<_mongoc_collection_t *> a0, T_<const _bson_t *> a1, T_<const _mongoc_read_prefs_t *> a2, T_<_bson_t *> a3, T_<_bson_error_t *> a4) { [[maybe_unused]] auto&& r = mongoc_collection_estimated_document_count(a0, a1, a2, a3, a4); }
//= a0 : mongoc.collection parameter; havoc #0; use a0 read
void f60(T_<_mongoc_client_t *> a0, T_<const char *> a1, T_<const _bson_t *> a2, T_<const _mongoc_read_prefs_t *> a3, T_<_bson_t *> a4, T_<_bson_error_t *> a5) { [[maybe_unused]] auto&& r = mongoc_client_command_simple(a0, a1, a2, a3, a4, a5); }
//= a0 : mongoc.client parameter; use a0 -> #0 true
void f61(T_<_mongoc_client_t *> a0, T_<const char *> a1, T_<const _bson_t *> a2, T_<const _mongoc_read_prefs_t *> a3, T_<const _bson_t *> a4, T_<_bson_t *> a5, T_<_bson_error_t *> a6) { [[maybe_unused]] auto&& r = mongoc_client_command_with_opts(a0, a1, a2, a3, a4, a5, a6); }
//= a0 : mongoc.client parameter; use a0 -> #0 true
void f62(T_<_mongoc_database_t *> a0, T_<const _bson_t *> a1, T_<const _mongoc_read_prefs_t *> a2, T_<_bson_t *> a3, T_<_bson_error_t *> a4) { [[maybe_unused]] auto&& r = mongoc_database_command_simple(a0, a1, a2, a3, a4); }
//= a0 : mongoc.database parameter; use a0 -> #0 true
void f63(T_<_mongoc_collection_t *> a0, T_<const _bson_t *> a1) { [[maybe_unused]] auto&& r = mongoc_collection_create_bulk_operation_with_opts(a0, a1); }
//= a0 : mongoc.collection parameter; r : mongoc.bulk; make r of a0 derived
void f64(T_<_mongoc_bulk_operation_t *> a0, T_<_bson_t *> a1, T_<_bson_error_t *> a2) { [[maybe_unused]] auto&& r = mongoc_bulk_operation_execute(a0, a1, a2); }
//= a0 : mongoc.bulk parameter; havoc #0; use a0 write
void f65(T_<_mongoc_bulk_operation_t *> a0) { mongoc_bulk_operation_destroy(a0); }
//= a0 : mongoc.bulk parameter; close a0
