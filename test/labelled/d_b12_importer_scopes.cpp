// Catalogue importer: coroutine scopes, in-house session classes, callbacks.
#include <atomic>
#include <coroutine>
#include <exception>
#include <functional>
#include <iostream>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace imp {

template <class T> class Generator {
 public:
  struct promise_type {
    T* value = nullptr;
    std::exception_ptr error;
    Generator get_return_object() { return Generator(std::coroutine_handle<promise_type>::from_promise(*this)); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(T& v) noexcept { value = &v; return {}; }
    void return_void() {}
    void unhandled_exception() { throw; }
  };
  struct Iterator {
    std::coroutine_handle<promise_type> h;
    T& operator*() const { return *h.promise().value; }
    T* operator->() const { return h.promise().value; }
    Iterator& operator++() { h.resume(); return *this; }
    bool operator==(std::default_sentinel_t) const { return h.done(); }
  };
  Iterator begin() { h_.resume(); return {h_}; }
  std::default_sentinel_t end() { return {}; }
  explicit Generator(std::coroutine_handle<promise_type> h) : h_(h) {}
  Generator(Generator&& o) noexcept : h_(std::exchange(o.h_, {})) {}
  ~Generator() { if (h_) h_.destroy(); }
 private:
  std::coroutine_handle<promise_type> h_;
};

class ImportSession {
 public:
  explicit ImportSession(const std::string& url);
  ImportSession(ImportSession&&) noexcept;
  ~ImportSession();                       // closes; the server rolls back what is open
  void open(const std::string& url);
  void close();
  void begin();
  void commit();
  void rollback();
  void exec(const std::string& sql);
  int scalar(const std::string& sql);
};

class ImportTransaction {
 public:
  explicit ImportTransaction(ImportSession& s) : s_(s) { s_.begin(); }
  ~ImportTransaction() {
    if (!done_) try { s_.rollback(); } catch (...) { std::cerr << "rollback failed\n"; }
  }
  ImportTransaction(const ImportTransaction&) = delete;
  void commit() { s_.commit(); done_ = true; }
 private:
  ImportSession& s_;
  bool done_ = false;
};

class AutoCommit {
 public:
  explicit AutoCommit(ImportSession& s) : s_(s) { s_.begin(); }
  ~AutoCommit() {
    s_.commit();  // expect: session-commit-in-destructor
  }
  AutoCommit(const AutoCommit&) = delete;
 private:
  ImportSession& s_;
};

struct Row { int id; std::string name; };

Generator<ImportSession> session() {
  ImportSession s("import");
  co_yield s;
}

Generator<ImportSession> transaction() {
  ImportSession s("import");
  ImportTransaction tx(s);
  co_yield s;
  tx.commit();
}

int insertRow(const Row& r) {
  for (ImportSession& s : transaction()) {
    s.exec("INSERT INTO row VALUES('" + r.name + "')");
    if (r.id > 0) return r.id;  // expect: session-generator-early-return
    s.exec("UPDATE row SET id = rowid WHERE id IS NULL");
  }
  return 0;
}

int insertRowDone(const Row& r) {
  int id = 0;
  for (ImportSession& s : transaction()) {
    s.exec("INSERT INTO row VALUES('" + r.name + "')");
    id = s.scalar("SELECT last_id()");
    if (id < 0) throw std::runtime_error("no id");     // rolls back: wanted
  }
  return id;
}

int countRows() {
  for (ImportSession& s : session())
    return s.scalar("SELECT count(*) FROM row");        // this scope has nothing after its co_yield
  return 0;
}

ImportSession* currentSession() {
  for (ImportSession& s : session())
    return &s;  // expect: session-generator-early-return
  return nullptr;
}

void quickFix(int id) {
  ImportSession& s = *session().begin();  // expect: session-generator-early-return
  s.exec("UPDATE row SET fixed = 1 WHERE id = " + std::to_string(id));
}

void slowFix(int id) {
  auto scope = session();
  ImportSession& s = *scope.begin();                    // the scope lives as long as we use s
  s.exec("UPDATE row SET fixed = 1 WHERE id = " + std::to_string(id));
}

void importRows(ImportSession& s, const std::vector<Row>& rows) {
  ImportTransaction tx(s);
  for (const Row& r : rows) {
    if (r.name.empty()) continue;
    s.exec("INSERT INTO row VALUES('" + r.name + "')");
  }
  tx.commit();
}

void importLenient(ImportSession& s, const std::vector<Row>& rows, int& bad) {
  ImportTransaction tx(s);
  try {
    for (const Row& r : rows) {
      s.exec("INSERT INTO row VALUES('" + r.name + "')");
      s.exec("INSERT INTO row_log VALUES(" + std::to_string(r.id) + ")");
    }
  } catch (const std::runtime_error& e) {  // expect: session-swallow-and-commit
    ++bad;
    std::cerr << e.what() << '\n';
  }
  tx.commit();
}

void importByHand(ImportSession& s, const std::vector<Row>& rows) {
  s.begin();
  try {
    for (const Row& r : rows) s.exec("INSERT INTO row VALUES('" + r.name + "')");
  } catch (...) {
    s.rollback();
    throw;
  }
  try {
    s.commit();
  } catch (...) {
    s.rollback();
    throw;
  }
}

bool importOrReport(ImportSession& s, const std::vector<Row>& rows, const std::function<void(const char*)>& report) {
  s.begin();
  try {
    for (const Row& r : rows) s.exec("INSERT INTO row VALUES('" + r.name + "')");
    s.commit();
  } catch (const std::exception& e) {  // expect: session-missing-rollback
    report(e.what());
    return false;
  }
  return true;
}

void importPlain(ImportSession& s, const Row& r) {
  s.begin();  // expect: session-missing-rollback
  s.exec("INSERT INTO row VALUES('" + r.name + "')");
  s.exec("INSERT INTO row_log VALUES(" + std::to_string(r.id) + ")");
  s.commit();
}

class Importer {
 public:
  explicit Importer(std::string url) : url_(std::move(url)) {}
  ~Importer() { stop(); }
  Importer(const Importer&) = delete;
  void start();
  void stop();
  void flush();
  void refresh();
  void remember(const std::string& url);
  int reload(const std::string& url);
  void ping();
 private:
  std::string url_;
  std::unique_ptr<ImportSession> s_;
  ImportSession* last_ = nullptr;
  std::thread worker_;
  std::atomic<bool> stop_{false};
};

void Importer::start() {
  if (worker_.joinable()) return;
  stop_ = false;
  worker_ = std::thread([this] {
    try {
      ImportSession own(url_);            // not shared with anybody
      while (!stop_) own.exec("CALL import_step()");
    } catch (const std::exception& e) {
      std::cerr << e.what() << '\n';
    }
  });
}

void Importer::stop() {
  stop_ = true;
  if (worker_.joinable()) worker_.join();
  s_.reset();
}

void Importer::flush() {
  if (!s_) s_ = std::make_unique<ImportSession>(url_);
  ImportTransaction tx(*s_);
  s_->exec("DELETE FROM staged WHERE done = 1");
  s_->exec("UPDATE meta SET flushed = now()");
  tx.commit();
}

void Importer::refresh() {
  if (!s_) s_ = std::make_unique<ImportSession>(url_);
  ImportSession* raw = s_.get();
  std::thread([raw] {  // expect: session-shared-across-threads
    try { raw->exec("REFRESH INDEX"); } catch (const std::exception& e) { std::cerr << e.what(); }
  }).detach();
  raw->exec("UPDATE meta SET refreshed = now()");
}

void Importer::remember(const std::string& url) {
  ImportSession tmp(url);
  tmp.exec("SELECT 1");
  if (url != url_)
    last_ = &tmp;  // expect: session-use-after-scope
}

int Importer::reload(const std::string& url) {
  auto* fresh = new ImportSession(url);  // expect: session-leak
  const int n = fresh->scalar("SELECT count(*) FROM row");
  if (n == 0) throw std::runtime_error("empty catalogue at " + url);
  s_.reset(fresh);
  return n;
}

void Importer::ping() {
  if (!s_) return;
  ImportTransaction(*(s_.get()));  // expect: session-temporary-guard
  s_->exec("UPDATE meta SET pinged = now()");
}

void mergeTwo(ImportSession& a, ImportSession& b) {
  ImportTransaction ta(a);
  ImportTransaction tb(b);                // given by the caller: two different catalogues
  a.exec("UPDATE meta SET merged = 1");
  b.exec("UPDATE meta SET merged = 1");
  tb.commit();
  ta.commit();
}

void rebuildIndex(ImportSession& s) {
  ImportTransaction outer(s);
  s.exec("DELETE FROM idx");
  const auto fill = [&s](const char* what) {
    s.exec(std::string("INSERT INTO idx SELECT ") + what + " FROM row");
  };
  fill("id");
  fill("name");
  outer.commit();
}

void endTwice(ImportSession& s, bool dry) {
  s.begin();
  try {
    s.exec("DELETE FROM staged");
    if (dry) s.rollback();
    s.commit();  // expect: session-double-end
  } catch (...) {
    s.rollback();
    throw;
  }
}

}  // namespace imp
