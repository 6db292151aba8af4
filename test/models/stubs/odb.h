// ODB in our own words: the classes and methods that its model speaks of, declared as in the headers
// <odb/*.hxx> of libodb 2.5, and of libodb-sqlite for the classes of a database.
#pragma once
#include <cstddef>
#include <string>

namespace odb {

class database;
class transaction_impl;
class tracer {};
class schema_version {};
class section {};

namespace details {
template <typename X>
class shared_ptr {
public:
  shared_ptr();
  explicit shared_ptr(X* object);
  shared_ptr(const shared_ptr&);
  ~shared_ptr();
  shared_ptr& operator=(const shared_ptr&);
  X& operator*() const;
  X* operator->() const;
  X* get() const;
  void reset(X* object = nullptr);
  X* release();
};
} // namespace details

template <typename T>
class query {
public:
  query(const char* condition);
};
template <typename T>
class prepared_query {};
template <typename T>
class result {};

class connection {
public:
  virtual ~connection();
  database& database();
  virtual transaction_impl* begin() = 0;
  unsigned long long execute(const char* statement);
  unsigned long long execute(const std::string& statement);
  virtual unsigned long long execute(const char* statement, std::size_t length) = 0;
  template <typename T>
  prepared_query<T> prepare_query(const char* name, const query<T>&);
  template <typename T>
  void cache_query(const prepared_query<T>&);
  template <typename T>
  prepared_query<T> lookup_query(const char* name);
  void tracer(odb::tracer&);
};
typedef details::shared_ptr<connection> connection_ptr;

class database {
public:
  virtual ~database();
  template <typename T>
  long persist(T& object);
  template <typename T>
  T* load(const long& id);
  template <typename T>
  void load(const long& id, T& object);
  template <typename T>
  void reload(T& object);
  template <typename T>
  T* find(const long& id);
  template <typename T>
  void update(T& object);
  template <typename T>
  void erase(const long& id);
  template <typename T>
  void erase(T& object);
  template <typename T>
  unsigned long long erase_query(const odb::query<T>&);
  template <typename T>
  result<T> query(const odb::query<T>&, bool cache = true);
  template <typename T>
  T* query_one(const odb::query<T>&);
  template <typename T>
  T query_value(const odb::query<T>&);
  template <typename T>
  prepared_query<T> prepare_query(const char* name, const odb::query<T>&);
  template <typename T>
  void cache_query(const prepared_query<T>&);
  template <typename T>
  prepared_query<T> lookup_query(const char* name);
  void query_factory(const char* name, void (*factory)(const char* name, odb::connection&));
  unsigned long long execute(const char* statement);
  unsigned long long execute(const std::string& statement);
  unsigned long long execute(const char* statement, std::size_t length);
  virtual transaction_impl* begin() = 0;
  connection_ptr connection();
  void tracer(odb::tracer&);
  odb::schema_version schema_version(const std::string& name = "") const;
  bool schema_migration(const std::string& name = "") const;
  int id() const;
};

class transaction {
public:
  explicit transaction(transaction_impl*, bool makeCurrent = true);
  transaction();
  transaction(const transaction&) = delete;
  ~transaction();
  void reset(transaction_impl*, bool makeCurrent = true);
  void commit();
  void rollback();
  odb::database& database();
  odb::connection& connection();
  bool finalized() const;
  static bool has_current();
  static transaction& current();
  static void current(transaction&);
  static void reset_current();
  void tracer(odb::tracer&);
  void callback_register(void (*callback)(unsigned short, void*, unsigned long long), void* key);
  void callback_unregister(void* key);
  void callback_update(void* key, unsigned short event);
  transaction_impl& implementation();
};

namespace sqlite {
class connection : public odb::connection {
public:
  odb::transaction_impl* begin() override;
  transaction_impl* begin_immediate();
  transaction_impl* begin_exclusive();
  using odb::connection::execute;
  unsigned long long execute(const char* statement, std::size_t length) override;
};
typedef details::shared_ptr<connection> connection_ptr;

class database : public odb::database {
public:
  explicit database(const std::string& name);
  odb::transaction_impl* begin() override;
  transaction_impl* begin_immediate();
  transaction_impl* begin_exclusive();
  connection_ptr connection();
};
} // namespace sqlite

} // namespace odb
