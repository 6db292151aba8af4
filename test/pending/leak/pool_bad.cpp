// Leases of a pool of one's own that hands out bare pointers and takes them back.
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

long orders(WirePool& pool) {
  WireConnection* const c = pool.acquire(); // expect: session-leak
  const long n = c->count("SELECT count(*) FROM orders");
  pool.release(c);
  return n;
}

long paid(WirePool& pool, bool known) {
  WireConnection* const c = pool.acquire(); // expect: session-leak
  if (!known)
    return 0;
  try {
    const long n = c->count("SELECT count(*) FROM orders WHERE paid = 1");
    pool.release(c);
    return n;
  } catch (...) {
    pool.release(c);
    throw;
  }
}
