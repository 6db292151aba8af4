// What the model of this library is used for, one function per line of it (../ModelTests.cpp).
#include <Poco/Data/RecordSet.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/SessionPoolContainer.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
template <class T> using T_ = T;
template <class T> void sink(T*);

void f1(Poco::Data::Session* self) { sink(self); }
//= self : poco.session parameter; escape self opaque; call throws
void f2(Poco::Data::Session& self) { self.open(); }
//= self : poco.session reference parameter; open self throws
void f3(Poco::Data::Session& self) { self.reconnect(); }
//= self : poco.session reference parameter; open self throws
void f4(Poco::Data::Session& self) { self.close(); }
//= self : poco.session reference parameter; close self
void f5(Poco::Data::Session& self) { self.begin(); }
//= self : poco.session reference parameter; begin self throws
void f6(Poco::Data::Session& self) { self.commit(); }
//= self : poco.session reference parameter; commit self throws
void f7(Poco::Data::Session& self) { self.rollback(); }
//= self : poco.session reference parameter; rollback self throws
void f8(Poco::Data::Session& self) { [[maybe_unused]] auto&& r = self << "COMMIT"; }
//= self : poco.session reference parameter; r : poco.statement shared; commit self throws; make r of self derived throws; end r implicit
void f9(Poco::Data::Session& self) { [[maybe_unused]] auto&& r = self.createStatementImpl(); }
//= self : poco.session reference parameter; use self throws
void f10(Poco::Data::Session& self, T_<unsigned int> a0) { self.setTransactionIsolation(a0); }
//= self : poco.session reference parameter; use self throws
void f11(Poco::Data::Session& self, T_<const std::basic_string<char> &> a0, T_<bool> a1) { self.setFeature(a0, a1); }
//= self : poco.session reference parameter; use self throws
void f12(Poco::Data::Session& self, T_<const std::basic_string<char> &> a0, T_<const Poco::Any &> a1) { self.setProperty(a0, a1); }
//= self : poco.session reference parameter; use self throws
void f13(Poco::Data::Session& self) { [[maybe_unused]] auto&& r = self.getTransactionIsolation(); }
//= self : poco.session reference parameter; havoc #0; harmless self
void f14(Poco::Data::Session& self, T_<unsigned int> a0) { [[maybe_unused]] auto&& r = self.hasTransactionIsolation(a0); }
//= self : poco.session reference parameter; havoc #0; harmless self
void f15(Poco::Data::Session& self, T_<unsigned int> a0) { [[maybe_unused]] auto&& r = self.isTransactionIsolation(a0); }
//= self : poco.session reference parameter; havoc #0; harmless self
void f16(Poco::Data::Session& self) { [[maybe_unused]] auto&& r = self.isConnected(); }
//= self : poco.session reference parameter; havoc #0; harmless self
void f17(Poco::Data::Session& self) { [[maybe_unused]] auto&& r = self.isGood(); }
//= self : poco.session reference parameter; havoc #0; harmless self
void f18(Poco::Data::Session& self) { [[maybe_unused]] auto&& r = self.canTransact(); }
//= self : poco.session reference parameter; havoc #0; harmless self
void f19(Poco::Data::Session& self) { [[maybe_unused]] auto&& r = self.isTransaction(); }
//= self : poco.session reference parameter; havoc #0; harmless self -> #0
void f20(Poco::Data::Session& self) { [[maybe_unused]] auto&& r = self.connector(); }
//= self : poco.session reference parameter; harmless self
void f21(Poco::Data::Session& self) { [[maybe_unused]] auto&& r = self.uri(); }
//= self : poco.session reference parameter; harmless self
void f22(Poco::Data::Session& self) { [[maybe_unused]] auto&& r = self.impl(); }
//= self : poco.session reference parameter; havoc #0; harmless self
void f23(Poco::Data::Session& self, T_<Poco::Data::Session &> a0) { self.swap(a0); }
//= self : poco.session reference parameter; a0 : poco.session reference parameter; harmless self
void f24(Poco::Data::Session& self, T_<unsigned long> a0) { self.setLoginTimeout(a0); }
//= self : poco.session reference parameter; harmless self
void f25(Poco::Data::Session& self) { [[maybe_unused]] auto&& r = self.getLoginTimeout(); }
//= self : poco.session reference parameter; havoc #0; harmless self
void f26(Poco::Data::Session& self, T_<unsigned long> a0) { self.setConnectionTimeout(a0); }
//= self : poco.session reference parameter; harmless self
void f27(Poco::Data::Session& self) { [[maybe_unused]] auto&& r = self.getConnectionTimeout(); }
//= self : poco.session reference parameter; havoc #0; harmless self
void f28(Poco::Data::Session& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self.getFeature(a0); }
//= self : poco.session reference parameter; havoc #0; harmless self
void f29(Poco::Data::Session& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self.getProperty(a0); }
//= self : poco.session reference parameter; harmless self
void f30(Poco::Data::SessionPool* self) { sink(self); }
//= self : poco.pool parameter; escape self opaque; call throws?
void f31(Poco::Data::SessionPoolContainer* self) { sink(self); }
//= self : poco.pool parameter; escape self opaque; call throws?
void f32(Poco::Data::SessionPool& self) { [[maybe_unused]] auto&& r = self.get(); }
//= self : poco.pool reference parameter; r : poco.session shared; make r of self leased throws; end r implicit
void f33(Poco::Data::SessionPool& self) { self.shutdown(); }
//= self : poco.pool reference parameter; close self
void f34(Poco::Data::SessionPool& self) { [[maybe_unused]] auto&& r = self.capacity(); }
//= self : poco.pool reference parameter; havoc #0; harmless self
void f35(Poco::Data::SessionPool& self) { [[maybe_unused]] auto&& r = self.used(); }
//= self : poco.pool reference parameter; havoc #0; harmless self
void f36(Poco::Data::SessionPool& self) { [[maybe_unused]] auto&& r = self.idle(); }
//= self : poco.pool reference parameter; havoc #0; harmless self
void f37(Poco::Data::SessionPool& self) { [[maybe_unused]] auto&& r = self.dead(); }
//= self : poco.pool reference parameter; havoc #0; harmless self
void f38(Poco::Data::SessionPool& self) { [[maybe_unused]] auto&& r = self.allocated(); }
//= self : poco.pool reference parameter; havoc #0; harmless self
void f39(Poco::Data::SessionPool& self) { [[maybe_unused]] auto&& r = self.available(); }
//= self : poco.pool reference parameter; havoc #0; harmless self
void f40(Poco::Data::SessionPool& self) { [[maybe_unused]] auto&& r = self.name(); }
//= self : poco.pool reference parameter; harmless self
void f41(Poco::Data::SessionPool& self) { [[maybe_unused]] auto&& r = self.isActive(); }
//= self : poco.pool reference parameter; havoc #0; harmless self
void f42(Poco::Data::SessionPoolContainer& self, T_<Poco::Data::SessionPool *> a0) { self.add(a0); }
//= self : poco.pool reference parameter; a0 : poco.pool parameter; harmless self
void f43(Poco::Data::SessionPoolContainer& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self.has(a0); }
//= self : poco.pool reference parameter; havoc #0; harmless self
void f44(Poco::Data::SessionPoolContainer& self, T_<const std::basic_string<char> &> a0) { self.remove(a0); }
//= self : poco.pool reference parameter; harmless self
void f45(Poco::Data::SessionPoolContainer& self) { [[maybe_unused]] auto&& r = self.count(); }
//= self : poco.pool reference parameter; havoc #0; harmless self
void f46(Poco::Data::SessionPool& self, T_<const std::basic_string<char> &> a0, T_<bool> a1) { self.setFeature(a0, a1); }
//= self : poco.pool reference parameter; harmless self
void f47(Poco::Data::SessionPool& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self.getFeature(a0); }
//= self : poco.pool reference parameter; havoc #0; harmless self
void f48(Poco::Data::SessionPool& self, T_<const std::basic_string<char> &> a0, T_<const Poco::Any &> a1) { self.setProperty(a0, a1); }
//= self : poco.pool reference parameter; harmless self
void f49(Poco::Data::SessionPool& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self.getProperty(a0); }
//= self : poco.pool reference parameter; harmless self
void f50(Poco::Data::Transaction* self) { sink(self); }
//= self : poco.transaction parameter; escape self opaque; call throws
void f51(T_<Poco::Data::Session &> a0) { Poco::Data::Transaction self{a0}; }
//= a0 : poco.session reference parameter; self : poco.transaction value; make self of a0 throws; begin self on a0 implicit; end self implicit
void f52(T_<Poco::Data::Session &> a0, T_<Poco::Logger *> a1) { Poco::Data::Transaction self{a0, a1}; }
//= a0 : poco.session reference parameter; self : poco.transaction value; make self of a0 throws; begin self on a0 implicit; end self implicit
void f53(T_<Poco::Data::Session &> a0) { Poco::Data::Transaction self{a0, true}; }
//= a0 : poco.session reference parameter; self : poco.transaction value; make self of a0 throws; begin self on a0 implicit; end self implicit
void f54(T_<Poco::Data::Session &> a0, T_<bool> a1) { Poco::Data::Transaction self{a0, a1}; }
//= a0 : poco.session reference parameter; self : poco.transaction value; make self of a0 derived throws; end self implicit
void f55(T_<Poco::Data::Session &> a0) { Poco::Data::Transaction self{a0}; }
//= a0 : poco.session reference parameter; self : poco.transaction value; make self of a0 throws; begin self on a0 implicit; end self implicit
void f56(Poco::Data::Transaction& self) { self.commit(); }
//= self : poco.transaction reference parameter; commit self throws
void f57(Poco::Data::Transaction& self) { self.rollback(); }
//= self : poco.transaction reference parameter; rollback self throws
void f58(Poco::Data::Transaction& self) { self.execute("COMMIT"); }
//= self : poco.transaction reference parameter; commit self throws; commit self throws
void f59(Poco::Data::Transaction& self) { self.execute("COMMIT", false); }
//= self : poco.transaction reference parameter; commit self throws
void f60(Poco::Data::Transaction& self) { self.execute("COMMIT"); }
//= self : poco.transaction reference parameter; commit self throws; commit self throws
void f62(Poco::Data::Transaction& self) { [[maybe_unused]] auto&& r = self.isActive(); }
//= self : poco.transaction reference parameter; havoc #0; harmless self
void f63(Poco::Data::Transaction& self, T_<unsigned int> a0) { self.setIsolation(a0); }
//= self : poco.transaction reference parameter; harmless self
void f64(Poco::Data::Transaction& self) { [[maybe_unused]] auto&& r = self.getIsolation(); }
//= self : poco.transaction reference parameter; havoc #0; harmless self
void f65(Poco::Data::Transaction& self, T_<unsigned int> a0) { [[maybe_unused]] auto&& r = self.hasIsolation(a0); }
//= self : poco.transaction reference parameter; havoc #0; harmless self
void f66(Poco::Data::Transaction& self, T_<unsigned int> a0) { [[maybe_unused]] auto&& r = self.isIsolation(a0); }
//= self : poco.transaction reference parameter; havoc #0; harmless self
void f67(Poco::Data::Transaction& self, T_<Poco::Logger *> a0) { self.setLogger(a0); }
//= self : poco.transaction reference parameter; harmless self
void f68(Poco::Data::Statement* self) { sink(self); }
//= self : poco.statement parameter; escape self opaque; call throws?
void f69(Poco::Data::Statement& self) { [[maybe_unused]] auto&& r = self << 1; }
//= self : poco.statement reference parameter; r : poco.statement reference; use self throws; bind r to self
void f70(Poco::Data::Statement& self) { [[maybe_unused]] auto&& r = self.execute(); }
//= self : poco.statement reference parameter; havoc #0; use self throws
void f71(Poco::Data::Statement& self) { [[maybe_unused]] auto&& r = self.executeAsync(); }
//= self : poco.statement reference parameter; use self throws
void f72(Poco::Data::Statement& self) { [[maybe_unused]] auto&& r = self.wait(); }
//= self : poco.statement reference parameter; havoc #0; use self throws
void f73(Poco::Data::Statement& self) { [[maybe_unused]] auto&& r = self.nextDataSet(); }
//= self : poco.statement reference parameter; havoc #0; use self throws
void f74(Poco::Data::Statement& self) { [[maybe_unused]] auto&& r = self.previousDataSet(); }
//= self : poco.statement reference parameter; havoc #0; use self throws
void f75(Poco::Data::Statement& self, T_<Poco::Data::Session &> a0) { [[maybe_unused]] auto&& r = self.reset(a0); }
//= self : poco.statement reference parameter; a0 : poco.session reference parameter; r : poco.statement reference; use self throws; bind r to self
void f76(Poco::Data::Statement& self, T_<Poco::SharedPtr<Poco::Data::AbstractBinding>>&& a0) { [[maybe_unused]] auto&& r = self.addBind(static_cast<T_<Poco::SharedPtr<Poco::Data::AbstractBinding>>&&>(a0)); }
//= self : poco.statement reference parameter; r : poco.statement reference; call; harmless self; bind r to self
void f77(Poco::Data::Statement& self, T_<const std::basic_string<char> &> a0) { self.removeBind(a0); }
//= self : poco.statement reference parameter; harmless self
void f79(Poco::Data::Statement& self) { [[maybe_unused]] auto&& r = self.bind(1); }
//= self : poco.statement reference parameter; r : poco.statement reference; harmless self; bind r to self
void f82(Poco::Data::Statement& self, T_<Poco::SharedPtr<Poco::Data::AbstractExtraction>>&& a0) { [[maybe_unused]] auto&& r = self.addExtract(static_cast<T_<Poco::SharedPtr<Poco::Data::AbstractExtraction>>&&>(a0)); }
//= self : poco.statement reference parameter; r : poco.statement reference; call; harmless self; bind r to self
void f83(Poco::Data::Statement& self) { [[maybe_unused]] auto&& r = self.toString(); }
//= self : poco.statement reference parameter; harmless self
void f84(Poco::Data::Statement& self) { [[maybe_unused]] auto&& r = self.done(); }
//= self : poco.statement reference parameter; havoc #0; harmless self
void f85(Poco::Data::Statement& self) { [[maybe_unused]] auto&& r = self.initialized(); }
//= self : poco.statement reference parameter; havoc #0; harmless self
void f86(Poco::Data::Statement& self) { [[maybe_unused]] auto&& r = self.paused(); }
//= self : poco.statement reference parameter; havoc #0; harmless self
void f87(Poco::Data::Statement& self) { [[maybe_unused]] auto&& r = self.isAsync(); }
//= self : poco.statement reference parameter; havoc #0; harmless self
void f88(Poco::Data::Statement& self) { self.setAsync(); }
//= self : poco.statement reference parameter; harmless self
void f89(Poco::Data::Statement& self) { [[maybe_unused]] auto&& r = self.storage(); }
//= self : poco.statement reference parameter; havoc #0; harmless self
void f90(Poco::Data::Statement& self, T_<const std::basic_string<char> &> a0) { self.setStorage(a0); }
//= self : poco.statement reference parameter; harmless self
void f91(Poco::Data::Statement& self) { [[maybe_unused]] auto&& r = self.getStorage(); }
//= self : poco.statement reference parameter; harmless self
void f92(Poco::Data::Statement& self) { [[maybe_unused]] auto&& r = self.canModifyStorage(); }
//= self : poco.statement reference parameter; havoc #0; harmless self
void f93(Poco::Data::Statement& self) { [[maybe_unused]] auto&& r = self.columnsExtracted(); }
//= self : poco.statement reference parameter; havoc #0; harmless self
void f94(Poco::Data::Statement& self) { [[maybe_unused]] auto&& r = self.rowsExtracted(); }
//= self : poco.statement reference parameter; havoc #0; harmless self
void f95(Poco::Data::Statement& self) { [[maybe_unused]] auto&& r = self.subTotalRowCount(); }
//= self : poco.statement reference parameter; havoc #0; harmless self
void f96(Poco::Data::Statement& self) { [[maybe_unused]] auto&& r = self.extractionCount(); }
//= self : poco.statement reference parameter; havoc #0; harmless self
void f97(Poco::Data::Statement& self) { [[maybe_unused]] auto&& r = self.dataSetCount(); }
//= self : poco.statement reference parameter; havoc #0; harmless self
void f98(Poco::Data::Statement& self) { [[maybe_unused]] auto&& r = self.hasMoreDataSets(); }
//= self : poco.statement reference parameter; havoc #0; harmless self
void f99(Poco::Data::Statement& self, T_<Poco::SharedPtr<Poco::Data::RowFormatter>>&& a0) { self.setRowFormatter(static_cast<T_<Poco::SharedPtr<Poco::Data::RowFormatter>>&&>(a0)); }
//= self : poco.statement reference parameter; call; harmless self
void f100(Poco::Data::Statement& self, T_<Poco::Data::Statement &> a0) { self.swap(a0); }
//= self : poco.statement reference parameter; a0 : poco.statement reference parameter; harmless self
void f101(Poco::Data::RecordSet* self) { sink(self); }
//= self : poco.recordset parameter; escape self opaque; call throws?
void f102(Poco::Data::RecordSet& self) { [[maybe_unused]] auto&& r = self.moveFirst(); }
//= self : poco.recordset reference parameter; havoc #0; harmless self
void f103(Poco::Data::RecordSet& self) { [[maybe_unused]] auto&& r = self.moveNext(); }
//= self : poco.recordset reference parameter; havoc #0; harmless self
void f104(Poco::Data::RecordSet& self) { [[maybe_unused]] auto&& r = self.movePrevious(); }
//= self : poco.recordset reference parameter; havoc #0; harmless self
void f105(Poco::Data::RecordSet& self) { [[maybe_unused]] auto&& r = self.moveLast(); }
//= self : poco.recordset reference parameter; havoc #0; harmless self
void f106(Poco::Data::RecordSet& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self.value(a0); }
//= self : poco.recordset reference parameter; harmless self
void f107(Poco::Data::RecordSet& self, T_<unsigned long> a0) { [[maybe_unused]] auto&& r = self.row(a0); }
//= self : poco.recordset reference parameter; harmless self
void f110(Poco::Data::RecordSet& self) { [[maybe_unused]] auto&& r = self.begin(); }
//= self : poco.recordset reference parameter; harmless self
void f111(Poco::Data::RecordSet& self) { [[maybe_unused]] auto&& r = self.end(); }
//= self : poco.recordset reference parameter; harmless self
void f112(Poco::Data::RecordSet& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self[a0]; }
//= self : poco.recordset reference parameter; harmless self
void f113(Poco::Data::RecordSet& self, T_<Poco::Data::Session &> a0) { [[maybe_unused]] auto&& r = self.reset(a0); }
//= self : poco.recordset reference parameter; a0 : poco.session reference parameter; self.reset(a0) : poco.statement reference temporary; r : poco.statement reference; harmless self; make self.reset(a0) of self derived; bind r to self.reset(a0)
void f114(Poco::Data::RecordSet& self, T_<std::basic_ostream<char> &> a0) { [[maybe_unused]] auto&& r = self.copy(a0); }
//= self : poco.recordset reference parameter; harmless self
void f115(Poco::Data::RecordSet& self) { [[maybe_unused]] auto&& r = self.rowCount(); }
//= self : poco.recordset reference parameter; havoc #0; harmless self
void f116(Poco::Data::RecordSet& self) { [[maybe_unused]] auto&& r = self.extractedRowCount(); }
//= self : poco.recordset reference parameter; havoc #0; harmless self
void f117(Poco::Data::RecordSet& self) { [[maybe_unused]] auto&& r = self.totalRowCount(); }
//= self : poco.recordset reference parameter; havoc #0; harmless self
void f118(Poco::Data::RecordSet& self) { [[maybe_unused]] auto&& r = self.columnCount(); }
//= self : poco.recordset reference parameter; havoc #0; harmless self
void f119(Poco::Data::RecordSet& self, T_<unsigned long> a0) { [[maybe_unused]] auto&& r = self.columnName(a0); }
//= self : poco.recordset reference parameter; harmless self
void f120(Poco::Data::RecordSet& self, T_<unsigned long> a0) { [[maybe_unused]] auto&& r = self.columnType(a0); }
//= self : poco.recordset reference parameter; havoc #0; harmless self
void f121(Poco::Data::RecordSet& self, T_<const std::basic_string<char> &> a0) { [[maybe_unused]] auto&& r = self.isNull(a0); }
//= self : poco.recordset reference parameter; havoc #0; harmless self
void f122(Poco::Data::RecordSet& self) { [[maybe_unused]] auto&& r = self.isFiltered(); }
//= self : poco.recordset reference parameter; havoc #0; harmless self

// Written by hand: templates, function objects.
struct Work { void operator()(Poco::Data::Session&); };
void f201(Poco::Data::Transaction& self, Work& work) { self.transact(work); }
//= self : poco.transaction reference parameter; commit self throws
void f202(Poco::Data::RecordSet& self) { [[maybe_unused]] auto&& r = self.column<std::vector<int>>(std::size_t(0)); }
//= self : poco.recordset reference parameter; harmless self
void f203(Poco::Data::RecordSet& self) { [[maybe_unused]] auto&& r = self.nvl<int>(std::string("n"), 0); }
//= self : poco.recordset reference parameter; harmless self
