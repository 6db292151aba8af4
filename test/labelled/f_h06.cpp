// library: poco
// REST back end of a library catalogue on Poco::Data.
#include <Poco/Data/RecordSet.h>
#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
#include <Poco/Exception.h>

#include <chrono>
#include <functional>
#include <iostream>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace rest {

using namespace Poco::Data::Keywords;
using Poco::Data::RecordSet;
using Poco::Data::Session;
using Poco::Data::SessionPool;
using Poco::Data::Statement;
using Poco::Data::Transaction;

struct Reply {
  int status = 200;
  std::string body;
  static Reply ok(std::string b = {}) { return {200, std::move(b)}; }
  static Reply error(int s, std::string b) { return {s, std::move(b)}; }
};

struct Book { int id = 0; std::string title, author; int copies = 1; };
struct ValidationError : std::runtime_error { using std::runtime_error::runtime_error; };

void log(const std::string& s) noexcept { std::clog << "rest " << s << '\n'; }
void validate(const Book& b);
void publish(const char* topic, int id) noexcept;

class Backend {
public:
  explicit Backend(SessionPool& pool) : pool_(pool) {}

  Reply createBook(Book b);
  Reply listBooks(int page);
  Reply borrow(int book, int reader);
  Reply giveBack(int book, int reader);
  Reply importBooks(std::vector<Book> books);
  Reply removeReader(int reader);
  Reply payFine(int reader, int cents);
  Reply statistics();
  Reply reserve(int book, int reader);
  Reply moveShelf(int from, int to);
  Reply cleanup();
  Reply renameAuthor(std::string from, std::string to);
  Reply extend(int loan);
  Reply registerReader(std::string name, std::string mail);
  Reply nightly();
  Reply setOption(std::string key, std::string value);
  Reply blockReader(int reader);
  Reply bulkCopies(const std::vector<int>& ids);
  Reply auditAsync(int book);

private:
  SessionPool& pool_;
};

Reply Backend::createBook(Book b) {
  validate(b);
  Session s = pool_.get();
  Transaction tx(s);
  s << "INSERT INTO book(title, author) VALUES(?,?)", use(b.title), use(b.author), now;
  int id = 0;
  s << "SELECT last_insert_rowid()", into(id), now;
  for (int i = 0; i < b.copies; ++i)
    s << "INSERT INTO copy(book) VALUES(?)", use(id), now;
  tx.commit();
  publish("book", id);
  return Reply::ok(std::to_string(id));
}

Reply Backend::listBooks(int page) {
  Session s = pool_.get();
  int offset = page * 50;
  Statement st(s);
  st << "SELECT id, title FROM book ORDER BY title LIMIT 50 OFFSET ?", use(offset);
  st.execute();
  RecordSet rs(st);
  std::string out;
  for (bool more = rs.moveFirst(); more; more = rs.moveNext())
    out += rs["title"].convert<std::string>() + "\n";
  return Reply::ok(std::move(out));
}

Reply Backend::borrow(int book, int reader) {
  Session s = pool_.get();
  s.begin();
  int free = 0;
  s << "SELECT count(*) FROM copy WHERE book=? AND loan IS NULL", into(free), use(book), now;
  if (free == 0) {
    s.rollback();
    return Reply::error(409, "no copy");
  }
  s << "INSERT INTO loan(book, reader) VALUES(?,?)", use(book), use(reader), now;
  s << "UPDATE copy SET loan=last_insert_rowid() WHERE id=(SELECT min(id) FROM copy WHERE book=? AND loan IS NULL)", use(book), now;
  s.commit();
  return Reply::ok();
}

Reply Backend::giveBack(int book, int reader) {
  Session s = pool_.get();
  Transaction tx(s);
  try {
    s << "UPDATE loan SET returned=1 WHERE book=? AND reader=?", use(book), use(reader), now;
    s << "UPDATE copy SET loan=NULL WHERE book=?", use(book), now;
    tx.commit();
  } catch (const Poco::Exception& e) {
    log(e.displayText());
    return Reply::error(500, "not returned");
  }
  return Reply::ok();
}

Reply Backend::importBooks(std::vector<Book> books) {
  Session s = pool_.get();
  Transaction tx(s);
  std::string skipped;
  for (Book& b : books) {
    try {
      s << "INSERT INTO book(title, author) VALUES(?,?)", use(b.title), use(b.author), now;
      validate(b);
      s << "INSERT INTO copy(book) VALUES(last_insert_rowid())", now;
    } catch (const ValidationError& e) {  // expect: session-swallow-and-commit
      skipped += b.title + ": " + e.what() + "\n";
    }
  }
  tx.commit();
  return Reply::ok(std::move(skipped));
}

