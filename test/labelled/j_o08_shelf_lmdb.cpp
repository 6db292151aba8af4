// library: lmdb
#include <lmdb.h>

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace shelf {

struct ShelfError : std::runtime_error {
  explicit ShelfError(int c) : std::runtime_error(mdb_strerror(c)), code(c) {}
  int code;
};

inline void check(int rc) {
  if (rc != MDB_SUCCESS) throw ShelfError(rc);
}

void hint(const char* what) noexcept { std::fputs(what, stderr); }

MDB_val val(std::string_view s) noexcept { return {s.size(), const_cast<char*>(s.data())}; }
std::string_view view(const MDB_val& v) noexcept { return {static_cast<const char*>(v.mv_data), v.mv_size}; }

class Shelf {
public:
  explicit Shelf(const char* dir, unsigned flags = 0) {
    MDB_env* raw = nullptr;
    check(mdb_env_create(&raw));
    env_.reset(raw);
    check(mdb_env_set_maxdbs(raw, 8));
    check(mdb_env_open(raw, dir, flags, 0644));
  }
  MDB_env* raw() const noexcept { return env_.get(); }

private:
  struct Close { void operator()(MDB_env* e) const noexcept { mdb_env_close(e); } };
  std::unique_ptr<MDB_env, Close> env_;
};

class Txn {
public:
  Txn(const Txn&) = delete;
  Txn& operator=(const Txn&) = delete;
  ~Txn() { if (t_) mdb_txn_abort(t_); }
  MDB_txn* raw() const noexcept { return t_; }
  std::optional<std::string_view> get(MDB_dbi d, std::string_view key) const {
    MDB_val k = val(key), v{};
    const int rc = mdb_get(t_, d, &k, &v);
    if (rc == MDB_NOTFOUND) return std::nullopt;
    check(rc);
    return view(v);
  }

protected:
  Txn(const Shelf& s, MDB_txn* parent, unsigned flags) { check(mdb_txn_begin(s.raw(), parent, flags, &t_)); }
  MDB_txn* t_ = nullptr;
};

class ReadView : public Txn {
public:
  explicit ReadView(const Shelf& s) : Txn(s, nullptr, MDB_RDONLY) {}
};

class Edit : public Txn {
public:
  explicit Edit(const Shelf& s) : Txn(s, nullptr, 0) {}
  Edit(const Shelf& s, Edit& parent) : Txn(s, parent.raw(), 0) {}
  void put(MDB_dbi d, std::string_view key, std::string_view value) {
    MDB_val k = val(key), v = val(value);
    check(mdb_put(t_, d, &k, &v, 0));
  }
  bool erase(MDB_dbi d, std::string_view key) {
    MDB_val k = val(key);
    const int rc = mdb_del(t_, d, &k, nullptr);
    if (rc == MDB_NOTFOUND) return false;
    check(rc);
    return true;
  }
  void seal() { check(mdb_txn_commit(std::exchange(t_, nullptr))); }
  void discard() noexcept { if (t_) mdb_txn_abort(std::exchange(t_, nullptr)); }
};

class EagerEdit : public Edit {
public:
  using Edit::Edit;
  ~EagerEdit() { if (t_) seal(); }  // expect: session-commit-in-destructor
};

class Walker {
public:
  Walker(const Txn& t, MDB_dbi d) { check(mdb_cursor_open(t.raw(), d, &c_)); }
  Walker(const Walker&) = delete;
  ~Walker() { mdb_cursor_close(c_); }
  bool next(std::string_view& key, std::string_view& value) {
    MDB_val k{}, v{};
    const int rc = mdb_cursor_get(c_, &k, &v, MDB_NEXT);
    if (rc == MDB_NOTFOUND) return false;
    check(rc);
    key = view(k);
    value = view(v);
    return true;
  }

private:
  MDB_cursor* c_ = nullptr;
};

struct Dbis { MDB_dbi books = 0, index = 0, meta = 0; };

Dbis openDbis(const Shelf& s) {
  Edit e(s);
  Dbis d;
  check(mdb_dbi_open(e.raw(), "books", MDB_CREATE, &d.books));
  check(mdb_dbi_open(e.raw(), "index", MDB_CREATE, &d.index));
  check(mdb_dbi_open(e.raw(), "meta", MDB_CREATE, &d.meta));
  e.seal();
  return d;
}

void addBook(const Shelf& s, const Dbis& d, std::string_view isbn, std::string_view title) {
  Edit e(s);
  e.put(d.books, isbn, title);
  e.put(d.index, title, isbn);
  e.seal();
}

bool removeBook(const Shelf& s, const Dbis& d, const std::string& isbn) {
  Edit e(s);
  const auto title = e.get(d.books, isbn);
  if (!title) return false;
  const std::string key(*title);
  if (!e.erase(d.index, key)) hint("index entry was missing\n");
  e.erase(d.books, isbn);
  e.seal();
  return true;
}

std::string_view titleOf(const Shelf& s, const Dbis& d, std::string_view isbn) {
  ReadView r(s);
  auto t = r.get(d.books, isbn);
  if (!t) return {};
  return *t;  //  // waits: session-use-after-scope
}

std::string isbnOf(const Shelf& s, const Dbis& d, std::string_view title) {
  ReadView r(s);
  auto t = r.get(d.index, title);
  return t ? std::string(*t) : std::string("unknown");
}

std::size_t renameBook(const Shelf& s, const Dbis& d, std::string_view isbn, std::string_view fresh) {
  Edit e(s);
  auto old = e.get(d.books, isbn);
  if (!old) return 0;
  e.put(d.index, fresh, isbn);
  e.put(d.meta, "renamed", isbn);
  e.seal();
  return std::string(*old).size();  //  // waits: session-use-after-scope
}

int importBooks(const Shelf& s, const Dbis& d, const std::vector<std::pair<std::string, std::string>>& books) {
  Edit e(s);
  int failed = 0;
  for (const auto& [isbn, title] : books) {
    try {
      Edit one(s, e);
      one.put(d.books, isbn, title);
      one.put(d.index, title, isbn);
      one.seal();
    } catch (const ShelfError& err) {
      if (err.code == MDB_MAP_FULL) throw;
      ++failed;
    }
  }
  e.seal();
  return failed;
}

void touchMeta(const Shelf& s, const Dbis& d, std::string_view who) {
  Edit e(s);
  e.put(d.meta, "last", who);
  Edit counter(s);  // expect: session-nested-begin
  counter.put(d.meta, "count", "1");
  counter.seal();
  e.seal();
}

void setOwner(const Shelf& s, const Dbis& d, std::string_view who) {
  Edit e(s);  // expect: session-unfinished-transaction
  e.put(d.meta, "owner", who);
  if (auto prev = e.get(d.meta, "owner.prev"); prev && *prev == who) hint("same owner again\n");
  e.put(d.meta, "owner.prev", who);
}

std::size_t rebuildIndex(const Shelf& s, const Dbis& d) {
  Edit e(s);
  check(mdb_drop(e.raw(), d.index, 0));
  std::size_t n = 0;
  {
    Walker w(e, d.books);
    std::string_view isbn, title;
    while (w.next(isbn, title)) {
      e.put(d.index, std::string(title), std::string(isbn));
      ++n;
    }
  }
  e.seal();
  return n;
}

int rawCount(const Shelf& s, MDB_dbi d) noexcept {
  MDB_txn* begun = nullptr;
  if (mdb_txn_begin(s.raw(), nullptr, MDB_RDONLY, &begun) != MDB_SUCCESS) return -1;
  std::unique_ptr<MDB_txn, void (*)(MDB_txn*)> t(begun, mdb_txn_abort);
  MDB_stat st{};
  if (mdb_stat(begun, d, &st) != MDB_SUCCESS) {
    hint("stat failed\n");
    return -1;
  }
  return static_cast<int>(st.ms_entries);
}

bool rawStore(const Shelf& s, MDB_dbi d, std::string_view key, std::string_view value) noexcept {
  MDB_txn* t = nullptr;
  if (mdb_txn_begin(s.raw(), nullptr, 0, &t) != MDB_SUCCESS) return false;
  MDB_val k = val(key), v = val(value);
  int rc = mdb_put(t, d, &k, &v, MDB_NOOVERWRITE);
  if (rc == MDB_SUCCESS) rc = mdb_txn_commit(t);
  if (rc != MDB_SUCCESS) {
    hint(mdb_strerror(rc));
    mdb_txn_abort(t);  // expect: session-double-end
    return false;
  }
  return true;
}

bool rawReplace(const Shelf& s, MDB_dbi d, std::string_view key, std::string_view value) noexcept {
  MDB_txn* begun = nullptr;
  if (mdb_txn_begin(s.raw(), nullptr, 0, &begun) != MDB_SUCCESS) return false;
  std::unique_ptr<MDB_txn, void (*)(MDB_txn*)> t(begun, mdb_txn_abort);
  MDB_val k = val(key), v = val(value);
  if (int rc = mdb_del(t.get(), d, &k, nullptr); rc != MDB_SUCCESS && rc != MDB_NOTFOUND) return false;
  if (mdb_put(t.get(), d, &k, &v, 0) != MDB_SUCCESS) return false;
  return mdb_txn_commit(t.release()) == MDB_SUCCESS;
}

MDB_env* openScratch(const char* dir) noexcept {
  MDB_env* env = nullptr;
  if (mdb_env_create(&env) != MDB_SUCCESS) return nullptr;  // expect: session-leak
  mdb_env_set_mapsize(env, 64u << 20);
  if (mdb_env_open(env, dir, MDB_NOSYNC, 0600) != MDB_SUCCESS) return nullptr;
  return env;
}

using EnvPtr = std::unique_ptr<MDB_env, void (*)(MDB_env*)>;

EnvPtr openReadOnly(const char* dir) noexcept {
  MDB_env* env = nullptr;
  if (mdb_env_create(&env) != MDB_SUCCESS) return EnvPtr(nullptr, mdb_env_close);
  EnvPtr own(env, mdb_env_close);
  if (mdb_env_open(env, dir, MDB_RDONLY, 0600) != MDB_SUCCESS) own.reset();
  return own;
}

class Catalogue {
public:
  explicit Catalogue(const char* dir) : shelf_(dir), d_(openDbis(shelf_)) {}

  template <class Fn>
  void edit(Fn&& fn) {
    Edit e(shelf_);
    fn(e);
    if (e.raw()) e.seal();
  }

  bool lend(const std::string& isbn, const std::string& reader) {
    bool lent = false;
    edit([&](Edit& e) {
      if (e.get(d_.meta, "lent:" + isbn)) {
        e.discard();
        return;
      }
      e.put(d_.meta, "lent:" + isbn, reader);
      e.put(d_.meta, "reader:" + reader, isbn);
      lent = true;
    });
    return lent;
  }

  void giveBack(const std::string& isbn, const std::string& reader) {
    Edit e(shelf_);
    e.erase(d_.meta, "lent:" + isbn);
    e.erase(d_.meta, "reader:" + reader);
    e.seal();
    Edit stat(shelf_);
    stat.put(d_.meta, "returned", isbn);
    stat.seal();  // expect: session-multiple-commits
  }

  int relabelAll(const std::vector<std::string>& isbns, const std::function<std::string(std::string_view)>& fn) {
    Edit e(shelf_);
    int done = 0;
    try {
      for (const auto& isbn : isbns) {
        const auto cur = e.get(d_.books, isbn);
        if (!cur) continue;
        const std::string next = fn(*cur);
        e.put(d_.books, isbn, next);
        e.put(d_.index, next, isbn);
        ++done;
      }
    } catch (const std::exception& ex) {  // expect: session-swallow-and-commit
      hint(ex.what());
    }
    e.seal();
    return done;
  }

  int relabelStrict(const std::vector<std::string>& isbns, const std::function<std::string(std::string_view)>& fn) {
    Edit e(shelf_);
    try {
      for (const auto& isbn : isbns) {
        const auto cur = e.get(d_.books, isbn);
        if (cur) e.put(d_.books, isbn, fn(std::string(*cur)));
      }
    } catch (const std::exception& ex) {
      hint(ex.what());
      e.discard();
      return -1;
    }
    e.seal();
    return static_cast<int>(isbns.size());
  }

  std::vector<std::string> titles() const {
    ReadView r(shelf_);
    Walker w(r, d_.books);
    std::vector<std::string> out;
    for (std::string_view k, v; w.next(k, v);) out.emplace_back(v);
    return out;
  }

  void trim(std::size_t chunk) {
    bool more = true;
    while (more) {
      Edit e(shelf_);
      std::vector<std::string> dead;
      {
        Walker w(e, d_.meta);
        std::string_view k, v;
        while (dead.size() < chunk && w.next(k, v))
          if (k.starts_with("old:")) dead.emplace_back(k);
      }
      for (const auto& k : dead) e.erase(d_.meta, k);
      more = dead.size() == chunk;
      e.seal();
    }
  }

  void stampLater(const std::string& who) {
    auto e = std::make_shared<Edit>(shelf_);
    e->put(d_.meta, "stamp", who);
    const MDB_dbi meta = d_.meta;
    std::thread([e, meta] {  //  // waits: session-shared-across-threads
      try {
        e->put(meta, "stamped", "1");
        e->seal();
      } catch (const ShelfError& err) {
        hint(err.what());
      }
    }).detach();
    e->put(d_.meta, "stamp.by", "catalogue");
  }

  void stampNow(const std::string& who, std::atomic<bool>& failed) {
    std::thread t([this, &who, &failed] {
      try {
        edit([&](Edit& e) { e.put(d_.meta, "stamp", who); });
      } catch (const ShelfError&) {
        failed = true;
      }
    });
    t.join();
  }

private:
  Shelf shelf_;
  Dbis d_;
};

void markOpened(const Shelf& s, const Dbis& d, const char* when) {
  const auto before = [&]() -> std::string {
    ReadView r(s);
    auto v = r.get(d.meta, "opened");
    return v ? std::string(*v) : "";
  }();
  if (before == when) return;
  Edit e(s);
  e.put(d.meta, "opened", when);
  if (!before.empty()) e.put(d.meta, "opened.before", before);
  e.seal();
}

void copyMeta(const Shelf& from, const Shelf& to, MDB_dbi src, MDB_dbi dst) {
  ReadView r(from);
  Edit e(to);
  Walker w(r, src);
  std::string_view k, v;
  while (w.next(k, v)) e.put(dst, k, v);
  e.seal();
}

}  // namespace shelf
