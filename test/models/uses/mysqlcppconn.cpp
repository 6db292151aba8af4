// What the model of this library is used for, one function per line of it (../ModelTests.cpp).
#include <cppconn/driver.h>
#include <cppconn/connection.h>
#include <cppconn/statement.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <mysql_driver.h>
#include <mysql_connection.h>
template <class T> using T_ = T;
template <class T> void sink(T*);

void f1(sql::Driver* self) { sink(self); }
//= self : mysqlcppconn.driver parameter; escape self opaque; call throws?
void f2(sql::mysql::MySQL_Driver* self) { sink(self); }
//= self : mysqlcppconn.driver parameter; escape self opaque; call throws?
void f3(sql::Driver& self, T_<std::map<sql::SQLString, sql::Variant> &> a0) { [[maybe_unused]] auto&& r = self.connect(a0); }
//= self : mysqlcppconn.driver reference parameter; r : mysqlcppconn.connection; make r factory throws
void f4(sql::Driver& self) { [[maybe_unused]] auto&& r = self.getName(); }
//= self : mysqlcppconn.driver reference parameter; harmless self
void f5(sql::Driver& self) { [[maybe_unused]] auto&& r = self.getMajorVersion(); }
//= self : mysqlcppconn.driver reference parameter; havoc #0; harmless self
void f6(sql::Driver& self) { [[maybe_unused]] auto&& r = self.getMinorVersion(); }
//= self : mysqlcppconn.driver reference parameter; havoc #0; harmless self
void f7(sql::Driver& self) { [[maybe_unused]] auto&& r = self.getPatchVersion(); }
//= self : mysqlcppconn.driver reference parameter; havoc #0; harmless self
void f8(sql::Driver& self) { self.threadInit(); }
//= self : mysqlcppconn.driver reference parameter; harmless self
void f9(sql::Driver& self) { self.threadEnd(); }
//= self : mysqlcppconn.driver reference parameter; harmless self
void f10(sql::Connection* self) { sink(self); }
//= self : mysqlcppconn.connection parameter; escape self opaque; call throws
void f11(sql::mysql::MySQL_Connection* self) { sink(self); }
//= self : mysqlcppconn.connection parameter; escape self opaque; call throws
void f12(sql::Connection& self) { self.close(); }
//= self : mysqlcppconn.connection reference parameter; close self
void f13(sql::Connection& self) { [[maybe_unused]] auto&& r = self.reconnect(); }
//= self : mysqlcppconn.connection reference parameter; havoc #0; open self throws
void f14(sql::Connection& self) { self.setAutoCommit(false); }
//= self : mysqlcppconn.connection reference parameter; begin self throws
void f15(sql::Connection& self, T_<bool> a0) { self.setAutoCommit(a0); }
//= self : mysqlcppconn.connection reference parameter; use self throws
void f16(sql::Connection& self) { self.commit(); }
//= self : mysqlcppconn.connection reference parameter; commit self throws
void f17(sql::Connection& self) { self.rollback(); }
//= self : mysqlcppconn.connection reference parameter; rollback self throws
void f18(sql::Connection& self, T_<sql::Savepoint *> a0) { self.rollback(a0); }
//= self : mysqlcppconn.connection reference parameter; rollback-to-savepoint self throws
void f19(sql::Connection& self) { [[maybe_unused]] auto&& r = self.setSavepoint(); }
//= self : mysqlcppconn.connection reference parameter; havoc #0; savepoint self throws
void f20(sql::Connection& self, T_<sql::Savepoint *> a0) { self.releaseSavepoint(a0); }
//= self : mysqlcppconn.connection reference parameter; release-savepoint self throws
void f21(sql::Connection& self) { [[maybe_unused]] auto&& r = self.createStatement(); }
//= self : mysqlcppconn.connection reference parameter; r : mysqlcppconn.statement; make r of self derived throws
void f22(sql::Connection& self) { [[maybe_unused]] auto&& r = self.prepareStatement("COMMIT"); }
//= self : mysqlcppconn.connection reference parameter; r : mysqlcppconn.prepared-statement; make r of self derived throws
void f23(sql::Connection& self, T_<const sql::SQLString &> a0) { self.setCatalog(a0); }
//= self : mysqlcppconn.connection reference parameter; use self throws
void f24(sql::Connection& self, T_<const sql::SQLString &> a0) { self.setSchema(a0); }
//= self : mysqlcppconn.connection reference parameter; use self throws
void f25(sql::Connection& self, T_<sql::transaction_isolation> a0) { self.setTransactionIsolation(a0); }
//= self : mysqlcppconn.connection reference parameter; use self throws
void f26(sql::Connection& self, T_<bool> a0) { self.setReadOnly(a0); }
//= self : mysqlcppconn.connection reference parameter; use self throws
void f27(sql::Connection& self, T_<const sql::SQLString &> a0, T_<const void *> a1) { [[maybe_unused]] auto&& r = self.setClientOption(a0, a1); }
//= self : mysqlcppconn.connection reference parameter; r : mysqlcppconn.connection global found; use self throws
void f28(sql::Connection& self) { [[maybe_unused]] auto&& r = self.getCatalog(); }
//= self : mysqlcppconn.connection reference parameter; use self read throws
void f29(sql::Connection& self) { [[maybe_unused]] auto&& r = self.getSchema(); }
//= self : mysqlcppconn.connection reference parameter; use self read throws
void f30(sql::Connection& self) { [[maybe_unused]] auto&& r = self.getMetaData(); }
//= self : mysqlcppconn.connection reference parameter; havoc #0; use self read throws
void f31(sql::Connection& self) { [[maybe_unused]] auto&& r = self.isClosed(); }
//= self : mysqlcppconn.connection reference parameter; havoc #0; harmless self
void f32(sql::Connection& self) { [[maybe_unused]] auto&& r = self.isValid(); }
//= self : mysqlcppconn.connection reference parameter; havoc #0; harmless self
void f33(sql::Connection& self) { [[maybe_unused]] auto&& r = self.isReadOnly(); }
//= self : mysqlcppconn.connection reference parameter; havoc #0; harmless self
void f34(sql::Connection& self) { [[maybe_unused]] auto&& r = self.getAutoCommit(); }
//= self : mysqlcppconn.connection reference parameter; havoc #0; harmless self -> #0
void f35(sql::Connection& self) { [[maybe_unused]] auto&& r = self.getDriver(); }
//= self : mysqlcppconn.connection reference parameter; r : mysqlcppconn.driver global found; harmless self
void f36(sql::Connection& self) { [[maybe_unused]] auto&& r = self.getWarnings(); }
//= self : mysqlcppconn.connection reference parameter; havoc #0; harmless self
void f37(sql::Connection& self) { self.clearWarnings(); }
//= self : mysqlcppconn.connection reference parameter; harmless self
void f38(sql::Connection& self, T_<const sql::SQLString &> a0) { [[maybe_unused]] auto&& r = self.nativeSQL(a0); }
//= self : mysqlcppconn.connection reference parameter; harmless self
void f39(sql::Connection& self) { [[maybe_unused]] auto&& r = self.getClientInfo(); }
//= self : mysqlcppconn.connection reference parameter; harmless self
void f40(sql::Connection& self, T_<const sql::SQLString &> a0) { [[maybe_unused]] auto&& r = self.getClientOption(a0); }
//= self : mysqlcppconn.connection reference parameter; harmless self
void f41(sql::Connection& self) { [[maybe_unused]] auto&& r = self.getTransactionIsolation(); }
//= self : mysqlcppconn.connection reference parameter; havoc #0; harmless self
void f42(sql::Connection& self, T_<int> a0) { self.setHoldability(a0); }
//= self : mysqlcppconn.connection reference parameter; harmless self
void f43(sql::mysql::MySQL_Connection& self, T_<const sql::SQLString &> a0) { [[maybe_unused]] auto&& r = self.getSessionVariable(a0); }
//= self : mysqlcppconn.connection reference parameter; harmless self
void f44(sql::Statement* self) { sink(self); }
//= self : mysqlcppconn.statement parameter; escape self opaque; call throws?
void f45(sql::Statement& self) { [[maybe_unused]] auto&& r = self.execute("COMMIT"); }
//= self : mysqlcppconn.statement reference parameter; havoc #0; commit self throws
void f46(sql::Statement& self) { [[maybe_unused]] auto&& r = self.executeUpdate("COMMIT"); }
//= self : mysqlcppconn.statement reference parameter; havoc #0; commit self throws
void f47(sql::Statement& self) { [[maybe_unused]] auto&& r = self.executeQuery("COMMIT"); }
//= self : mysqlcppconn.statement reference parameter; r : mysqlcppconn.result; commit self throws; make r of self derived throws
void f48(sql::Statement& self) { [[maybe_unused]] auto&& r = self.getResultSet(); }
//= self : mysqlcppconn.statement reference parameter; r : mysqlcppconn.result; make r of self derived throws
void f49(sql::Statement& self) { [[maybe_unused]] auto&& r = self.getMoreResults(); }
//= self : mysqlcppconn.statement reference parameter; havoc #0; use self read throws
void f50(sql::Statement& self) { [[maybe_unused]] auto&& r = self.getUpdateCount(); }
//= self : mysqlcppconn.statement reference parameter; havoc #0; use self read throws
void f51(sql::Statement& self) { self.close(); }
//= self : mysqlcppconn.statement reference parameter; close self
void f52(sql::Statement& self) { [[maybe_unused]] auto&& r = self.getConnection(); }
//= self : mysqlcppconn.statement reference parameter; r : mysqlcppconn.connection global found; harmless self
void f53(sql::Statement& self) { self.cancel(); }
//= self : mysqlcppconn.statement reference parameter; harmless self
void f54(sql::Statement& self) { self.clearWarnings(); }
//= self : mysqlcppconn.statement reference parameter; harmless self
void f55(sql::Statement& self) { [[maybe_unused]] auto&& r = self.getWarnings(); }
//= self : mysqlcppconn.statement reference parameter; havoc #0; harmless self
void f56(sql::Statement& self, T_<sql::ResultSet::enum_type> a0) { [[maybe_unused]] auto&& r = self.setResultSetType(a0); }
//= self : mysqlcppconn.statement reference parameter; r : mysqlcppconn.statement; harmless self; make r of self derived
void f57(sql::Statement& self) { [[maybe_unused]] auto&& r = self.getResultSetType(); }
//= self : mysqlcppconn.statement reference parameter; havoc #0; harmless self
void f58(sql::Statement& self, T_<unsigned long> a0) { self.setFetchSize(a0); }
//= self : mysqlcppconn.statement reference parameter; harmless self
void f59(sql::Statement& self) { [[maybe_unused]] auto&& r = self.getFetchSize(); }
//= self : mysqlcppconn.statement reference parameter; havoc #0; harmless self
void f60(sql::Statement& self, T_<unsigned int> a0) { self.setMaxRows(a0); }
//= self : mysqlcppconn.statement reference parameter; harmless self
void f61(sql::Statement& self) { [[maybe_unused]] auto&& r = self.getMaxRows(); }
//= self : mysqlcppconn.statement reference parameter; havoc #0; harmless self
void f62(sql::Statement& self, T_<unsigned int> a0) { self.setQueryTimeout(a0); }
//= self : mysqlcppconn.statement reference parameter; harmless self
void f63(sql::Statement& self) { [[maybe_unused]] auto&& r = self.getQueryTimeout(); }
//= self : mysqlcppconn.statement reference parameter; havoc #0; harmless self
void f64(sql::Statement& self, T_<const sql::SQLString &> a0) { self.setCursorName(a0); }
//= self : mysqlcppconn.statement reference parameter; harmless self
void f65(sql::Statement& self, T_<bool> a0) { self.setEscapeProcessing(a0); }
//= self : mysqlcppconn.statement reference parameter; harmless self
void f66(sql::Statement& self, T_<unsigned int> a0) { self.setMaxFieldSize(a0); }
//= self : mysqlcppconn.statement reference parameter; harmless self
void f67(sql::Statement& self) { [[maybe_unused]] auto&& r = self.getMaxFieldSize(); }
//= self : mysqlcppconn.statement reference parameter; havoc #0; harmless self
void f68(sql::PreparedStatement* self) { sink(self); }
//= self : mysqlcppconn.prepared-statement parameter; escape self opaque; call throws?
void f69(sql::PreparedStatement& self) { [[maybe_unused]] auto&& r = self.execute(); }
//= self : mysqlcppconn.prepared-statement reference parameter; havoc #0; use self throws
void f70(sql::PreparedStatement& self) { [[maybe_unused]] auto&& r = self.execute("COMMIT"); }
//= self : mysqlcppconn.prepared-statement reference parameter; havoc #0; commit self throws
void f71(sql::PreparedStatement& self) { [[maybe_unused]] auto&& r = self.executeUpdate(); }
//= self : mysqlcppconn.prepared-statement reference parameter; havoc #0; use self throws
void f72(sql::PreparedStatement& self) { [[maybe_unused]] auto&& r = self.executeUpdate("COMMIT"); }
//= self : mysqlcppconn.prepared-statement reference parameter; havoc #0; commit self throws
void f73(sql::PreparedStatement& self) { [[maybe_unused]] auto&& r = self.executeQuery(); }
//= self : mysqlcppconn.prepared-statement reference parameter; r : mysqlcppconn.result; use self throws; make r of self derived throws
void f74(sql::PreparedStatement& self) { [[maybe_unused]] auto&& r = self.executeQuery("COMMIT"); }
//= self : mysqlcppconn.prepared-statement reference parameter; r : mysqlcppconn.result; commit self throws; make r of self derived throws
void f75(sql::PreparedStatement& self, T_<unsigned int> a0, T_<int> a1) { self.setInt(a0, a1); }
//= self : mysqlcppconn.prepared-statement reference parameter; use self throws
void f76(sql::PreparedStatement& self, T_<unsigned int> a0, T_<unsigned int> a1) { self.setUInt(a0, a1); }
//= self : mysqlcppconn.prepared-statement reference parameter; use self throws
void f77(sql::PreparedStatement& self, T_<unsigned int> a0, T_<long> a1) { self.setInt64(a0, a1); }
//= self : mysqlcppconn.prepared-statement reference parameter; use self throws
void f78(sql::PreparedStatement& self, T_<unsigned int> a0, T_<unsigned long> a1) { self.setUInt64(a0, a1); }
//= self : mysqlcppconn.prepared-statement reference parameter; use self throws
void f79(sql::PreparedStatement& self, T_<unsigned int> a0, T_<const sql::SQLString &> a1) { self.setBigInt(a0, a1); }
//= self : mysqlcppconn.prepared-statement reference parameter; use self throws
void f80(sql::PreparedStatement& self, T_<unsigned int> a0, T_<const sql::SQLString &> a1) { self.setString(a0, a1); }
//= self : mysqlcppconn.prepared-statement reference parameter; use self throws
void f81(sql::PreparedStatement& self, T_<unsigned int> a0, T_<double> a1) { self.setDouble(a0, a1); }
//= self : mysqlcppconn.prepared-statement reference parameter; use self throws
void f82(sql::PreparedStatement& self, T_<unsigned int> a0, T_<bool> a1) { self.setBoolean(a0, a1); }
//= self : mysqlcppconn.prepared-statement reference parameter; use self throws
void f83(sql::PreparedStatement& self, T_<unsigned int> a0, T_<std::basic_istream<char> *> a1) { self.setBlob(a0, a1); }
//= self : mysqlcppconn.prepared-statement reference parameter; use self throws
void f84(sql::PreparedStatement& self, T_<unsigned int> a0, T_<int> a1) { self.setNull(a0, a1); }
//= self : mysqlcppconn.prepared-statement reference parameter; use self throws
void f85(sql::PreparedStatement& self, T_<unsigned int> a0, T_<const sql::SQLString &> a1) { self.setDateTime(a0, a1); }
//= self : mysqlcppconn.prepared-statement reference parameter; use self throws
void f86(sql::PreparedStatement& self) { self.clearParameters(); }
//= self : mysqlcppconn.prepared-statement reference parameter; use self throws
void f87(sql::PreparedStatement& self) { [[maybe_unused]] auto&& r = self.getMetaData(); }
//= self : mysqlcppconn.prepared-statement reference parameter; havoc #0; harmless self
void f88(sql::PreparedStatement& self) { [[maybe_unused]] auto&& r = self.getParameterMetaData(); }
//= self : mysqlcppconn.prepared-statement reference parameter; havoc #0; harmless self
void f89(sql::ResultSet* self) { sink(self); }
//= self : mysqlcppconn.result parameter; escape self opaque; call throws?
void f90(sql::ResultSet& self) { [[maybe_unused]] auto&& r = self.next(); }
//= self : mysqlcppconn.result reference parameter; havoc #0; use self read throws
void f91(sql::ResultSet& self) { [[maybe_unused]] auto&& r = self.previous(); }
//= self : mysqlcppconn.result reference parameter; havoc #0; use self read throws
void f92(sql::ResultSet& self) { [[maybe_unused]] auto&& r = self.first(); }
//= self : mysqlcppconn.result reference parameter; havoc #0; use self read throws
void f93(sql::ResultSet& self) { [[maybe_unused]] auto&& r = self.last(); }
//= self : mysqlcppconn.result reference parameter; havoc #0; use self read throws
void f94(sql::ResultSet& self, T_<int> a0) { [[maybe_unused]] auto&& r = self.absolute(a0); }
//= self : mysqlcppconn.result reference parameter; havoc #0; use self read throws
void f95(sql::ResultSet& self, T_<int> a0) { [[maybe_unused]] auto&& r = self.relative(a0); }
//= self : mysqlcppconn.result reference parameter; havoc #0; use self read throws
void f96(sql::ResultSet& self) { self.afterLast(); }
//= self : mysqlcppconn.result reference parameter; use self read throws
void f97(sql::ResultSet& self) { self.beforeFirst(); }
//= self : mysqlcppconn.result reference parameter; use self read throws
void f98(sql::ResultSet& self, T_<unsigned int> a0) { [[maybe_unused]] auto&& r = self.getInt(a0); }
//= self : mysqlcppconn.result reference parameter; havoc #0; use self read throws
void f99(sql::ResultSet& self, T_<unsigned int> a0) { [[maybe_unused]] auto&& r = self.getUInt(a0); }
//= self : mysqlcppconn.result reference parameter; havoc #0; use self read throws
void f100(sql::ResultSet& self, T_<unsigned int> a0) { [[maybe_unused]] auto&& r = self.getInt64(a0); }
//= self : mysqlcppconn.result reference parameter; havoc #0; use self read throws
void f101(sql::ResultSet& self, T_<unsigned int> a0) { [[maybe_unused]] auto&& r = self.getUInt64(a0); }
//= self : mysqlcppconn.result reference parameter; havoc #0; use self read throws
void f102(sql::ResultSet& self, T_<unsigned int> a0) { [[maybe_unused]] auto&& r = self.getString(a0); }
//= self : mysqlcppconn.result reference parameter; use self read throws
void f103(sql::ResultSet& self, T_<unsigned int> a0) { [[maybe_unused]] auto&& r = self.getDouble(a0); }
//= self : mysqlcppconn.result reference parameter; use self read throws
void f104(sql::ResultSet& self, T_<unsigned int> a0) { [[maybe_unused]] auto&& r = self.getBoolean(a0); }
//= self : mysqlcppconn.result reference parameter; havoc #0; use self read throws
void f105(sql::ResultSet& self, T_<unsigned int> a0) { [[maybe_unused]] auto&& r = self.getBlob(a0); }
//= self : mysqlcppconn.result reference parameter; havoc #0; use self read throws
void f106(sql::ResultSet& self) { [[maybe_unused]] auto&& r = self.getRow(); }
//= self : mysqlcppconn.result reference parameter; havoc #0; use self read throws
void f107(sql::ResultSet& self, T_<unsigned int> a0) { [[maybe_unused]] auto&& r = self.isNull(a0); }
//= self : mysqlcppconn.result reference parameter; havoc #0; use self read throws
void f108(sql::ResultSet& self) { [[maybe_unused]] auto&& r = self.wasNull(); }
//= self : mysqlcppconn.result reference parameter; havoc #0; use self read throws
void f109(sql::ResultSet& self, T_<const sql::SQLString &> a0) { [[maybe_unused]] auto&& r = self.findColumn(a0); }
//= self : mysqlcppconn.result reference parameter; havoc #0; use self read throws
void f110(sql::ResultSet& self) { [[maybe_unused]] auto&& r = self.rowsCount(); }
//= self : mysqlcppconn.result reference parameter; havoc #0; use self read throws
void f111(sql::ResultSet& self) { [[maybe_unused]] auto&& r = self.getMetaData(); }
//= self : mysqlcppconn.result reference parameter; havoc #0; use self read throws
void f112(sql::ResultSet& self) { self.close(); }
//= self : mysqlcppconn.result reference parameter; close self
void f113(sql::ResultSet& self) { [[maybe_unused]] auto&& r = self.isClosed(); }
//= self : mysqlcppconn.result reference parameter; havoc #0; harmless self
void f114(sql::ResultSet& self) { [[maybe_unused]] auto&& r = self.isFirst(); }
//= self : mysqlcppconn.result reference parameter; havoc #0; harmless self
void f115(sql::ResultSet& self) { [[maybe_unused]] auto&& r = self.isLast(); }
//= self : mysqlcppconn.result reference parameter; havoc #0; harmless self
void f116(sql::ResultSet& self) { [[maybe_unused]] auto&& r = self.isAfterLast(); }
//= self : mysqlcppconn.result reference parameter; havoc #0; harmless self
void f117(sql::ResultSet& self) { [[maybe_unused]] auto&& r = self.isBeforeFirst(); }
//= self : mysqlcppconn.result reference parameter; havoc #0; harmless self
void f118(sql::ResultSet& self) { [[maybe_unused]] auto&& r = self.getStatement(); }
//= self : mysqlcppconn.result reference parameter; r : mysqlcppconn.statement; harmless self; make r of self derived
void f119(sql::ResultSet& self) { self.clearWarnings(); }
//= self : mysqlcppconn.result reference parameter; harmless self
void f120(sql::ResultSet& self) { self.getWarnings(); }
//= self : mysqlcppconn.result reference parameter; harmless self
