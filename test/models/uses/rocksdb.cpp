// What the model of this library is used for, one function per line of it (../ModelTests.cpp).
#include <rocksdb/db.h>
#include <rocksdb/utilities/transaction_db.h>
#include <rocksdb/utilities/optimistic_transaction_db.h>
#include <rocksdb/utilities/stackable_db.h>
template <class T> using T_ = T;
template <class T> void sink(T*);

void f1(rocksdb::DB* self) { sink(self); }
//= self : rocksdb.database parameter; escape self opaque; call throws?
void f2(rocksdb::StackableDB* self) { sink(self); }
//= self : rocksdb.database parameter; escape self opaque; call throws?
void f4(rocksdb::DB& self, T_<const rocksdb::ReadOptions &> a0, T_<const rocksdb::Slice &> a1, T_<std::basic_string<char> *> a2) { [[maybe_unused]] auto&& r = self.Get(a0, a1, a2); }
//= self : rocksdb.database reference parameter; use self read -> #0 true
void f5(rocksdb::DB& self, T_<const rocksdb::ReadOptions &> a0, T_<const std::vector<rocksdb::Slice> &> a1, T_<std::vector<std::basic_string<char>> *> a2) { [[maybe_unused]] auto&& r = self.MultiGet(a0, a1, a2); }
//= self : rocksdb.database reference parameter; use self read
void f6(rocksdb::DB& self, T_<const rocksdb::ReadOptions &> a0, T_<const rocksdb::Slice &> a1, T_<std::basic_string<char> *> a2) { [[maybe_unused]] auto&& r = self.KeyMayExist(a0, a1, a2); }
//= self : rocksdb.database reference parameter; havoc #0; use self read
void f7(rocksdb::DB& self, T_<const rocksdb::Slice &> a0, T_<std::basic_string<char> *> a1) { [[maybe_unused]] auto&& r = self.GetProperty(a0, a1); }
//= self : rocksdb.database reference parameter; havoc #0; use self read
void f8(rocksdb::DB& self, T_<const rocksdb::Slice &> a0, T_<unsigned long *> a1) { [[maybe_unused]] auto&& r = self.GetIntProperty(a0, a1); }
//= self : rocksdb.database reference parameter; havoc #0; use self read
void f9(rocksdb::DB& self, T_<const rocksdb::WriteOptions &> a0, T_<const rocksdb::Slice &> a1, T_<const rocksdb::Slice &> a2) { [[maybe_unused]] auto&& r = self.Put(a0, a1, a2); }
//= self : rocksdb.database reference parameter; use self write -> #0 true
void f10(rocksdb::DB& self, T_<const rocksdb::WriteOptions &> a0, T_<const rocksdb::Slice &> a1) { [[maybe_unused]] auto&& r = self.Delete(a0, a1); }
//= self : rocksdb.database reference parameter; use self write -> #0 true
void f11(rocksdb::DB& self, T_<const rocksdb::WriteOptions &> a0, T_<const rocksdb::Slice &> a1) { [[maybe_unused]] auto&& r = self.SingleDelete(a0, a1); }
//= self : rocksdb.database reference parameter; use self write -> #0 true
void f12(rocksdb::DB& self, T_<const rocksdb::WriteOptions &> a0, T_<rocksdb::ColumnFamilyHandle *> a1, T_<const rocksdb::Slice &> a2, T_<const rocksdb::Slice &> a3) { [[maybe_unused]] auto&& r = self.DeleteRange(a0, a1, a2, a3); }
//= self : rocksdb.database reference parameter; use self write -> #0 true
void f13(rocksdb::DB& self, T_<const rocksdb::WriteOptions &> a0, T_<const rocksdb::Slice &> a1, T_<const rocksdb::Slice &> a2) { [[maybe_unused]] auto&& r = self.Merge(a0, a1, a2); }
//= self : rocksdb.database reference parameter; use self write -> #0 true
void f14(rocksdb::DB& self, T_<const rocksdb::WriteOptions &> a0, T_<rocksdb::WriteBatch *> a1) { [[maybe_unused]] auto&& r = self.Write(a0, a1); }
//= self : rocksdb.database reference parameter; use self write -> #0 true
void f15(rocksdb::DB& self, T_<const rocksdb::ReadOptions &> a0) { [[maybe_unused]] auto&& r = self.NewIterator(a0); }
//= self : rocksdb.database reference parameter; r : rocksdb.iterator; make r of self derived
void f16(rocksdb::DB& self) { [[maybe_unused]] auto&& r = self.Close(); }
//= self : rocksdb.database reference parameter; close self -> #0 true
void f17(rocksdb::DB& self, T_<const rocksdb::FlushOptions &> a0) { [[maybe_unused]] auto&& r = self.Flush(a0); }
//= self : rocksdb.database reference parameter; flush self -> #0 true
void f18(rocksdb::DB& self, T_<bool> a0) { [[maybe_unused]] auto&& r = self.FlushWAL(a0); }
//= self : rocksdb.database reference parameter; flush self -> #0 true
void f19(rocksdb::DB& self) { [[maybe_unused]] auto&& r = self.SyncWAL(); }
//= self : rocksdb.database reference parameter; flush self -> #0 true
void f20(rocksdb::DB& self) { [[maybe_unused]] auto&& r = self.GetSnapshot(); }
//= self : rocksdb.database reference parameter; r : rocksdb.snapshot; make r of self derived
void f21(rocksdb::DB& self, T_<const rocksdb::Snapshot *> a0) { self.ReleaseSnapshot(a0); }
//= self : rocksdb.database reference parameter; a0 : rocksdb.snapshot parameter; close a0
void f22(rocksdb::DB& self, T_<const rocksdb::CompactRangeOptions &> a0, T_<const rocksdb::Slice *> a1, T_<const rocksdb::Slice *> a2) { [[maybe_unused]] auto&& r = self.CompactRange(a0, a1, a2); }
//= self : rocksdb.database reference parameter; use self -> #0 true
void f23(rocksdb::DB& self, T_<const rocksdb::ColumnFamilyOptions &> a0, T_<const std::basic_string<char> &> a1, T_<rocksdb::ColumnFamilyHandle **> a2) { [[maybe_unused]] auto&& r = self.CreateColumnFamily(a0, a1, a2); }
//= self : rocksdb.database reference parameter; use self -> #0 true
void f24(rocksdb::DB& self, T_<rocksdb::ColumnFamilyHandle *> a0) { [[maybe_unused]] auto&& r = self.DropColumnFamily(a0); }
//= self : rocksdb.database reference parameter; use self -> #0 true
void f25(rocksdb::DB& self, T_<rocksdb::ColumnFamilyHandle *> a0) { [[maybe_unused]] auto&& r = self.DestroyColumnFamilyHandle(a0); }
//= self : rocksdb.database reference parameter; use self -> #0 true
void f26(rocksdb::DB& self) { [[maybe_unused]] auto&& r = self.GetOptions(); }
//= self : rocksdb.database reference parameter; harmless self
void f27(rocksdb::DB& self) { [[maybe_unused]] auto&& r = self.GetDBOptions(); }
//= self : rocksdb.database reference parameter; harmless self
void f28(rocksdb::DB& self) { [[maybe_unused]] auto&& r = self.GetName(); }
//= self : rocksdb.database reference parameter; harmless self
void f29(rocksdb::DB& self) { [[maybe_unused]] auto&& r = self.GetEnv(); }
//= self : rocksdb.database reference parameter; havoc #0; harmless self
void f30(rocksdb::DB& self) { [[maybe_unused]] auto&& r = self.DefaultColumnFamily(); }
//= self : rocksdb.database reference parameter; havoc #0; harmless self
void f31(rocksdb::DB& self) { [[maybe_unused]] auto&& r = self.GetLatestSequenceNumber(); }
//= self : rocksdb.database reference parameter; havoc #0; harmless self
void f32(rocksdb::StackableDB& self) { [[maybe_unused]] auto&& r = self.GetBaseDB(); }
//= self : rocksdb.database reference parameter; r : rocksdb.database global found; harmless self
void f33(rocksdb::TransactionDB* self) { sink(self); }
//= self : rocksdb.transaction-db parameter; escape self opaque; call throws?
void f34(rocksdb::OptimisticTransactionDB* self) { sink(self); }
//= self : rocksdb.transaction-db parameter; escape self opaque; call throws?
void f35(rocksdb::TransactionDB& self, T_<const rocksdb::WriteOptions &> a0) { [[maybe_unused]] auto&& r = self.BeginTransaction(a0); }
//= self : rocksdb.transaction-db reference parameter; r : rocksdb.transaction; make r of self derived; begin r on self
void f36(rocksdb::TransactionDB& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self.GetTransactionByName(a0); }
//= self : rocksdb.transaction-db reference parameter; r : rocksdb.transaction global found; use self
void f37(rocksdb::TransactionDB& self, T_<std::vector<rocksdb::Transaction *> *> a0) { self.GetAllPreparedTransactions(a0); }
//= self : rocksdb.transaction-db reference parameter; use self
void f38(rocksdb::Transaction* self) { sink(self); }
//= self : rocksdb.transaction parameter; escape self opaque; call throws?
void f39(rocksdb::Transaction& self) { [[maybe_unused]] auto&& r = self.Commit(); }
//= self : rocksdb.transaction reference parameter; commit self -> #0 true
void f40(rocksdb::Transaction& self) { [[maybe_unused]] auto&& r = self.CommitAndTryCreateSnapshot(); }
//= self : rocksdb.transaction reference parameter; commit self -> #0 true
void f41(rocksdb::Transaction& self) { [[maybe_unused]] auto&& r = self.Rollback(); }
//= self : rocksdb.transaction reference parameter; rollback self -> #0 true
void f42(rocksdb::Transaction& self) { self.SetSavePoint(); }
//= self : rocksdb.transaction reference parameter; savepoint self
void f43(rocksdb::Transaction& self) { [[maybe_unused]] auto&& r = self.RollbackToSavePoint(); }
//= self : rocksdb.transaction reference parameter; rollback-to-savepoint self -> #0 true
void f44(rocksdb::Transaction& self) { [[maybe_unused]] auto&& r = self.PopSavePoint(); }
//= self : rocksdb.transaction reference parameter; release-savepoint self -> #0 true
void f45(rocksdb::Transaction& self) { [[maybe_unused]] auto&& r = self.Prepare(); }
//= self : rocksdb.transaction reference parameter; flush self -> #0 true
void f46(rocksdb::Transaction& self, T_<const rocksdb::ReadOptions &> a0, T_<const rocksdb::Slice &> a1, T_<std::basic_string<char> *> a2) { [[maybe_unused]] auto&& r = self.Get(a0, a1, a2); }
//= self : rocksdb.transaction reference parameter; use self read -> #0 true
void f47(rocksdb::Transaction& self, T_<const rocksdb::ReadOptions &> a0, T_<const std::vector<rocksdb::Slice> &> a1, T_<std::vector<std::basic_string<char>> *> a2) { [[maybe_unused]] auto&& r = self.MultiGet(a0, a1, a2); }
//= self : rocksdb.transaction reference parameter; use self read
void f48(rocksdb::Transaction& self, T_<const rocksdb::ReadOptions &> a0, T_<const rocksdb::Slice &> a1, T_<std::basic_string<char> *> a2) { [[maybe_unused]] auto&& r = self.GetForUpdate(a0, a1, a2); }
//= self : rocksdb.transaction reference parameter; use self read -> #0 true
void f49(rocksdb::Transaction& self, T_<const rocksdb::ReadOptions &> a0, T_<const std::vector<rocksdb::Slice> &> a1, T_<std::vector<std::basic_string<char>> *> a2) { [[maybe_unused]] auto&& r = self.MultiGetForUpdate(a0, a1, a2); }
//= self : rocksdb.transaction reference parameter; use self read
void f50(rocksdb::Transaction& self, T_<const rocksdb::Slice &> a0, T_<const rocksdb::Slice &> a1) { [[maybe_unused]] auto&& r = self.Put(a0, a1); }
//= self : rocksdb.transaction reference parameter; use self write -> #0 true
void f51(rocksdb::Transaction& self, T_<const rocksdb::Slice &> a0, T_<const rocksdb::Slice &> a1) { [[maybe_unused]] auto&& r = self.PutUntracked(a0, a1); }
//= self : rocksdb.transaction reference parameter; use self write -> #0 true
void f52(rocksdb::Transaction& self, T_<const rocksdb::Slice &> a0, T_<const rocksdb::Slice &> a1) { [[maybe_unused]] auto&& r = self.Merge(a0, a1); }
//= self : rocksdb.transaction reference parameter; use self write -> #0 true
void f53(rocksdb::Transaction& self, T_<const rocksdb::Slice &> a0, T_<const rocksdb::Slice &> a1) { [[maybe_unused]] auto&& r = self.MergeUntracked(a0, a1); }
//= self : rocksdb.transaction reference parameter; use self write -> #0 true
void f54(rocksdb::Transaction& self, T_<const rocksdb::Slice &> a0) { [[maybe_unused]] auto&& r = self.Delete(a0); }
//= self : rocksdb.transaction reference parameter; use self write -> #0 true
void f55(rocksdb::Transaction& self, T_<const rocksdb::Slice &> a0) { [[maybe_unused]] auto&& r = self.DeleteUntracked(a0); }
//= self : rocksdb.transaction reference parameter; use self write -> #0 true
void f56(rocksdb::Transaction& self, T_<const rocksdb::Slice &> a0) { [[maybe_unused]] auto&& r = self.SingleDelete(a0); }
//= self : rocksdb.transaction reference parameter; use self write -> #0 true
void f57(rocksdb::Transaction& self, T_<const rocksdb::Slice &> a0) { [[maybe_unused]] auto&& r = self.SingleDeleteUntracked(a0); }
//= self : rocksdb.transaction reference parameter; use self write -> #0 true
void f58(rocksdb::Transaction& self, T_<const rocksdb::ReadOptions &> a0) { [[maybe_unused]] auto&& r = self.GetIterator(a0); }
//= self : rocksdb.transaction reference parameter; r : rocksdb.iterator; make r of self derived
void f59(rocksdb::Transaction& self) { self.SetSnapshot(); }
//= self : rocksdb.transaction reference parameter; use self
void f60(rocksdb::Transaction& self) { self.SetSnapshotOnNextOperation(); }
//= self : rocksdb.transaction reference parameter; use self
void f61(rocksdb::Transaction& self) { self.ClearSnapshot(); }
//= self : rocksdb.transaction reference parameter; use self
void f62(rocksdb::Transaction& self, T_<const rocksdb::Slice &> a0) { self.UndoGetForUpdate(a0); }
//= self : rocksdb.transaction reference parameter; use self
void f63(rocksdb::Transaction& self) { [[maybe_unused]] auto&& r = self.GetSnapshot(); }
//= self : rocksdb.transaction reference parameter; r : rocksdb.snapshot; harmless self; make r of self derived
void f64(rocksdb::Transaction& self) { [[maybe_unused]] auto&& r = self.GetName(); }
//= self : rocksdb.transaction reference parameter; harmless self
void f65(rocksdb::Transaction& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self.SetName(a0); }
//= self : rocksdb.transaction reference parameter; harmless self -> #0 true
void f66(rocksdb::Transaction& self) { [[maybe_unused]] auto&& r = self.GetID(); }
//= self : rocksdb.transaction reference parameter; havoc #0; harmless self
void f67(rocksdb::Transaction& self) { [[maybe_unused]] auto&& r = self.GetId(); }
//= self : rocksdb.transaction reference parameter; havoc #0; harmless self
void f68(rocksdb::Transaction& self) { [[maybe_unused]] auto&& r = self.GetState(); }
//= self : rocksdb.transaction reference parameter; havoc #0; harmless self
void f69(rocksdb::Transaction& self) { [[maybe_unused]] auto&& r = self.GetNumKeys(); }
//= self : rocksdb.transaction reference parameter; havoc #0; harmless self
void f70(rocksdb::Transaction& self) { [[maybe_unused]] auto&& r = self.GetNumPuts(); }
//= self : rocksdb.transaction reference parameter; havoc #0; harmless self
void f71(rocksdb::Transaction& self) { [[maybe_unused]] auto&& r = self.GetNumDeletes(); }
//= self : rocksdb.transaction reference parameter; havoc #0; harmless self
void f72(rocksdb::Transaction& self) { [[maybe_unused]] auto&& r = self.GetNumMerges(); }
//= self : rocksdb.transaction reference parameter; havoc #0; harmless self
void f73(rocksdb::Transaction& self) { [[maybe_unused]] auto&& r = self.GetElapsedTime(); }
//= self : rocksdb.transaction reference parameter; havoc #0; harmless self
void f74(rocksdb::Transaction& self) { [[maybe_unused]] auto&& r = self.GetWriteBatch(); }
//= self : rocksdb.transaction reference parameter; havoc #0; harmless self
void f75(rocksdb::Transaction& self, T_<long> a0) { self.SetLockTimeout(a0); }
//= self : rocksdb.transaction reference parameter; harmless self
void f76(rocksdb::Transaction& self) { [[maybe_unused]] auto&& r = self.GetWriteOptions(); }
//= self : rocksdb.transaction reference parameter; havoc #0; harmless self
void f77(rocksdb::Transaction& self, T_<const rocksdb::WriteOptions &> a0) { self.SetWriteOptions(a0); }
//= self : rocksdb.transaction reference parameter; harmless self
void f78(rocksdb::Transaction& self) { self.DisableIndexing(); }
//= self : rocksdb.transaction reference parameter; harmless self
void f79(rocksdb::Transaction& self) { self.EnableIndexing(); }
//= self : rocksdb.transaction reference parameter; harmless self
void f80(rocksdb::Transaction& self, T_<const rocksdb::Slice &> a0) { self.PutLogData(a0); }
//= self : rocksdb.transaction reference parameter; harmless self
void f81(rocksdb::Transaction& self) { [[maybe_unused]] auto&& r = self.IsDeadlockDetect(); }
//= self : rocksdb.transaction reference parameter; havoc #0; harmless self
void f82(rocksdb::Iterator* self) { sink(self); }
//= self : rocksdb.iterator parameter; escape self opaque; call throws?
void f84(rocksdb::Iterator& self, T_<const rocksdb::Slice &> a0) { self.Seek(a0); }
//= self : rocksdb.iterator reference parameter; refresh self
void f85(rocksdb::Iterator& self, T_<const rocksdb::Slice &> a0) { self.SeekForPrev(a0); }
//= self : rocksdb.iterator reference parameter; refresh self
void f86(rocksdb::Iterator& self) { self.SeekToFirst(); }
//= self : rocksdb.iterator reference parameter; refresh self
void f87(rocksdb::Iterator& self) { self.SeekToLast(); }
//= self : rocksdb.iterator reference parameter; refresh self
void f88(rocksdb::Iterator& self) { self.Next(); }
//= self : rocksdb.iterator reference parameter; refresh self
void f89(rocksdb::Iterator& self) { self.Prev(); }
//= self : rocksdb.iterator reference parameter; refresh self
void f90(rocksdb::Iterator& self) { [[maybe_unused]] auto&& r = self.Valid(); }
//= self : rocksdb.iterator reference parameter; havoc #0; use self read
void f91(rocksdb::Iterator& self) { [[maybe_unused]] auto&& r = self.key(); }
//= self : rocksdb.iterator reference parameter; self.key() : rocksdb.slice temporary; use self read; make self.key() of self derived
void f92(rocksdb::Iterator& self) { [[maybe_unused]] auto&& r = self.value(); }
//= self : rocksdb.iterator reference parameter; self.value() : rocksdb.slice temporary; use self read; make self.value() of self derived
void f93(rocksdb::Iterator& self) { [[maybe_unused]] auto&& r = self.status(); }
//= self : rocksdb.iterator reference parameter; use self read -> #0 true
void f94(rocksdb::Iterator& self) { [[maybe_unused]] auto&& r = self.Refresh(); }
//= self : rocksdb.iterator reference parameter; use self read -> #0 true
void f95(T_<const rocksdb::DBOptions &> a0, T_<const std::basic_string<char> &> a1, T_<const std::vector<rocksdb::ColumnFamilyDescriptor> &> a2, T_<std::vector<rocksdb::ColumnFamilyHandle *> *> a3) { T_<rocksdb::DB *> a4{}; [[maybe_unused]] auto&& r = rocksdb::DB::Open(a0, a1, a2, a3, &a4); }
//= a4 : rocksdb.database global found; make a4 opened -> #0 true; store a4
void f96(T_<const rocksdb::Options &> a0, T_<const std::basic_string<char> &> a1) { T_<rocksdb::DB *> a2{}; [[maybe_unused]] auto&& r = rocksdb::DB::Open(a0, a1, &a2); }
//= a2 : rocksdb.database global found; make a2 opened -> #0 true; store a2
void f97(T_<const rocksdb::Options &> a0, T_<const std::basic_string<char> &> a1) { T_<rocksdb::DB *> a2{}; [[maybe_unused]] auto&& r = rocksdb::DB::OpenForReadOnly(a0, a1, &a2); }
//= a2 : rocksdb.database global found; make a2 opened -> #0 true; store a2
void f98(T_<const rocksdb::DBOptions &> a0, T_<const rocksdb::TransactionDBOptions &> a1, T_<const std::basic_string<char> &> a2, T_<const std::vector<rocksdb::ColumnFamilyDescriptor> &> a3, T_<std::vector<rocksdb::ColumnFamilyHandle *> *> a4) { T_<rocksdb::TransactionDB *> a5{}; [[maybe_unused]] auto&& r = rocksdb::TransactionDB::Open(a0, a1, a2, a3, a4, &a5); }
//= a5 : rocksdb.transaction-db global found; make a5 opened -> #0 true; store a5
void f99(T_<const rocksdb::Options &> a0, T_<const rocksdb::TransactionDBOptions &> a1, T_<const std::basic_string<char> &> a2) { T_<rocksdb::TransactionDB *> a3{}; [[maybe_unused]] auto&& r = rocksdb::TransactionDB::Open(a0, a1, a2, &a3); }
//= a3 : rocksdb.transaction-db global found; make a3 opened -> #0 true; store a3
void f100(T_<const rocksdb::DBOptions &> a0, T_<const std::basic_string<char> &> a1, T_<const std::vector<rocksdb::ColumnFamilyDescriptor> &> a2, T_<std::vector<rocksdb::ColumnFamilyHandle *> *> a3) { T_<rocksdb::OptimisticTransactionDB *> a4{}; [[maybe_unused]] auto&& r = rocksdb::OptimisticTransactionDB::Open(a0, a1, a2, a3, &a4); }
//= a4 : rocksdb.transaction-db global found; make a4 opened -> #0 true; store a4
void f101(T_<const rocksdb::DBOptions &> a0, T_<const rocksdb::OptimisticTransactionDBOptions &> a1, T_<const std::basic_string<char> &> a2, T_<const std::vector<rocksdb::ColumnFamilyDescriptor> &> a3, T_<std::vector<rocksdb::ColumnFamilyHandle *> *> a4) { T_<rocksdb::OptimisticTransactionDB *> a5{}; [[maybe_unused]] auto&& r = rocksdb::OptimisticTransactionDB::Open(a0, a1, a2, a3, a4, &a5); }
//= a5 : rocksdb.transaction-db global found; make a5 opened -> #0 true; store a5
void f102(T_<const rocksdb::Options &> a0, T_<const std::basic_string<char> &> a1) { T_<rocksdb::OptimisticTransactionDB *> a2{}; [[maybe_unused]] auto&& r = rocksdb::OptimisticTransactionDB::Open(a0, a1, &a2); }
//= a2 : rocksdb.transaction-db global found; make a2 opened -> #0 true; store a2
void f103(const rocksdb::Snapshot& self) { self.GetSequenceNumber(); }
//= self : rocksdb.snapshot reference parameter; use self read
void f104(const rocksdb::Snapshot& self) { self.GetUnixTime(); }
//= self : rocksdb.snapshot reference parameter; use self read
void f105(const rocksdb::Snapshot& self) { self.GetTimestamp(); }
//= self : rocksdb.snapshot reference parameter; use self read
