// Leases of a pool of one's own that go back on every path.
#include <memory>
#include <string>
#include <utility>
#include <vector>

class WireConnection {
public:
  explicit WireConnection(const std::string& url);
  ~WireConnection();
  void execute(const std::string& sql);
  long count(const std::string& sql);
};

class WirePool {
public:
  WireConnection* acquire() {
    if (free_.empty())
      return new WireConnection(url_);
    WireConnection* const taken = free_.back().release();
    free_.pop_back();
    return taken;
  }
  void release(WireConnection* connection) { free_.emplace_back(connection); }

private:
  std::string url_;
  std::vector<std::unique_ptr<WireConnection>> free_;
};

class WireLease {
public:
  explicit WireLease(WirePool& pool) : pool_(pool), connection_(pool.acquire()) {}
  ~WireLease() { pool_.release(connection_); }
  WireLease(const WireLease&) = delete;
  WireLease& operator=(const WireLease&) = delete;
  WireConnection* operator->() const { return connection_; }

private:
  WirePool& pool_;
  WireConnection* connection_;
};

long orders(WirePool& pool) {
  const WireLease c(pool);
  return c->count("SELECT count(*) FROM orders");
}

long paid(WirePool& pool) {
  WireConnection* const c = pool.acquire();
  try {
    const long n = c->count("SELECT count(*) FROM orders WHERE paid = 1");
    pool.release(c);
    return n;
  } catch (...) {
    pool.release(c);
    throw;
  }
}

WireConnection* taken(WirePool& pool) { return pool.acquire(); }
