// library: soci
// ERP import: articles, suppliers and stock movements through SOCI.
#include <soci/connection-pool.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <chrono>
#include <fstream>
#include <functional>
#include <future>
#include <iostream>
#include <memory>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace erp {

struct Article { std::string number, text; double price = 0; int stock = 0; };
struct Movement { std::string article; int delta = 0; std::string bin; };
struct ParseError : std::runtime_error { using std::runtime_error::runtime_error; };
enum class Outcome { Imported, Skipped, Failed };

void report(const std::string& s) noexcept { std::clog << "import: " << s << '\n'; }
Article parseArticle(const std::string& line);
Movement parseMovement(const std::string& line);
void publish(const std::string& topic);

class StatusRow {
public:
  StatusRow(soci::session& sql, std::string job) : sql_(sql), job_(std::move(job)) {}
  ~StatusRow() {
    try {
      sql_ << "update job set finished = 1 where name = :n", soci::use(job_);
    } catch (const std::exception& e) {
      report(e.what());
    }
  }
private:
  soci::session& sql_;
  std::string job_;
};

class MovementWriter {
public:
  explicit MovementWriter(soci::session& sql) : sql_(sql) { sql_.begin(); }
  ~MovementWriter() {
    if (count_ > 0)
      sql_.commit();  // expect: session-commit-in-destructor
    else
      sql_.rollback();
  }
  void write(const Movement& m) {
    sql_ << "insert into movement values(:a, :d, :b)", soci::use(m.article), soci::use(m.delta), soci::use(m.bin);
    ++count_;
  }
private:
  soci::session& sql_;
  int count_ = 0;
};

class Unit {
public:
  explicit Unit(soci::session& sql) : sql_(sql) { sql_.begin(); }
  ~Unit() {
    if (done_) return;
    try {
      sql_.rollback();
    } catch (const soci::soci_error& e) {
      report(e.what());
    }
  }
  Unit(const Unit&) = delete;
  void complete() {
    sql_.commit();
    done_ = true;
  }
private:
  soci::session& sql_;
  bool done_ = false;
};

void createSchema(soci::session& sql) {
  sql << "create table if not exists article(number text primary key, text text, price real, stock integer)";
  sql << "create table if not exists movement(article text, delta integer, bin text)";
  sql << "create table if not exists job(name text, finished integer)";
}

Outcome importArticle(soci::connection_pool& pool, const std::string& line) {
  soci::session sql(pool);
  const Article a = parseArticle(line);
  sql.begin();  // expect: session-missing-rollback
  sql << "delete from article where number = :n", soci::use(a.number);
  sql << "insert into article values(:n, :t, :p, :s)", soci::use(a.number), soci::use(a.text), soci::use(a.price), soci::use(a.stock);
  sql.commit();
  return Outcome::Imported;
}

Outcome importFile(soci::connection_pool& pool, const std::string& path) {
  std::ifstream in(path);
  if (!in) return Outcome::Failed;
  soci::session sql(pool);
  StatusRow status(sql, path);
  std::string line;
  int skipped = 0;
  while (std::getline(in, line)) {
    Article a;
    try {
      a = parseArticle(line);
    } catch (const ParseError& e) {
      report(e.what());
      ++skipped;
      continue;
    }
    Unit unit(sql);
    sql << "update article set price = :p where number = :n", soci::use(a.price), soci::use(a.number);
    unit.complete();
  }
  return skipped ? Outcome::Skipped : Outcome::Imported;
}

int importBulk(soci::session& sql, const std::vector<Article>& all) {
  std::vector<std::string> numbers;
  std::vector<double> prices;
  int batches = 0;
  for (auto it = all.begin(); it != all.end();) {
    numbers.clear();
    prices.clear();
    for (int n = 0; n < 500 && it != all.end(); ++n, ++it) {
      numbers.push_back(it->number);
      prices.push_back(it->price);
    }
    soci::transaction tr(sql);
    soci::statement st = (sql.prepare << "insert into price_list values(:n, :p)", soci::use(numbers), soci::use(prices));
    st.execute(true);
    tr.commit();
    ++batches;
  }
  return batches;
}

std::optional<Article> find(soci::session& sql, const std::string& number) {
  Article a;
  soci::indicator ind = soci::i_ok;
  sql << "select text, price, stock from article where number = :n", soci::into(a.text, ind), soci::into(a.price),
      soci::into(a.stock), soci::use(number);
  if (!sql.got_data()) return std::nullopt;
  if (ind == soci::i_null) a.text.clear();
  a.number = number;
  return a;
}

void bookMovement(soci::connection_pool& pool, const Movement& m) {
  soci::session sql(pool);
  soci::transaction tr(sql);
  try {
    sql << "insert into movement values(:a, :d, :b)", soci::use(m.article), soci::use(m.delta), soci::use(m.bin);
    sql << "update article set stock = stock + :d where number = :a", soci::use(m.delta), soci::use(m.article);
    tr.commit();
    publish("stock." + m.article);
  } catch (const std::exception& e) {
    report(e.what());
    tr.rollback();  // expect: session-double-end
    throw;
  }
}

bool reserveStock(soci::connection_pool& pool, const std::string& article, int amount) {
  soci::session sql(pool);
  bool granted = false;
  {
    soci::transaction tr(sql);
    int stock = 0;
    sql << "select stock from article where number = :a", soci::into(stock), soci::use(article);
    if (sql.got_data() && stock >= amount) {
      sql << "update article set stock = stock - :n where number = :a", soci::use(amount), soci::use(article);
      tr.commit();
      granted = true;
    }
  }
  sql << "insert into reservation_log values(:a, :n)", soci::use(article), soci::use(amount);
  return granted;
}

