// What the model of this library is used for, one function per line of it (../ModelTests.cpp).
#include <lmdb.h>
template <class T> using T_ = T;
template <class T> void sink(T*);

void f1(MDB_env* self) { sink(self); }
//= self : lmdb.environment parameter; escape self opaque; call throws?
void f2(MDB_txn* self) { sink(self); }
//= self : lmdb.transaction parameter; escape self opaque; call throws?
void f3(MDB_cursor* self) { sink(self); }
//= self : lmdb.cursor parameter; escape self opaque; call throws?
void f4(MDB_val* self) { sink(self); }
//= self : lmdb.value parameter; escape self opaque; call throws?
void f5() { T_<MDB_env *> a0{}; [[maybe_unused]] auto&& r = mdb_env_create(&a0); }
//= a0 : lmdb.environment global found; make a0 opened -> #0 zero; store a0
void f6(T_<MDB_env *> a0, T_<const char *> a1, T_<unsigned int> a2, T_<unsigned int> a3) { [[maybe_unused]] auto&& r = mdb_env_open(a0, a1, a2, a3); }
//= a0 : lmdb.environment parameter; open a0 -> #0 zero
void f7(T_<MDB_env *> a0) { mdb_env_close(a0); }
//= a0 : lmdb.environment parameter; close a0
void f8(T_<MDB_env *> a0, T_<unsigned long> a1) { [[maybe_unused]] auto&& r = mdb_env_set_mapsize(a0, a1); }
//= a0 : lmdb.environment parameter; use a0 -> #0 zero
void f9(T_<MDB_env *> a0, T_<unsigned int> a1) { [[maybe_unused]] auto&& r = mdb_env_set_maxdbs(a0, a1); }
//= a0 : lmdb.environment parameter; use a0 -> #0 zero
void f10(T_<MDB_env *> a0, T_<unsigned int> a1) { [[maybe_unused]] auto&& r = mdb_env_set_maxreaders(a0, a1); }
//= a0 : lmdb.environment parameter; use a0 -> #0 zero
void f11(T_<MDB_env *> a0, T_<unsigned int> a1, T_<int> a2) { [[maybe_unused]] auto&& r = mdb_env_set_flags(a0, a1, a2); }
//= a0 : lmdb.environment parameter; use a0 -> #0 zero
void f12(T_<MDB_env *> a0, T_<void *> a1) { [[maybe_unused]] auto&& r = mdb_env_set_userctx(a0, a1); }
//= a0 : lmdb.environment parameter; use a0 -> #0 zero
void f13(T_<MDB_env *> a0, T_<void (*)(MDB_env *, const char *)> a1) { [[maybe_unused]] auto&& r = mdb_env_set_assert(a0, a1); }
//= a0 : lmdb.environment parameter; use a0 -> #0 zero
void f14(T_<MDB_env *> a0, T_<unsigned int *> a1) { [[maybe_unused]] auto&& r = mdb_env_get_flags(a0, a1); }
//= a0 : lmdb.environment parameter; use a0 read -> #0 zero
void f15(T_<MDB_env *> a0, T_<const char **> a1) { [[maybe_unused]] auto&& r = mdb_env_get_path(a0, a1); }
//= a0 : lmdb.environment parameter; use a0 read -> #0 zero
void f16(T_<MDB_env *> a0, T_<int *> a1) { [[maybe_unused]] auto&& r = mdb_env_get_fd(a0, a1); }
//= a0 : lmdb.environment parameter; use a0 read -> #0 zero
void f17(T_<MDB_env *> a0, T_<unsigned int *> a1) { [[maybe_unused]] auto&& r = mdb_env_get_maxreaders(a0, a1); }
//= a0 : lmdb.environment parameter; use a0 read -> #0 zero
void f18(T_<MDB_env *> a0) { [[maybe_unused]] auto&& r = mdb_env_get_maxkeysize(a0); }
//= a0 : lmdb.environment parameter; use a0 read -> #0 zero
void f19(T_<MDB_env *> a0, T_<MDB_stat *> a1) { [[maybe_unused]] auto&& r = mdb_env_stat(a0, a1); }
//= a0 : lmdb.environment parameter; use a0 read -> #0 zero
void f20(T_<MDB_env *> a0, T_<MDB_envinfo *> a1) { [[maybe_unused]] auto&& r = mdb_env_info(a0, a1); }
//= a0 : lmdb.environment parameter; use a0 read -> #0 zero
void f21(T_<MDB_env *> a0, T_<const char *> a1) { [[maybe_unused]] auto&& r = mdb_env_copy(a0, a1); }
//= a0 : lmdb.environment parameter; use a0 read -> #0 zero
void f22(T_<MDB_env *> a0, T_<int> a1) { [[maybe_unused]] auto&& r = mdb_env_copyfd(a0, a1); }
//= a0 : lmdb.environment parameter; use a0 read -> #0 zero
void f23(T_<MDB_env *> a0, T_<const char *> a1, T_<unsigned int> a2) { [[maybe_unused]] auto&& r = mdb_env_copy2(a0, a1, a2); }
//= a0 : lmdb.environment parameter; use a0 read -> #0 zero
void f24(T_<MDB_env *> a0, T_<int> a1, T_<unsigned int> a2) { [[maybe_unused]] auto&& r = mdb_env_copyfd2(a0, a1, a2); }
//= a0 : lmdb.environment parameter; use a0 read -> #0 zero
void f25(T_<MDB_env *> a0, T_<int (*)(const char *, void *)> a1, T_<void *> a2) { [[maybe_unused]] auto&& r = mdb_reader_list(a0, a1, a2); }
//= a0 : lmdb.environment parameter; use a0 read -> #0 zero
void f26(T_<MDB_env *> a0, T_<int> a1) { [[maybe_unused]] auto&& r = mdb_env_sync(a0, a1); }
//= a0 : lmdb.environment parameter; use a0 -> #0 zero
void f27(T_<MDB_env *> a0, T_<int *> a1) { [[maybe_unused]] auto&& r = mdb_reader_check(a0, a1); }
//= a0 : lmdb.environment parameter; use a0 -> #0 zero
void f28(T_<MDB_env *> a0, T_<unsigned int> a1) { mdb_dbi_close(a0, a1); }
//= a0 : lmdb.environment parameter; use a0 zero
void f29(T_<MDB_env *> a0, T_<MDB_txn *> a1, T_<unsigned int> a2) { T_<MDB_txn *> a3{}; [[maybe_unused]] auto&& r = mdb_txn_begin(a0, a1, a2, &a3); }
//= a0 : lmdb.environment parameter; a1 : lmdb.transaction parameter; a3 : lmdb.transaction global found; begin a3 on a1 -> #0 zero
void f30(T_<MDB_txn *> a0) { [[maybe_unused]] auto&& r = mdb_txn_commit(a0); }
//= a0 : lmdb.transaction parameter; commit a0 -> #0 zero
void f31(T_<MDB_txn *> a0) { mdb_txn_abort(a0); }
//= a0 : lmdb.transaction parameter; rollback a0
void f32(T_<MDB_txn *> a0) { mdb_txn_reset(a0); }
//= a0 : lmdb.transaction parameter; close a0
void f33(T_<MDB_txn *> a0) { [[maybe_unused]] auto&& r = mdb_txn_renew(a0); }
//= a0 : lmdb.transaction parameter; open a0 -> #0 zero
void f34(T_<MDB_txn *> a0, T_<const char *> a1, T_<unsigned int> a2, T_<unsigned int *> a3) { [[maybe_unused]] auto&& r = mdb_dbi_open(a0, a1, a2, a3); }
//= a0 : lmdb.transaction parameter; use a0 -> #0 zero
void f35(T_<MDB_txn *> a0) { [[maybe_unused]] auto&& r = mdb_txn_id(a0); }
//= a0 : lmdb.transaction parameter; havoc #0; use a0 read
void f36(T_<MDB_txn *> a0) { [[maybe_unused]] auto&& r = mdb_txn_env(a0); }
//= a0 : lmdb.transaction parameter; r : lmdb.environment global found; use a0 read
void f37(T_<MDB_txn *> a0, T_<unsigned int> a1, T_<unsigned int *> a2) { [[maybe_unused]] auto&& r = mdb_dbi_flags(a0, a1, a2); }
//= a0 : lmdb.transaction parameter; havoc #0; use a0 read
void f38(T_<MDB_txn *> a0, T_<unsigned int> a1, T_<MDB_stat *> a2) { [[maybe_unused]] auto&& r = mdb_stat(a0, a1, a2); }
//= a0 : lmdb.transaction parameter; havoc #0; use a0 read
void f39(T_<MDB_txn *> a0, T_<unsigned int> a1, T_<const MDB_val *> a2, T_<const MDB_val *> a3) { [[maybe_unused]] auto&& r = mdb_cmp(a0, a1, a2, a3); }
//= a0 : lmdb.transaction parameter; a2 : lmdb.value parameter; a3 : lmdb.value parameter; havoc #0; use a0 read
void f40(T_<MDB_txn *> a0, T_<unsigned int> a1, T_<const MDB_val *> a2, T_<const MDB_val *> a3) { [[maybe_unused]] auto&& r = mdb_dcmp(a0, a1, a2, a3); }
//= a0 : lmdb.transaction parameter; a2 : lmdb.value parameter; a3 : lmdb.value parameter; havoc #0; use a0 read
void f41(T_<MDB_txn *> a0, T_<unsigned int> a1, T_<int (*)(const MDB_val *, const MDB_val *)> a2) { [[maybe_unused]] auto&& r = mdb_set_compare(a0, a1, a2); }
//= a0 : lmdb.transaction parameter; use a0 -> #0 zero
void f42(T_<MDB_txn *> a0, T_<unsigned int> a1, T_<int (*)(const MDB_val *, const MDB_val *)> a2) { [[maybe_unused]] auto&& r = mdb_set_dupsort(a0, a1, a2); }
//= a0 : lmdb.transaction parameter; use a0 -> #0 zero
void f43(T_<MDB_txn *> a0, T_<unsigned int> a1, T_<void (*)(MDB_val *, void *, void *, void *)> a2) { [[maybe_unused]] auto&& r = mdb_set_relfunc(a0, a1, a2); }
//= a0 : lmdb.transaction parameter; use a0 -> #0 zero
void f44(T_<MDB_txn *> a0, T_<unsigned int> a1, T_<void *> a2) { [[maybe_unused]] auto&& r = mdb_set_relctx(a0, a1, a2); }
//= a0 : lmdb.transaction parameter; use a0 -> #0 zero
void f45(T_<MDB_txn *> a0, T_<unsigned int> a1, T_<MDB_val *> a2) { T_<MDB_val> a3{}; [[maybe_unused]] auto&& r = mdb_get(a0, a1, a2, &a3); }
//= a0 : lmdb.transaction parameter; a2 : lmdb.value parameter; a3 : lmdb.value value; make a3 factory; use a0 read -> #0 zero; make a3 of a0 derived zero
void f46(T_<MDB_txn *> a0, T_<unsigned int> a1, T_<MDB_val *> a2, T_<MDB_val *> a3, T_<unsigned int> a4) { [[maybe_unused]] auto&& r = mdb_put(a0, a1, a2, a3, a4); }
//= a0 : lmdb.transaction parameter; a2 : lmdb.value parameter; a3 : lmdb.value parameter; use a0 write -> #0 zero
void f47(T_<MDB_txn *> a0, T_<unsigned int> a1, T_<MDB_val *> a2, T_<MDB_val *> a3) { [[maybe_unused]] auto&& r = mdb_del(a0, a1, a2, a3); }
//= a0 : lmdb.transaction parameter; a2 : lmdb.value parameter; a3 : lmdb.value parameter; use a0 write -> #0 zero
void f48(T_<MDB_txn *> a0, T_<unsigned int> a1, T_<int> a2) { [[maybe_unused]] auto&& r = mdb_drop(a0, a1, a2); }
//= a0 : lmdb.transaction parameter; use a0 write -> #0 zero
void f49(T_<MDB_txn *> a0, T_<unsigned int> a1) { T_<MDB_cursor *> a2{}; [[maybe_unused]] auto&& r = mdb_cursor_open(a0, a1, &a2); }
//= a0 : lmdb.transaction parameter; a2 : lmdb.cursor global found; make a2 of a0 derived -> #0 zero; store a2
void f50(T_<MDB_cursor *> a0) { mdb_cursor_close(a0); }
//= a0 : lmdb.cursor parameter; close a0
void f51(T_<MDB_cursor *> a0, T_<MDB_val *> a1, T_<MDB_val *> a2, T_<MDB_cursor_op> a3) { [[maybe_unused]] auto&& r = mdb_cursor_get(a0, a1, a2, a3); }
//= a0 : lmdb.cursor parameter; a1 : lmdb.value parameter; a2 : lmdb.value parameter; use a0 read -> #0 zero
void f52(T_<MDB_cursor *> a0, T_<unsigned long *> a1) { [[maybe_unused]] auto&& r = mdb_cursor_count(a0, a1); }
//= a0 : lmdb.cursor parameter; use a0 read -> #0 zero
void f53(T_<MDB_cursor *> a0, T_<MDB_val *> a1, T_<MDB_val *> a2, T_<unsigned int> a3) { [[maybe_unused]] auto&& r = mdb_cursor_put(a0, a1, a2, a3); }
//= a0 : lmdb.cursor parameter; a1 : lmdb.value parameter; a2 : lmdb.value parameter; use a0 write -> #0 zero
void f54(T_<MDB_cursor *> a0, T_<unsigned int> a1) { [[maybe_unused]] auto&& r = mdb_cursor_del(a0, a1); }
//= a0 : lmdb.cursor parameter; use a0 write -> #0 zero
void f55(T_<MDB_txn *> a0, T_<MDB_cursor *> a1) { [[maybe_unused]] auto&& r = mdb_cursor_renew(a0, a1); }
//= a0 : lmdb.transaction parameter; a1 : lmdb.cursor parameter; open a1 on a0 -> #0 zero
void f56(T_<MDB_cursor *> a0) { [[maybe_unused]] auto&& r = mdb_cursor_txn(a0); }
//= a0 : lmdb.cursor parameter; r : lmdb.transaction global found; use a0 read
void f57(T_<MDB_cursor *> a0) { [[maybe_unused]] auto&& r = mdb_cursor_dbi(a0); }
//= a0 : lmdb.cursor parameter; havoc #0; use a0 read

// Written by hand: begun in the environment, for reading, for writing.
void f201(MDB_env* a0) { MDB_txn* a3{}; [[maybe_unused]] auto&& r = mdb_txn_begin(a0, nullptr, MDB_RDONLY, &a3); }
//= a0 : lmdb.environment parameter; a3 : lmdb.transaction global found; begin a3 on a0 read -> #0 zero
void f202(MDB_env* a0) { MDB_txn* a3{}; [[maybe_unused]] auto&& r = mdb_txn_begin(a0, nullptr, 0, &a3); }
//= a0 : lmdb.environment parameter; a3 : lmdb.transaction global found; begin a3 on a0 write -> #0 zero
void f203(MDB_env* a0, unsigned a2) { MDB_txn* a3{}; [[maybe_unused]] auto&& r = mdb_txn_begin(a0, nullptr, a2, &a3); }
//= a0 : lmdb.environment parameter; a3 : lmdb.transaction global found; begin a3 on a0 -> #0 zero
//=
