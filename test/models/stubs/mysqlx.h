// The names of mysqlx, after its documentation: just enough to compile one use of each.
#pragma once
#include <string>

namespace mysqlx { class Session; }
namespace mysqlx { class Client; }
namespace mysqlx { class Schema; }
namespace mysqlx { class Collection; }
namespace mysqlx { class Table; }
namespace mysqlx { class SqlStatement; }
namespace mysqlx { class CollectionFind; }
namespace mysqlx { class CollectionAdd; }
namespace mysqlx { class CollectionModify; }
namespace mysqlx { class CollectionRemove; }
namespace mysqlx { class TableSelect; }
namespace mysqlx { class TableInsert; }
namespace mysqlx { class TableUpdate; }
namespace mysqlx { class TableRemove; }
namespace mysqlx { class RowResult; }
namespace mysqlx { class SqlResult; }
namespace mysqlx { class DocResult; }
namespace mysqlx {
class Session {
public:
  Session();
  Session(const Session&);
  ~Session();
  void close();
  void startTransaction();
  void commit();
  void rollback();
  void setSavepoint();
  void releaseSavepoint();
  void rollbackTo();
  mysqlx::SqlStatement sql(const std::string& a0);
  mysqlx::Schema getSchema();
  mysqlx::Schema getDefaultSchema();
  mysqlx::Schema createSchema();
  void getSchemas();
  void getSchemaNames();
  void dropSchema();
  void getDefaultSchemaName();
};
}
namespace mysqlx {
class Client {
public:
  Client();
  Client(const Client&);
  ~Client();
  mysqlx::Session getSession();
  void close();
};
}
namespace mysqlx {
class Schema {
public:
  Schema();
  Schema(const Schema&);
  ~Schema();
  explicit Schema(mysqlx::Session& on);
  mysqlx::Schema getTable();
  mysqlx::Schema getCollection();
  mysqlx::Schema createCollection();
  mysqlx::Schema getCollectionAsTable();
  mysqlx::SqlStatement find();
  mysqlx::SqlStatement select();
  mysqlx::SqlStatement add();
  mysqlx::SqlStatement modify();
  mysqlx::SqlStatement remove();
  mysqlx::SqlStatement insert();
  mysqlx::SqlStatement update();
  void count();
  void existsInDatabase();
  void getTables();
  void getCollections();
  void getOne();
  void addOrReplaceOne();
  void replaceOne();
  void removeOne();
  void dropCollection();
  void createIndex();
  void dropIndex();
  void getName();
  void getSession();
  void getSchema();
};
}
namespace mysqlx {
class Collection {
public:
  Collection();
  Collection(const Collection&);
  ~Collection();
  explicit Collection(mysqlx::Session& on);
  mysqlx::Schema getTable();
  mysqlx::Schema getCollection();
  mysqlx::Schema createCollection();
  mysqlx::Schema getCollectionAsTable();
  mysqlx::SqlStatement find();
  mysqlx::SqlStatement select();
  mysqlx::SqlStatement add();
  mysqlx::SqlStatement modify();
  mysqlx::SqlStatement remove();
  mysqlx::SqlStatement insert();
  mysqlx::SqlStatement update();
  void count();
  void existsInDatabase();
  void getTables();
  void getCollections();
  void getOne();
  void addOrReplaceOne();
  void replaceOne();
  void removeOne();
  void dropCollection();
  void createIndex();
  void dropIndex();
  void getName();
  void getSession();
  void getSchema();
};
}
namespace mysqlx {
class Table {
public:
  Table();
  Table(const Table&);
  ~Table();
  explicit Table(mysqlx::Session& on);
  mysqlx::Schema getTable();
  mysqlx::Schema getCollection();
  mysqlx::Schema createCollection();
  mysqlx::Schema getCollectionAsTable();
  mysqlx::SqlStatement find();
  mysqlx::SqlStatement select();
  mysqlx::SqlStatement add();
  mysqlx::SqlStatement modify();
  mysqlx::SqlStatement remove();
  mysqlx::SqlStatement insert();
  mysqlx::SqlStatement update();
  void count();
  void existsInDatabase();
  void getTables();
  void getCollections();
  void getOne();
  void addOrReplaceOne();
  void replaceOne();
  void removeOne();
  void dropCollection();
  void createIndex();
  void dropIndex();
  void getName();
  void getSession();
  void getSchema();
};
}
namespace mysqlx {
class SqlStatement {
public:
  SqlStatement();
  SqlStatement(const SqlStatement&);
  ~SqlStatement();
  explicit SqlStatement(mysqlx::Session& on);
  void execute();
  void bind();
  void where();
  void limit();
  void offset();
  void orderBy();
  void sort();
  void values();
  void set();
  void fields();
  void having();
  void groupBy();
  void add();
  void unset();
  void lockExclusive();
  void lockShared();
};
}
namespace mysqlx {
class CollectionFind {
public:
  CollectionFind();
  CollectionFind(const CollectionFind&);
  ~CollectionFind();
  explicit CollectionFind(mysqlx::Session& on);
  void execute();
  void bind();
  void where();
  void limit();
  void offset();
  void orderBy();
  void sort();
  void values();
  void set();
  void fields();
  void having();
  void groupBy();
  void add();
  void unset();
  void lockExclusive();
  void lockShared();
};
}
namespace mysqlx {
class CollectionAdd {
public:
  CollectionAdd();
  CollectionAdd(const CollectionAdd&);
  ~CollectionAdd();
  explicit CollectionAdd(mysqlx::Session& on);
  void execute();
  void bind();
  void where();
  void limit();
  void offset();
  void orderBy();
  void sort();
  void values();
  void set();
  void fields();
  void having();
  void groupBy();
  void add();
  void unset();
  void lockExclusive();
  void lockShared();
};
}
namespace mysqlx {
class CollectionModify {
public:
  CollectionModify();
  CollectionModify(const CollectionModify&);
  ~CollectionModify();
  explicit CollectionModify(mysqlx::Session& on);
  void execute();
  void bind();
  void where();
  void limit();
  void offset();
  void orderBy();
  void sort();
  void values();
  void set();
  void fields();
  void having();
  void groupBy();
  void add();
  void unset();
  void lockExclusive();
  void lockShared();
};
}
namespace mysqlx {
class CollectionRemove {
public:
  CollectionRemove();
  CollectionRemove(const CollectionRemove&);
  ~CollectionRemove();
  explicit CollectionRemove(mysqlx::Session& on);
  void execute();
  void bind();
  void where();
  void limit();
  void offset();
  void orderBy();
  void sort();
  void values();
  void set();
  void fields();
  void having();
  void groupBy();
  void add();
  void unset();
  void lockExclusive();
  void lockShared();
};
}
namespace mysqlx {
class TableSelect {
public:
  TableSelect();
  TableSelect(const TableSelect&);
  ~TableSelect();
  explicit TableSelect(mysqlx::Session& on);
  void execute();
  void bind();
  void where();
  void limit();
  void offset();
  void orderBy();
  void sort();
  void values();
  void set();
  void fields();
  void having();
  void groupBy();
  void add();
  void unset();
  void lockExclusive();
  void lockShared();
};
}
namespace mysqlx {
class TableInsert {
public:
  TableInsert();
  TableInsert(const TableInsert&);
  ~TableInsert();
  explicit TableInsert(mysqlx::Session& on);
  void execute();
  void bind();
  void where();
  void limit();
  void offset();
  void orderBy();
  void sort();
  void values();
  void set();
  void fields();
  void having();
  void groupBy();
  void add();
  void unset();
  void lockExclusive();
  void lockShared();
};
}
namespace mysqlx {
class TableUpdate {
public:
  TableUpdate();
  TableUpdate(const TableUpdate&);
  ~TableUpdate();
  explicit TableUpdate(mysqlx::Session& on);
  void execute();
  void bind();
  void where();
  void limit();
  void offset();
  void orderBy();
  void sort();
  void values();
  void set();
  void fields();
  void having();
  void groupBy();
  void add();
  void unset();
  void lockExclusive();
  void lockShared();
};
}
namespace mysqlx {
class TableRemove {
public:
  TableRemove();
  TableRemove(const TableRemove&);
  ~TableRemove();
  explicit TableRemove(mysqlx::Session& on);
  void execute();
  void bind();
  void where();
  void limit();
  void offset();
  void orderBy();
  void sort();
  void values();
  void set();
  void fields();
  void having();
  void groupBy();
  void add();
  void unset();
  void lockExclusive();
  void lockShared();
};
}
namespace mysqlx {
class RowResult {
public:
  RowResult();
  RowResult(const RowResult&);
  ~RowResult();
  explicit RowResult(mysqlx::Session& on);
  void fetchOne();
  void fetchAll();
  void nextResult();
  void count();
  void hasData();
  void getColumns();
  void getColumn();
  void getColumnCount();
  void getWarnings();
  void getWarningsCount();
  void getAffectedItemsCount();
  void getAutoIncrementValue();
};
}
namespace mysqlx {
class SqlResult {
public:
  SqlResult();
  SqlResult(const SqlResult&);
  ~SqlResult();
  explicit SqlResult(mysqlx::Session& on);
  void fetchOne();
  void fetchAll();
  void nextResult();
  void count();
  void hasData();
  void getColumns();
  void getColumn();
  void getColumnCount();
  void getWarnings();
  void getWarningsCount();
  void getAffectedItemsCount();
  void getAutoIncrementValue();
};
}
namespace mysqlx {
class DocResult {
public:
  DocResult();
  DocResult(const DocResult&);
  ~DocResult();
  explicit DocResult(mysqlx::Session& on);
  void fetchOne();
  void fetchAll();
  void nextResult();
  void count();
  void hasData();
  void getColumns();
  void getColumn();
  void getColumnCount();
  void getWarnings();
  void getWarningsCount();
  void getAffectedItemsCount();
  void getAutoIncrementValue();
};
}
namespace mysqlx { mysqlx::Session getSession(); }
namespace mysqlx { mysqlx::Client getClient(); }