void importMovements(soci::session& sql, std::istream& in) {
  soci::transaction tr(sql);
  std::string line;
  bool failed = false;
  try {
    while (std::getline(in, line)) {
      const Movement m = parseMovement(line);
      sql << "insert into movement values(:a, :d, :b)", soci::use(m.article), soci::use(m.delta), soci::use(m.bin);
    }
  } catch (const ParseError& e) {  // expect: session-swallow-and-commit
    failed = true;
    report(e.what());
  }
  tr.commit();
  report(failed ? "movements incomplete" : "movements done");
}

void importMovementsStrict(soci::session& sql, std::istream& in) {
  soci::transaction tr(sql);
  std::string line;
  bool failed = false;
  try {
    while (std::getline(in, line)) {
      const Movement m = parseMovement(line);
      sql << "insert into movement values(:a, :d, :b)", soci::use(m.article), soci::use(m.delta), soci::use(m.bin);
    }
  } catch (const ParseError& e) {
    failed = true;
    report(e.what());
  }
  if (failed)
    tr.rollback();
  else
    tr.commit();
}

std::vector<std::string> lowStock(soci::connection_pool& pool, int limit) {
  std::vector<std::string> out;
  soci::session sql(pool);
  soci::rowset<std::string> rows = (sql.prepare << "select number from article where stock < :l", soci::use(limit));
  for (const std::string& n : rows) out.push_back(n);
  return out;
}

double inventoryValue(soci::connection_pool& pool, bool detailed) {
  soci::session* active = nullptr;
  double total = 0;
  if (detailed) {
    soci::session sql(pool);
    sql << "select sum(price * stock) from article", soci::into(total);
    active = &sql;
  }
  if (active) {
    *active << "insert into inventory_log values(:t)", soci::use(total);  // expect: session-use-after-scope
  }
  return total;
}

void closeYear(soci::session& sql, int year) {
  soci::transaction tr(sql);
  sql << "insert into balance select number, stock, :y from article", soci::use(year);
  int negative = 0;
  sql << "select count(*) from article where stock < 0", soci::into(negative);
  if (negative > 0) {
    soci::transaction fix(sql);  // expect: session-nested-begin
    sql << "update article set stock = 0 where stock < 0";
    fix.commit();
  }
  tr.commit();
}

void correctBin(soci::session& sql, const std::string& from, const std::string& to) {
  soci::transaction{sql};  // expect: session-temporary-guard
  sql << "update movement set bin = :t where bin = :f", soci::use(to), soci::use(from);
  sql << "delete from bin where name = :f", soci::use(from);
}

template <class F>
bool retryLocked(soci::session& sql, int attempts, F body) {
  for (int i = 0; i < attempts; ++i) {
    try {
      soci::transaction tr(sql);
      body(sql);
      tr.commit();
      return true;
    } catch (const soci::soci_error& e) {
      report(std::string("attempt failed: ") + e.what());
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5 << i));
  }
  return false;
}

bool mergeSuppliers(soci::session& sql, int keep, int gone) {
  return retryLocked(sql, 4, [=](soci::session& s) {
    s << "update article set supplier = :k where supplier = :g", soci::use(keep), soci::use(gone);
    s << "delete from supplier where id = :g", soci::use(gone);
  });
}

void manualPriceRun(soci::session& sql, double factor) {
  sql.begin();
  try {
    sql << "insert into price_history select number, price from article";
    sql << "update article set price = price * :f", soci::use(factor);
  } catch (const std::exception& e) {
    report(e.what());
    sql.rollback();
    return;
  }
  try {
    sql.commit();
  } catch (...) {
    sql.rollback();
    throw;
  }
}

class Importer {
public:
  explicit Importer(soci::connection_pool& pool) : pool_(pool), sql_(pool) {}
  ~Importer() { if (pending_.valid()) pending_.wait(); }

  void startRecount();
  void recountIsolated();
  bool attach(const std::string& file);
  void assignSupplier(const std::string& article, int supplier);

private:
  soci::connection_pool& pool_;
  soci::session sql_;
  std::future<void> pending_;
  std::unique_ptr<soci::session> side_;
};

void Importer::startRecount() {
  pending_ = std::async(std::launch::async, [this] {  // expect: session-shared-across-threads
    sql_ << "update article set stock = (select sum(delta) from movement where article = number)";
  });
  sql_ << "insert into job values('recount', 0)";
}

void Importer::recountIsolated() {
  if (pending_.valid()) pending_.wait();
  pending_ = std::async(std::launch::async, [&pool = pool_] {
    soci::session own(pool);
    soci::transaction tr(own);
    own << "update article set stock = (select sum(delta) from movement where article = number)";
    tr.commit();
  });
}

bool Importer::attach(const std::string& file) {
  try {
    auto fresh = std::make_unique<soci::session>(soci::sqlite3, file);
    createSchema(*fresh);
    side_ = std::move(fresh);
  } catch (const soci::soci_error& e) {
    report("attach " + file + ": " + e.what());
    return false;
  }
  return true;
}

void Importer::assignSupplier(const std::string& article, int supplier) {
  soci::transaction here(sql_);
  sql_ << "update article set supplier = :s where number = :a", soci::use(supplier), soci::use(article);
  if (side_) {
    soci::transaction there(*side_);
    *side_ << "update article set supplier = :s where number = :a", soci::use(supplier), soci::use(article);
    there.commit();
  }
  here.commit();
}

}  // namespace erp
