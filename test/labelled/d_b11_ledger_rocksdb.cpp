// library: rocksdb
// Account ledger on RocksDB's TransactionDB. Several hands: some owning pointers, some not.
#include <rocksdb/db.h>
#include <rocksdb/options.h>
#include <rocksdb/utilities/transaction.h>
#include <rocksdb/utilities/transaction_db.h>
#include <rocksdb/write_batch.h>
#include <cstdio>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace ledger {

using rocksdb::Status;
using TxnPtr = std::unique_ptr<rocksdb::Transaction>;

#define RETURN_NOT_OK(s)            \
  do {                              \
    const Status s_ = (s);          \
    if (!s_.ok()) return s_;        \
  } while (0)

struct Posting { std::string account; long cents; };

class Snap {
 public:
  explicit Snap(rocksdb::DB* db) : db_(db), s_(db->GetSnapshot()) {}
  ~Snap() { db_->ReleaseSnapshot(s_); }
  Snap(const Snap&) = delete;
  const rocksdb::Snapshot* get() const { return s_; }
 private:
  rocksdb::DB* db_;
  const rocksdb::Snapshot* s_;
};

class Ledger {
 public:
  static std::unique_ptr<Ledger> open(const std::string& dir);
  Status post(const std::vector<Posting>& ps);
  Status postUnowned(const Posting& p);
  Status transfer(const std::string& from, const std::string& to, long cents);
  Status closeAccount(const std::string& name);
  Status freeze(const std::string& name);
  Status touch(const std::string& name);
  Status retrying(const std::function<Status(rocksdb::Transaction&)>& body);
  Status bump(const std::string& name);
  Status reuse(const std::vector<Posting>& ps);
  Status bestEffort(const std::vector<Posting>& ps);
  Status twice(const std::string& name);
  size_t count(const std::string& prefix);
  size_t countLeaky(const std::string& prefix);
  rocksdb::Slice firstKey();
  std::string firstKeyCopy();
  Status audit(const std::string& name);
  void scrubAsync();
  long balanceAt(const std::string& name);
 private:
  explicit Ledger(rocksdb::TransactionDB* db) : db_(db) {}
  std::unique_ptr<rocksdb::TransactionDB> db_;
};

std::unique_ptr<Ledger> Ledger::open(const std::string& dir) {
  rocksdb::Options o;
  o.create_if_missing = true;
  rocksdb::TransactionDB* raw = nullptr;
  const Status s = rocksdb::TransactionDB::Open(o, rocksdb::TransactionDBOptions(), dir, &raw);
  if (!s.ok()) {
    std::fprintf(stderr, "%s\n", s.ToString().c_str());   // raw stays null after a failed open
    return nullptr;
  }
  return std::unique_ptr<Ledger>(new Ledger(raw));
}

Status Ledger::post(const std::vector<Posting>& ps) {
  TxnPtr txn(db_->BeginTransaction(rocksdb::WriteOptions()));
  for (const auto& p : ps) {
    std::string v;
    const Status g = txn->GetForUpdate(rocksdb::ReadOptions(), p.account, &v);
    if (!g.ok() && !g.IsNotFound()) return g;            // dropped and rolled back with the pointer
    RETURN_NOT_OK(txn->Put(p.account, std::to_string((v.empty() ? 0 : std::stol(v)) + p.cents)));
  }
  return txn->Commit();
}

Status Ledger::postUnowned(const Posting& p) {
  rocksdb::Transaction* txn = db_->BeginTransaction(rocksdb::WriteOptions());  // expect: session-leak
  const Status s = txn->Put(p.account, std::to_string(p.cents));
  if (!s.ok()) {
    std::fprintf(stderr, "post: %s\n", s.ToString().c_str());
    return s;
  }
  const Status c = txn->Commit();
  delete txn;
  return c;
}

Status Ledger::transfer(const std::string& from, const std::string& to, long cents) {
  TxnPtr txn(db_->BeginTransaction(rocksdb::WriteOptions()));
  std::string a, b;
  Status s = txn->GetForUpdate(rocksdb::ReadOptions(), from, &a);
  if (s.ok()) s = txn->GetForUpdate(rocksdb::ReadOptions(), to, &b);
  if (s.ok()) s = txn->Put(from, std::to_string(std::stol(a) - cents));
  if (s.ok()) s = txn->Put(to, std::to_string(std::stol(b) + cents));
  if (s.ok()) return txn->Commit();
  const Status r = txn->Rollback();
  return r.ok() ? s : r;
}

Status Ledger::closeAccount(const std::string& name) {
  TxnPtr txn(db_->BeginTransaction(rocksdb::WriteOptions()));  // expect: session-unfinished-transaction
  std::string v;
  RETURN_NOT_OK(txn->GetForUpdate(rocksdb::ReadOptions(), name, &v));
  if (std::stol(v) != 0) return Status::InvalidArgument("balance");
  RETURN_NOT_OK(txn->Delete(name));
  RETURN_NOT_OK(txn->Put("closed/" + name, "1"));
  return Status::OK();
}

Status Ledger::freeze(const std::string& name) {
  rocksdb::WriteBatch batch;
  batch.Put("frozen/" + name, "1");
  batch.Delete("open/" + name);
  rocksdb::WriteOptions wo;
  wo.sync = true;
  return db_->Write(wo, &batch);              // atomic by itself
}

Status Ledger::touch(const std::string& name) {
  TxnPtr txn(db_->BeginTransaction(rocksdb::WriteOptions()));
  RETURN_NOT_OK(txn->Put("seen/" + name, "1"));
  Status s = txn->Commit();
  if (s.ok() && name.empty())
    s = txn->Rollback();  // waits: session-double-end
  return s;
}