Reply Backend::removeReader(int reader) {
  pool_.get() << "DELETE FROM loan WHERE reader=?", use(reader), now;
  pool_.get() << "DELETE FROM reader WHERE id=?", use(reader), now;  // expect: session-split-unit-of-work
  publish("reader-removed", reader);
  return Reply::ok();
}

Reply Backend::payFine(int reader, int cents) {
  Session s = pool_.get();
  s.begin();
  s << "INSERT INTO payment(reader, cents) VALUES(?,?)", use(reader), use(cents), now;
  s.commit();
  s.begin();
  s << "UPDATE reader SET fine = fine - ? WHERE id=?", use(cents), use(reader), now;
  s.commit();  // expect: session-multiple-commits
  return Reply::ok();
}

Reply Backend::statistics() {
  int books = 0, readers = 0;
  {
    Session s = pool_.get();
    s << "SELECT count(*) FROM book", into(books), now;
  }
  {
    Session s = pool_.get();
    s << "SELECT count(*) FROM reader", into(readers), now;
  }
  return Reply::ok(std::to_string(books) + "/" + std::to_string(readers));
}

Reply Backend::reserve(int book, int reader) {
  std::unique_ptr<Transaction> tx;
  Session s = pool_.get();
  int waiting = 0;
  s << "SELECT count(*) FROM reservation WHERE book=?", into(waiting), use(book), now;
  if (waiting > 20) return Reply::error(429, "queue full");
  tx = std::make_unique<Transaction>(s);
  s << "INSERT INTO reservation(book, reader) VALUES(?,?)", use(book), use(reader), now;
  s << "UPDATE book SET wanted = wanted + 1 WHERE id=?", use(book), now;
  tx->commit();
  return Reply::ok(std::to_string(waiting + 1));
}

Reply Backend::moveShelf(int from, int to) {
  Session s = pool_.get();
  Transaction tx(s, true);
  s << "UPDATE book SET shelf=? WHERE shelf=?", use(to), use(from), now;
  int left = 0;
  s << "SELECT capacity - used FROM shelf WHERE id=?", into(left), use(to), now;
  if (left < 0) return Reply::error(409, "shelf too small");
  tx.commit();
  return Reply::ok();
}

Reply Backend::cleanup() {
  Session s = pool_.get();
  Transaction tx(s);  // expect: session-unfinished-transaction
  s << "DELETE FROM reservation WHERE until < date('now')", now;
  s << "DELETE FROM session_token WHERE expires < date('now')", now;
  int left = 0;
  s << "SELECT count(*) FROM reservation", into(left), now;
  log("cleanup leaves " + std::to_string(left));
  return Reply::ok(std::to_string(left));
}

Reply Backend::renameAuthor(std::string from, std::string to) {
  Session s = pool_.get();
  int changed = 0;
  struct Rename {
    std::string &from, &to;
    int& changed;
    void operator()(Session& session) const {
      session << "UPDATE book SET author=? WHERE author=?", use(to), use(from), now;
      session << "SELECT changes()", into(changed), now;
    }
  } job{from, to, changed};
  Transaction tx(s, job);
  return Reply::ok(std::to_string(changed));
}

Reply Backend::extend(int loan) {
  Session s = pool_.get();
  Transaction tx(s);
  int used = 0;
  s << "SELECT extensions FROM loan WHERE id=?", into(used), use(loan), now;
  if (used >= 3) {
    tx.rollback();
    return Reply::error(409, "no more extensions");
  }
  s << "UPDATE loan SET extensions = extensions + 1 WHERE id=?", use(loan), now;
  tx.commit();
  return Reply::ok();
}

Reply Backend::registerReader(std::string name, std::string mail) {
  Session s = pool_.get();
  int id = 0;
  try {
    Transaction tx(s);
    s << "INSERT INTO reader(name, mail) VALUES(?,?)", use(name), use(mail), now;
    s << "SELECT last_insert_rowid()", into(id), now;
    tx.commit();
  } catch (const Poco::Exception& e) {
    log("register: " + e.displayText());
    s << "SELECT id FROM reader WHERE mail=?", into(id), use(mail), now;
  }
  return id ? Reply::ok(std::to_string(id)) : Reply::error(500, "not registered");
}

