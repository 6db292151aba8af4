// The names of occi, after its documentation: just enough to compile one use of each.
#pragma once
#include <string>

namespace oracle::occi { class Environment; }
namespace oracle::occi { class ConnectionPool; }
namespace oracle::occi { class StatelessConnectionPool; }
namespace oracle::occi { class Connection; }
namespace oracle::occi { class Statement; }
namespace oracle::occi { class ResultSet; }
namespace oracle::occi {
class Environment {
public:
  Environment();
  Environment(const Environment&);
  ~Environment();
  oracle::occi::Connection* createConnection();
  void terminateConnection(oracle::occi::Connection* a0);
  oracle::occi::ConnectionPool* createConnectionPool();
  oracle::occi::ConnectionPool* createStatelessConnectionPool();
  void terminateConnectionPool(oracle::occi::Connection* a0);
  void terminateStatelessConnectionPool(oracle::occi::Connection* a0);
  void getMap();
  void getCurrentHeapSize();
  void getLDAPHost();
  void setCacheMaxSize();
  void getCacheMaxSize();
  static oracle::occi::Environment* createEnvironment();
  static void terminateEnvironment(oracle::occi::Connection* a0);
};
}
namespace oracle::occi {
class ConnectionPool {
public:
  ConnectionPool();
  ConnectionPool(const ConnectionPool&);
  ~ConnectionPool();
  oracle::occi::Connection* createConnection();
  oracle::occi::Connection* getConnection();
  oracle::occi::Connection* getAnyTaggedConnection();
  void terminateConnection(oracle::occi::Connection* a0);
  void releaseConnection(oracle::occi::Connection* a0);
  void getBusyConnections();
  void getOpenConnections();
  void getMaxConnections();
  void getMinConnections();
  void setTimeOut();
};
}
namespace oracle::occi {
class StatelessConnectionPool {
public:
  StatelessConnectionPool();
  StatelessConnectionPool(const StatelessConnectionPool&);
  ~StatelessConnectionPool();
  oracle::occi::Connection* createConnection();
  oracle::occi::Connection* getConnection();
  oracle::occi::Connection* getAnyTaggedConnection();
  void terminateConnection(oracle::occi::Connection* a0);
  void releaseConnection(oracle::occi::Connection* a0);
  void getBusyConnections();
  void getOpenConnections();
  void getMaxConnections();
  void getMinConnections();
  void setTimeOut();
};
}
namespace oracle::occi {
class Connection {
public:
  Connection();
  Connection(const Connection&);
  ~Connection();
  void commit();
  void rollback();
  oracle::occi::Statement* createStatement(const std::string& a0);
  void terminateStatement(oracle::occi::Connection* a0);
  void getMetaData();
  void changePassword();
  void setTag();
  void setModule();
  void setAction();
  void getClientCharSet();
  void getServerVersion();
  void getTag();
  void isCached();
};
}
namespace oracle::occi {
class Statement {
public:
  Statement();
  Statement(const Statement&);
  ~Statement();
  explicit Statement(oracle::occi::Connection& on);
  void execute();
  void execute(const std::string& a0);
  void executeUpdate();
  void executeUpdate(const std::string& a0);
  oracle::occi::ResultSet* executeQuery();
  oracle::occi::ResultSet* executeQuery(const std::string& a0);
  void closeResultSet(oracle::occi::Connection* a0);
  void executeArrayUpdate();
  oracle::occi::ResultSet* getResultSet();
  void setSQL();
  void setInt();
  void setUInt();
  void setString();
  void setDouble();
  void setNull();
  void setDate();
  void setTimestamp();
  void setClob();
  void setBlob();
  void registerOutParam();
  void setMaxIterations();
  void addIteration();
  void setPrefetchRowCount();
  void getUpdateCount();
  void getInt();
  void getString();
  void getDouble();
  void isNull();
  void status();
  void setAutoCommit();
  void getAutoCommit();
  void getSQL();
  void getConnection();
};
}
namespace oracle::occi {
class ResultSet {
public:
  ResultSet();
  ResultSet(const ResultSet&);
  ~ResultSet();
  explicit ResultSet(oracle::occi::Connection& on);
  void next();
  void getInt();
  void getUInt();
  void getString();
  void getDouble();
  void getFloat();
  void getNumber();
  void getDate();
  void getTimestamp();
  void getClob();
  void getBlob();
  void isNull();
  void status();
  void isTruncated();
  void setMaxColumnSize();
  void getStatement();
  void getNumArrayRows();
  void cancel();
};
}
