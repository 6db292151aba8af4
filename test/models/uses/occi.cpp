// What the model of this library is used for, one function per line of it (../ModelTests.cpp).
#include <occi.h>
template <class T> using T_ = T;
template <class T> void sink(T*);

void f1(oracle::occi::Environment* self) { sink(self); }
//= self : occi.environment parameter; escape self opaque; call throws?
void f2(oracle::occi::Environment& self) { [[maybe_unused]] auto&& r = self.createConnection(); }
//= self : occi.environment reference parameter; r : occi.connection; make r of self factory throws
void f3(oracle::occi::Environment& self, T_<oracle::occi::Connection *> a0) { self.terminateConnection(a0); }
//= self : occi.environment reference parameter; a0 : occi.connection parameter; close a0
void f4(oracle::occi::Environment& self) { [[maybe_unused]] auto&& r = self.createConnectionPool(); }
//= self : occi.environment reference parameter; r : occi.pool; make r of self factory throws
void f5(oracle::occi::Environment& self) { [[maybe_unused]] auto&& r = self.createStatelessConnectionPool(); }
//= self : occi.environment reference parameter; r : occi.pool; make r of self factory throws
void f6(oracle::occi::Environment& self, T_<oracle::occi::Connection *> a0) { self.terminateConnectionPool(a0); }
//= self : occi.environment reference parameter; a0 : occi.connection parameter; close a0
void f7(oracle::occi::Environment& self, T_<oracle::occi::Connection *> a0) { self.terminateStatelessConnectionPool(a0); }
//= self : occi.environment reference parameter; a0 : occi.connection parameter; close a0
void f8(oracle::occi::Environment& self) { self.getMap(); }
//= self : occi.environment reference parameter; harmless self
void f9(oracle::occi::Environment& self) { self.getCurrentHeapSize(); }
//= self : occi.environment reference parameter; harmless self
void f10(oracle::occi::Environment& self) { self.getLDAPHost(); }
//= self : occi.environment reference parameter; harmless self
void f11(oracle::occi::Environment& self) { self.setCacheMaxSize(); }
//= self : occi.environment reference parameter; harmless self
void f12(oracle::occi::Environment& self) { self.getCacheMaxSize(); }
//= self : occi.environment reference parameter; harmless self
void f13(oracle::occi::ConnectionPool* self) { sink(self); }
//= self : occi.pool parameter; escape self opaque; call throws?
void f14(oracle::occi::StatelessConnectionPool* self) { sink(self); }
//= self : occi.pool parameter; escape self opaque; call throws?
void f15(oracle::occi::ConnectionPool& self) { [[maybe_unused]] auto&& r = self.createConnection(); }
//= self : occi.pool reference parameter; r : occi.connection; make r of self leased throws
void f16(oracle::occi::ConnectionPool& self) { [[maybe_unused]] auto&& r = self.getConnection(); }
//= self : occi.pool reference parameter; r : occi.connection; make r of self leased throws
void f17(oracle::occi::ConnectionPool& self) { [[maybe_unused]] auto&& r = self.getAnyTaggedConnection(); }
//= self : occi.pool reference parameter; r : occi.connection; make r of self leased throws
void f18(oracle::occi::ConnectionPool& self, T_<oracle::occi::Connection *> a0) { self.terminateConnection(a0); }
//= self : occi.pool reference parameter; a0 : occi.connection parameter; giveback a0 on self
void f19(oracle::occi::ConnectionPool& self, T_<oracle::occi::Connection *> a0) { self.releaseConnection(a0); }
//= self : occi.pool reference parameter; a0 : occi.connection parameter; giveback a0 on self
void f20(oracle::occi::ConnectionPool& self) { self.getBusyConnections(); }
//= self : occi.pool reference parameter; harmless self
void f21(oracle::occi::ConnectionPool& self) { self.getOpenConnections(); }
//= self : occi.pool reference parameter; harmless self
void f22(oracle::occi::ConnectionPool& self) { self.getMaxConnections(); }
//= self : occi.pool reference parameter; harmless self
void f23(oracle::occi::ConnectionPool& self) { self.getMinConnections(); }
//= self : occi.pool reference parameter; harmless self
void f24(oracle::occi::ConnectionPool& self) { self.setTimeOut(); }
//= self : occi.pool reference parameter; harmless self
void f25(oracle::occi::Connection* self) { sink(self); }
//= self : occi.connection parameter; escape self opaque; call throws
void f26(oracle::occi::Connection& self) { self.commit(); }
//= self : occi.connection reference parameter; commit self throws
void f27(oracle::occi::Connection& self) { self.rollback(); }
//= self : occi.connection reference parameter; rollback self throws
void f28(oracle::occi::Connection& self) { [[maybe_unused]] auto&& r = self.createStatement("COMMIT"); }
//= self : occi.connection reference parameter; r : occi.statement; make r of self derived throws
void f29(oracle::occi::Connection& self, T_<oracle::occi::Connection *> a0) { self.terminateStatement(a0); }
//= self : occi.connection reference parameter; a0 : occi.connection parameter; close a0
void f30(oracle::occi::Connection& self) { self.getMetaData(); }
//= self : occi.connection reference parameter; use self read throws
void f31(oracle::occi::Connection& self) { self.changePassword(); }
//= self : occi.connection reference parameter; use self throws
void f32(oracle::occi::Connection& self) { self.setTag(); }
//= self : occi.connection reference parameter; use self throws
void f33(oracle::occi::Connection& self) { self.setModule(); }
//= self : occi.connection reference parameter; use self throws
void f34(oracle::occi::Connection& self) { self.setAction(); }
//= self : occi.connection reference parameter; use self throws
void f35(oracle::occi::Connection& self) { self.getClientCharSet(); }
//= self : occi.connection reference parameter; harmless self
void f36(oracle::occi::Connection& self) { self.getServerVersion(); }
//= self : occi.connection reference parameter; harmless self
void f37(oracle::occi::Connection& self) { self.getTag(); }
//= self : occi.connection reference parameter; harmless self
void f38(oracle::occi::Connection& self) { self.isCached(); }
//= self : occi.connection reference parameter; harmless self
void f39(oracle::occi::Statement* self) { sink(self); }
//= self : occi.statement parameter; escape self opaque; call throws?
void f40(oracle::occi::Statement& self) { self.execute(); }
//= self : occi.statement reference parameter; use self throws
void f41(oracle::occi::Statement& self) { self.execute("COMMIT"); }
//= self : occi.statement reference parameter; commit self throws
void f42(oracle::occi::Statement& self) { self.executeUpdate(); }
//= self : occi.statement reference parameter; use self throws
void f43(oracle::occi::Statement& self) { self.executeUpdate("COMMIT"); }
//= self : occi.statement reference parameter; commit self throws
void f44(oracle::occi::Statement& self) { [[maybe_unused]] auto&& r = self.executeQuery(); }
//= self : occi.statement reference parameter; r : occi.result; use self throws; make r of self derived throws
void f45(oracle::occi::Statement& self) { [[maybe_unused]] auto&& r = self.executeQuery("COMMIT"); }
//= self : occi.statement reference parameter; r : occi.result; commit self throws; make r of self derived throws
void f46(oracle::occi::Statement& self, T_<oracle::occi::Connection *> a0) { self.closeResultSet(a0); }
//= self : occi.statement reference parameter; a0 : occi.connection parameter; close a0
void f47(oracle::occi::Statement& self) { self.executeArrayUpdate(); }
//= self : occi.statement reference parameter; use self write throws
void f48(oracle::occi::Statement& self) { [[maybe_unused]] auto&& r = self.getResultSet(); }
//= self : occi.statement reference parameter; r : occi.result; make r of self derived throws
void f49(oracle::occi::Statement& self) { self.setSQL(); }
//= self : occi.statement reference parameter; use self throws
void f50(oracle::occi::Statement& self) { self.setInt(); }
//= self : occi.statement reference parameter; use self throws
void f51(oracle::occi::Statement& self) { self.setUInt(); }
//= self : occi.statement reference parameter; use self throws
void f52(oracle::occi::Statement& self) { self.setString(); }
//= self : occi.statement reference parameter; use self throws
void f53(oracle::occi::Statement& self) { self.setDouble(); }
//= self : occi.statement reference parameter; use self throws
void f54(oracle::occi::Statement& self) { self.setNull(); }
//= self : occi.statement reference parameter; use self throws
void f55(oracle::occi::Statement& self) { self.setDate(); }
//= self : occi.statement reference parameter; use self throws
void f56(oracle::occi::Statement& self) { self.setTimestamp(); }
//= self : occi.statement reference parameter; use self throws
void f57(oracle::occi::Statement& self) { self.setClob(); }
//= self : occi.statement reference parameter; use self throws
void f58(oracle::occi::Statement& self) { self.setBlob(); }
//= self : occi.statement reference parameter; use self throws
void f59(oracle::occi::Statement& self) { self.registerOutParam(); }
//= self : occi.statement reference parameter; use self throws
void f60(oracle::occi::Statement& self) { self.setMaxIterations(); }
//= self : occi.statement reference parameter; use self throws
void f61(oracle::occi::Statement& self) { self.addIteration(); }
//= self : occi.statement reference parameter; use self throws
void f62(oracle::occi::Statement& self) { self.setPrefetchRowCount(); }
//= self : occi.statement reference parameter; use self throws
void f63(oracle::occi::Statement& self) { self.getUpdateCount(); }
//= self : occi.statement reference parameter; use self read throws
void f64(oracle::occi::Statement& self) { self.getInt(); }
//= self : occi.statement reference parameter; use self read throws
void f65(oracle::occi::Statement& self) { self.getString(); }
//= self : occi.statement reference parameter; use self read throws
void f66(oracle::occi::Statement& self) { self.getDouble(); }
//= self : occi.statement reference parameter; use self read throws
void f67(oracle::occi::Statement& self) { self.isNull(); }
//= self : occi.statement reference parameter; use self read throws
void f68(oracle::occi::Statement& self) { self.status(); }
//= self : occi.statement reference parameter; use self read throws
void f69(oracle::occi::Statement& self) { self.setAutoCommit(); }
//= self : occi.statement reference parameter; harmless self
void f70(oracle::occi::Statement& self) { self.getAutoCommit(); }
//= self : occi.statement reference parameter; harmless self
void f71(oracle::occi::Statement& self) { self.getSQL(); }
//= self : occi.statement reference parameter; harmless self
void f72(oracle::occi::Statement& self) { self.getConnection(); }
//= self : occi.statement reference parameter; harmless self
void f73(oracle::occi::ResultSet* self) { sink(self); }
//= self : occi.result parameter; escape self opaque; call throws?
void f74(oracle::occi::ResultSet& self) { self.next(); }
//= self : occi.result reference parameter; use self read throws
void f75(oracle::occi::ResultSet& self) { self.getInt(); }
//= self : occi.result reference parameter; use self read throws
void f76(oracle::occi::ResultSet& self) { self.getUInt(); }
//= self : occi.result reference parameter; use self read throws
void f77(oracle::occi::ResultSet& self) { self.getString(); }
//= self : occi.result reference parameter; use self read throws
void f78(oracle::occi::ResultSet& self) { self.getDouble(); }
//= self : occi.result reference parameter; use self read throws
void f79(oracle::occi::ResultSet& self) { self.getFloat(); }
//= self : occi.result reference parameter; use self read throws
void f80(oracle::occi::ResultSet& self) { self.getNumber(); }
//= self : occi.result reference parameter; use self read throws
void f81(oracle::occi::ResultSet& self) { self.getDate(); }
//= self : occi.result reference parameter; use self read throws
void f82(oracle::occi::ResultSet& self) { self.getTimestamp(); }
//= self : occi.result reference parameter; use self read throws
void f83(oracle::occi::ResultSet& self) { self.getClob(); }
//= self : occi.result reference parameter; use self read throws
void f84(oracle::occi::ResultSet& self) { self.getBlob(); }
//= self : occi.result reference parameter; use self read throws
void f85(oracle::occi::ResultSet& self) { self.isNull(); }
//= self : occi.result reference parameter; use self read throws
void f86(oracle::occi::ResultSet& self) { self.status(); }
//= self : occi.result reference parameter; harmless self
void f87(oracle::occi::ResultSet& self) { self.isTruncated(); }
//= self : occi.result reference parameter; harmless self
void f88(oracle::occi::ResultSet& self) { self.setMaxColumnSize(); }
//= self : occi.result reference parameter; harmless self
void f89(oracle::occi::ResultSet& self) { self.getStatement(); }
//= self : occi.result reference parameter; harmless self
void f90(oracle::occi::ResultSet& self) { self.getNumArrayRows(); }
//= self : occi.result reference parameter; harmless self
void f91(oracle::occi::ResultSet& self) { self.cancel(); }
//= self : occi.result reference parameter; use self throws
void f92() { [[maybe_unused]] auto&& r = oracle::occi::Environment::createEnvironment(); }
//= r : occi.environment; make r factory throws
void f93(T_<oracle::occi::Connection *> a0) { oracle::occi::Environment::terminateEnvironment(a0); }
//= a0 : occi.connection parameter; close a0
