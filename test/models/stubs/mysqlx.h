// The X DevAPI of MySQL Connector/C++ in our own words: the classes and methods that its model
// speaks of, declared as in its header <mysqlx/xdevapi.h> (8.x and 9.x).
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace mysqlx {
inline namespace abi2 {
inline namespace r0 {

using std::string;
class Session;
class Schema;
class Collection;
class Table;

class Value {
public:
  Value(int);
  Value(const char*);
};
class DbDoc {
public:
  DbDoc(const string& json);
};
class Row {
public:
  Value operator[](unsigned pos);
};
class Columns {};
class Column {};

class Result {
public:
  unsigned getWarningsCount() const;
  std::vector<string> getWarnings();
  std::uint64_t getAffectedItemsCount() const;
  std::uint64_t getAutoIncrementValue() const;
};

class RowResult {
public:
  RowResult();
  RowResult(RowResult&&);
  RowResult(const RowResult&) = delete;
  ~RowResult();
  unsigned getWarningsCount() const;
  std::vector<string> getWarnings();
  std::uint64_t getAffectedItemsCount() const;
  unsigned getColumnCount() const;
  const Column& getColumn(unsigned pos) const;
  const Columns& getColumns() const;
  Row fetchOne();
  std::vector<Row> fetchAll();
  std::uint64_t count();
};

class SqlResult : public RowResult {
public:
  SqlResult();
  SqlResult(SqlResult&&);
  bool hasData() const;
  bool nextResult();
  std::uint64_t getAutoIncrementValue();
};

class DocResult {
public:
  DocResult();
  DocResult(DocResult&&);
  ~DocResult();
  DbDoc fetchOne();
  std::vector<DbDoc> fetchAll();
  std::uint64_t count();
};

namespace internal {
/// What all statements have, and each gets by templates of its own.
template <class Result, class Statement>
class Executable {
public:
  Executable(const Executable&);
  Executable(Executable&&);
  ~Executable();
  Result execute();
  Statement& limit(unsigned items);
  Statement& bind(const string& parameter, const Value& value);
};
} // namespace internal

class SqlStatement {
public:
  SqlStatement(SqlStatement&&);
  ~SqlStatement();
  template <typename... Types>
  SqlStatement& bind(Types&&... values);
  SqlResult execute();
};

class CollectionFind : public internal::Executable<DocResult, CollectionFind> {
public:
  CollectionFind& offset(unsigned rows);
  template <typename... Type>
  CollectionFind& sort(Type... spec);
  template <typename... Expr>
  CollectionFind& fields(Expr... projection);
  CollectionFind& having(const string& spec);
  template <typename... Expr>
  CollectionFind& groupBy(Expr... spec);
  CollectionFind& lockShared();
  CollectionFind& lockExclusive();
};

class CollectionAdd : public internal::Executable<Result, CollectionAdd> {
public:
  template <typename... Types>
  CollectionAdd& add(const Types&... documents);
};

class CollectionModify : public internal::Executable<Result, CollectionModify> {
public:
  CollectionModify& set(const string& field, const Value& value);
  CollectionModify& unset(const string& field);
  CollectionModify& arrayInsert(const string& field, const Value& value);
  CollectionModify& arrayAppend(const string& field, const Value& value);
  CollectionModify& patch(const string& value);
};

class CollectionRemove : public internal::Executable<Result, CollectionRemove> {};

class TableSelect : public internal::Executable<RowResult, TableSelect> {
public:
  TableSelect& where(const string& condition);
  template <typename... Type>
  TableSelect& orderBy(Type... spec);
};

class TableInsert : public internal::Executable<Result, TableInsert> {
public:
  template <typename... Types>
  TableInsert& values(Types... values);
  template <typename Container>
  TableInsert& rows(const Container& rows);
};

class TableUpdate : public internal::Executable<Result, TableUpdate> {
public:
  TableUpdate& set(const string& field, const Value& value);
  TableUpdate& where(const string& condition);
};

class TableRemove : public internal::Executable<Result, TableRemove> {
public:
  TableRemove& where(const string& condition);
};

class Schema {
public:
  Schema(Session& session, const string& name);
  const string& getName() const;
  Session& getSession();
  bool existsInDatabase() const;
  Collection createCollection(const string& name);
  template <typename... Rest>
  void modifyCollection(const string& name, Rest&&... options);
  Collection getCollection(const string& name, bool check = false);
  Table getTable(const string& name, bool check = false);
  std::vector<Collection> getCollections();
  std::vector<string> getCollectionNames();
  std::vector<Table> getTables();
  std::vector<string> getTableNames();
  Table getCollectionAsTable(const string& name, bool check = true);
  void dropCollection(const string& name);
};

class Collection {
public:
  Collection(const Schema& schema, const string& name);
  const string& getName() const;
  Session& getSession();
  const Schema& getSchema() const;
  bool existsInDatabase() const;
  std::uint64_t count();
  CollectionFind find();
  CollectionFind find(const string& condition);
  template <typename... Types>
  CollectionAdd add(Types... documents);
  CollectionRemove remove(const string& condition);
  CollectionModify modify(const string& condition);
  DbDoc getOne(const string& id);
  Result removeOne(const string& id);
  Result replaceOne(const string& id, Value&& document);
  Result addOrReplaceOne(const string& id, Value&& document);
  void createIndex(const string& name, const string& spec);
  void dropIndex(const string& name);
};

class Table {
public:
  Table(const Schema& schema, const string& name);
  const string& getName() const;
  Session& getSession();
  const Schema& getSchema() const;
  bool existsInDatabase() const;
  bool isView();
  std::uint64_t count();
  TableInsert insert();
  template <class... T>
  TableInsert insert(const T&... columns);
  template <typename... Projection>
  TableSelect select(const Projection&... projection);
  TableRemove remove();
  TableUpdate update();
};

class SessionSettings {
public:
  SessionSettings(const string& uri);
};
class ClientSettings {
public:
  ClientSettings(const string& uri);
};
class Client;

class Session {
public:
  Session(SessionSettings settings);
  template <typename... T>
  Session(T... options);
  Session(Session&&);
  Session(Client& client);
  ~Session();
  Schema createSchema(const string& name, bool reuse = false);
  Schema getSchema(const string& name, bool check = false);
  Schema getDefaultSchema();
  string getDefaultSchemaName();
  std::vector<Schema> getSchemas();
  void dropSchema(const string& name);
  SqlStatement sql(const string& query);
  void startTransaction();
  void commit();
  void rollback();
  string setSavepoint();
  string setSavepoint(const string& name);
  void releaseSavepoint(const string& name);
  void rollbackTo(const string& name);
  void close();
};

class Client {
public:
  Client(ClientSettings settings);
  Client(Client&&);
  ~Client();
  Session getSession();
  void close();
};

template <class... P>
Session getSession(P... parameters);
template <class... P>
Client getClient(P... parameters);

} // namespace r0
} // namespace abi2
} // namespace mysqlx