Reply Backend::nightly() {
  Session s = pool_.get();
  const std::pair<const char*, const char*> jobs[] = {
      {"fines", "UPDATE reader SET fine = fine + 10 WHERE id IN (SELECT reader FROM loan WHERE due < date('now'))"},
      {"tokens", "DELETE FROM session_token"},
      {"search", "INSERT INTO book_fts(book_fts) VALUES('optimize')"},
  };
  int failed = 0;
  for (const auto& [name, sql] : jobs) {
    try {
      Transaction tx(s);
      s << sql, now;
      tx.commit();
    } catch (const Poco::Exception& e) {
      log(std::string(name) + ": " + e.displayText());
      ++failed;
    }
  }
  return failed ? Reply::error(500, std::to_string(failed)) : Reply::ok();
}

Reply Backend::setOption(std::string key, std::string value) {
  Session s = pool_.get();
  s << "INSERT OR REPLACE INTO option VALUES(?,?)", use(key), use(value), now;
  return Reply::ok();
}

Reply Backend::blockReader(int reader) {
  Session s = pool_.get();
  Transaction tx(s);
  s << "UPDATE reader SET blocked=1 WHERE id=?", use(reader), now;
  Session other = pool_.get();  // expect: session-split-unit-of-work
  other << "DELETE FROM reservation WHERE reader=?", use(reader), now;
  tx.commit();
  return Reply::ok();
}

Reply Backend::bulkCopies(const std::vector<int>& ids) {
  Session s = pool_.get();
  std::size_t done = 0;
  while (done < ids.size()) {
    s.begin();
    try {
      for (std::size_t n = 0; n < 100 && done + n < ids.size(); ++n) {
        int id = ids[done + n];
        s << "INSERT INTO copy(book) VALUES(?)", use(id), now;
      }
      s.commit();
    } catch (...) {
      s.rollback();
      throw;
    }
    done += 100;
  }
  return Reply::ok();
}

Reply Backend::auditAsync(int book) {
  std::thread([&pool = pool_, book]() mutable {
    try {
      Session own = pool.get();
      own << "INSERT INTO audit(book) VALUES(?)", use(book), now;
    } catch (const Poco::Exception& e) {
      log(e.displayText());
    }
  }).detach();
  return Reply::ok();
}

class Importer {
public:
  Importer(std::string connector, std::string source) : session_(std::move(connector), std::move(source)) {}

  void mergeAuthors(int keep, int gone);
  void recount();
  void relabel(std::string prefix);
  void exportLoans(std::ostream& out);
  void refresh(int book);

private:
  Session session_;
};

void Importer::mergeAuthors(int keep, int gone) {
  session_.begin();  // expect: session-missing-rollback
  session_ << "UPDATE book SET author_id=? WHERE author_id=?", use(keep), use(gone), now;
  session_ << "DELETE FROM author WHERE id=?", use(gone), now;
  session_.commit();
  log("merged " + std::to_string(gone));
}

void Importer::recount() {
  session_.begin();
  try {
    session_ << "UPDATE book SET copies=(SELECT count(*) FROM copy WHERE copy.book=book.id)", now;
    session_.commit();
  } catch (const Poco::Exception& e) {
    log(e.displayText());
    if (session_.isTransaction()) session_.rollback();
  }
}

void Importer::relabel(std::string prefix) {
  session_.begin();
  try {
    session_ << "UPDATE copy SET label = ? || id", use(prefix), now;
    session_.commit();
  } catch (const Poco::Data::DataException& e) {  // expect: session-missing-rollback
    log("relabel " + prefix + ": " + e.displayText());
  } catch (...) {
    session_.rollback();
    throw;
  }
}

void Importer::exportLoans(std::ostream& out) {
  RecordSet rs(session_, "SELECT book, reader FROM loan WHERE returned=0");
  for (auto it = rs.begin(); it != rs.end(); ++it) out << it->get(0).convert<std::string>() << '\n';
  Session fresh(session_.impl()->connectorName(), session_.impl()->connectionString());
  fresh << "INSERT INTO export_log VALUES(date('now'))", now;
}

void Importer::refresh(int book) {
  Session& s = session_;
  std::thread job([&s, book]() mutable {
    try {
      s << "UPDATE book SET refreshed=1 WHERE id=?", use(book), now;
    } catch (const Poco::Exception& e) {
      log(e.displayText());
    }
  });
  job.join();
  s << "UPDATE stats SET refreshes = refreshes + 1", now;
}

}  // namespace rest