Status Ledger::retrying(const std::function<Status(rocksdb::Transaction&)>& body) {
  Status s;
  for (int i = 0; i < 5; ++i) {
    TxnPtr txn(db_->BeginTransaction(rocksdb::WriteOptions()));
    s = body(*txn);
    if (s.ok()) s = txn->Commit();
    if (!s.IsBusy() && !s.IsTryAgain()) break;
  }
  return s;
}

Status Ledger::bump(const std::string& name) {
  return retrying([&name](rocksdb::Transaction& t) {
    std::string v;
    Status s = t.GetForUpdate(rocksdb::ReadOptions(), name, &v);
    if (s.ok()) s = t.Put(name, std::to_string(std::stol(v) + 1));
    return s;
  });
}

Status Ledger::reuse(const std::vector<Posting>& ps) {
  rocksdb::Transaction* txn = nullptr;
  TxnPtr keep;
  for (const auto& p : ps) {
    txn = db_->BeginTransaction(rocksdb::WriteOptions(), rocksdb::TransactionOptions(), txn);   // begins again on the same object
    if (!keep) keep.reset(txn);
    RETURN_NOT_OK(txn->Put(p.account, std::to_string(p.cents)));
    RETURN_NOT_OK(txn->Commit());
  }
  return Status::OK();
}

Status Ledger::bestEffort(const std::vector<Posting>& ps) {
  TxnPtr txn(db_->BeginTransaction(rocksdb::WriteOptions()));
  for (const auto& p : ps) {
    txn->SetSavePoint();
    Status s = txn->Put(p.account, std::to_string(p.cents));
    if (s.ok()) s = txn->Put("log/" + p.account, "1");
    if (!s.ok()) RETURN_NOT_OK(txn->RollbackToSavePoint());
  }
  return txn->Commit();
}

Status Ledger::twice(const std::string& name) {
  TxnPtr head(db_->BeginTransaction(rocksdb::WriteOptions()));
  RETURN_NOT_OK(head->Put("head/" + name, "1"));
  RETURN_NOT_OK(head->Commit());
  TxnPtr body(db_->BeginTransaction(rocksdb::WriteOptions()));
  RETURN_NOT_OK(body->Put("body/" + name, "1"));
  return body->Commit();  // expect: session-multiple-commits
}

size_t Ledger::count(const std::string& prefix) {
  Snap snap(db_.get());
  rocksdb::ReadOptions ro;
  ro.snapshot = snap.get();
  std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator(ro));
  size_t n = 0;
  for (it->Seek(prefix); it->Valid() && it->key().starts_with(prefix); it->Next()) ++n;
  if (!it->status().ok()) throw std::runtime_error(it->status().ToString());
  return n;
}

size_t Ledger::countLeaky(const std::string& prefix) {
  rocksdb::Iterator* it = db_->NewIterator(rocksdb::ReadOptions());  // expect: session-leak
  size_t n = 0;
  for (it->Seek(prefix); it->Valid() && it->key().starts_with(prefix); it->Next()) ++n;
  if (!it->status().ok()) throw std::runtime_error(it->status().ToString());
  delete it;
  return n;
}

rocksdb::Slice Ledger::firstKey() {
  std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator(rocksdb::ReadOptions()));
  it->SeekToFirst();
  if (!it->Valid()) return rocksdb::Slice();
  return it->key();  // expect: session-use-after-scope
}

std::string Ledger::firstKeyCopy() {
  std::string key;
  std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator(rocksdb::ReadOptions()));
  it->SeekToFirst();
  if (it->Valid()) key = it->key().ToString();
  it.reset();
  return key;
}

Status Ledger::audit(const std::string& name) {
  rocksdb::Transaction* seen = nullptr;
  {
    TxnPtr txn(db_->BeginTransaction(rocksdb::WriteOptions()));
    RETURN_NOT_OK(txn->Put("audit/" + name, "1"));
    RETURN_NOT_OK(txn->Commit());
    seen = txn.get();
  }
  std::printf("%llu\n", static_cast<unsigned long long>(seen->GetID()));  // expect: session-use-after-scope
  return Status::OK();
}

void Ledger::scrubAsync() {
  std::thread t([db = db_.get()] {           // the database itself is safe to share
    db->Flush(rocksdb::FlushOptions());
  });
  db_->Flush(rocksdb::FlushOptions());
  t.join();
}

long Ledger::balanceAt(const std::string& name) {
  const rocksdb::Snapshot* snap = db_->GetSnapshot();  // waits: session-leak
  rocksdb::ReadOptions ro;
  ro.snapshot = snap;
  std::string v;
  const Status s = db_->Get(ro, name, &v);
  if (!s.ok()) return -1;
  db_->ReleaseSnapshot(snap);
  return std::stol(v);
}

Status prepareTwoPhase(rocksdb::TransactionDB& db, const Posting& p, const std::string& xid) {
  TxnPtr txn(db.BeginTransaction(rocksdb::WriteOptions()));
  RETURN_NOT_OK(txn->SetName(xid));
  RETURN_NOT_OK(txn->Put(p.account, std::to_string(p.cents)));
  RETURN_NOT_OK(txn->Prepare());
  return txn->Commit();
}

Status sharedTxn(rocksdb::TransactionDB& db, const std::vector<Posting>& ps) {
  TxnPtr txn(db.BeginTransaction(rocksdb::WriteOptions()));
  std::thread half([t = txn.get(), &ps] {  // expect: session-shared-across-threads
    for (size_t i = 0; i < ps.size() / 2; ++i) t->Put(ps[i].account, "0");
  });
  for (size_t i = ps.size() / 2; i < ps.size(); ++i) txn->Put(ps[i].account, "0");
  half.join();
  return txn->Commit();
}

}  // namespace ledger
