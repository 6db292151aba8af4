// What the model of this library is used for, one function per line of it (../ModelTests.cpp).
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlTableModel>
#include <QSqlRelationalTableModel>
#include <QSqlRecord>
#include <QSqlIndex>
#include <QVariant>
template <class T> using T_ = T;
template <class T> void sink(T*);

void f1(QSqlDatabase* self) { sink(self); }
//= self : qtsql.database parameter; escape self opaque; call throws?
void f2() { QSqlDatabase self; }
//= self : qtsql.database shared; make self throws?; end self implicit
void f3(QSqlDatabase& self) { [[maybe_unused]] auto&& r = self.open(); }
//= self : qtsql.database reference parameter; open self -> #0 true
void f4(QSqlDatabase& self) { self.close(); }
//= self : qtsql.database reference parameter; close self
void f5(QSqlDatabase& self) { [[maybe_unused]] auto&& r = self.transaction(); }
//= self : qtsql.database reference parameter; begin self -> #0 true
void f6(QSqlDatabase& self) { [[maybe_unused]] auto&& r = self.commit(); }
//= self : qtsql.database reference parameter; commit self -> #0 true
void f7(QSqlDatabase& self) { [[maybe_unused]] auto&& r = self.rollback(); }
//= self : qtsql.database reference parameter; havoc #0; rollback self
void f8(QSqlDatabase& self) { [[maybe_unused]] auto&& r = self.exec("COMMIT"); }
//= self : qtsql.database reference parameter; r : qtsql.query shared; commit self; make r of self derived; end r implicit
void f9(QSqlDatabase& self) { [[maybe_unused]] auto&& r = self.tables(); }
//= self : qtsql.database reference parameter; use self read
void f10(QSqlDatabase& self, T_<const QString &> a0) { [[maybe_unused]] auto&& r = self.primaryIndex(a0); }
//= self : qtsql.database reference parameter; use self read
void f11(QSqlDatabase& self, T_<const QString &> a0) { [[maybe_unused]] auto&& r = self.record(a0); }
//= self : qtsql.database reference parameter; use self read
void f12(QSqlDatabase& self) { [[maybe_unused]] auto&& r = self.isOpen(); }
//= self : qtsql.database reference parameter; havoc #0; harmless self
void f13(QSqlDatabase& self) { [[maybe_unused]] auto&& r = self.isOpenError(); }
//= self : qtsql.database reference parameter; havoc #0; harmless self
void f14(QSqlDatabase& self) { [[maybe_unused]] auto&& r = self.isValid(); }
//= self : qtsql.database reference parameter; havoc #0; harmless self
void f15(QSqlDatabase& self) { [[maybe_unused]] auto&& r = self.lastError(); }
//= self : qtsql.database reference parameter; harmless self
void f16(QSqlDatabase& self) { [[maybe_unused]] auto&& r = self.driver(); }
//= self : qtsql.database reference parameter; havoc #0; harmless self
void f17(QSqlDatabase& self) { [[maybe_unused]] auto&& r = self.driverName(); }
//= self : qtsql.database reference parameter; harmless self
void f18(QSqlDatabase& self) { [[maybe_unused]] auto&& r = self.connectionName(); }
//= self : qtsql.database reference parameter; harmless self
void f19(QSqlDatabase& self) { [[maybe_unused]] auto&& r = self.databaseName(); }
//= self : qtsql.database reference parameter; harmless self
void f20(QSqlDatabase& self) { [[maybe_unused]] auto&& r = self.userName(); }
//= self : qtsql.database reference parameter; harmless self
void f21(QSqlDatabase& self) { [[maybe_unused]] auto&& r = self.password(); }
//= self : qtsql.database reference parameter; harmless self
void f22(QSqlDatabase& self) { [[maybe_unused]] auto&& r = self.hostName(); }
//= self : qtsql.database reference parameter; harmless self
void f23(QSqlDatabase& self) { [[maybe_unused]] auto&& r = self.port(); }
//= self : qtsql.database reference parameter; havoc #0; harmless self
void f24(QSqlDatabase& self) { [[maybe_unused]] auto&& r = self.connectOptions(); }
//= self : qtsql.database reference parameter; harmless self
void f25(QSqlDatabase& self) { [[maybe_unused]] auto&& r = self.numericalPrecisionPolicy(); }
//= self : qtsql.database reference parameter; havoc #0; harmless self
void f26(QSqlDatabase& self, T_<const QString &> a0) { self.setDatabaseName(a0); }
//= self : qtsql.database reference parameter; harmless self
void f27(QSqlDatabase& self, T_<const QString &> a0) { self.setUserName(a0); }
//= self : qtsql.database reference parameter; harmless self
void f28(QSqlDatabase& self, T_<const QString &> a0) { self.setPassword(a0); }
//= self : qtsql.database reference parameter; harmless self
void f29(QSqlDatabase& self, T_<const QString &> a0) { self.setHostName(a0); }
//= self : qtsql.database reference parameter; harmless self
void f30(QSqlDatabase& self, T_<int> a0) { self.setPort(a0); }
//= self : qtsql.database reference parameter; harmless self
void f31(QSqlDatabase& self) { self.setConnectOptions(); }
//= self : qtsql.database reference parameter; harmless self
void f32(QSqlDatabase& self, T_<QSql::NumericalPrecisionPolicy> a0) { self.setNumericalPrecisionPolicy(a0); }
//= self : qtsql.database reference parameter; harmless self
void f33(QSqlQuery* self) { sink(self); }
//= self : qtsql.query parameter; escape self opaque; call throws?
void f34() { QSqlQuery self; }
//= self : qtsql.query shared; make self derived throws?; end self implicit
void f35(T_<QSqlDatabase>&& a0) { QSqlQuery self{static_cast<T_<QSqlDatabase>&&>(a0)}; }
//= a0 : qtsql.database reference parameter takesover; self : qtsql.query shared; static_cast<T_<QSqlDatabase>&&>(a0) : qtsql.database shared temporary; bind static_cast<T_<QSqlDatabase>&&>(a0) to a0; make self of static_cast<T_<QSqlDatabase>&&>(a0) derived throws?; end static_cast<T_<QSqlDatabase>&&>(a0) implicit; end self implicit; end static_cast<T_<QSqlDatabase>&&>(a0) implicit
void f36() { QSqlQuery self{"COMMIT"}; }
//= self : qtsql.query shared; make self derived throws?; commit self; end self implicit
void f37(T_<QSqlDatabase>&& a1) { QSqlQuery self{"COMMIT", static_cast<T_<QSqlDatabase>&&>(a1)}; }
//= a1 : qtsql.database reference parameter takesover; self : qtsql.query shared; static_cast<T_<QSqlDatabase>&&>(a1) : qtsql.database shared temporary; bind static_cast<T_<QSqlDatabase>&&>(a1) to a1; make self of static_cast<T_<QSqlDatabase>&&>(a1) derived throws?; commit static_cast<T_<QSqlDatabase>&&>(a1); end static_cast<T_<QSqlDatabase>&&>(a1) implicit; end self implicit; end static_cast<T_<QSqlDatabase>&&>(a1) implicit
void f38() { QSqlQuery self; }
//= self : qtsql.query shared; make self derived throws?; end self implicit
void f39(QSqlQuery& self) { [[maybe_unused]] auto&& r = self.exec(); }
//= self : qtsql.query reference parameter; use self -> #0 true
void f40(QSqlQuery& self) { [[maybe_unused]] auto&& r = self.exec("COMMIT"); }
//= self : qtsql.query reference parameter; commit self -> #0 true
void f41(QSqlQuery& self, T_<const QString &> a0) { [[maybe_unused]] auto&& r = self.prepare(a0); }
//= self : qtsql.query reference parameter; use self prepares -> #0 true
void f42(QSqlQuery& self) { [[maybe_unused]] auto&& r = self.execBatch(); }
//= self : qtsql.query reference parameter; use self -> #0 true
void f43(QSqlQuery& self) { [[maybe_unused]] auto&& r = self.nextResult(); }
//= self : qtsql.query reference parameter; use self -> #0 true
void f44(QSqlQuery& self) { [[maybe_unused]] auto&& r = self.next(); }
//= self : qtsql.query reference parameter; havoc #0; use self read
void f45(QSqlQuery& self) { [[maybe_unused]] auto&& r = self.previous(); }
//= self : qtsql.query reference parameter; havoc #0; use self read
void f46(QSqlQuery& self) { [[maybe_unused]] auto&& r = self.first(); }
//= self : qtsql.query reference parameter; havoc #0; use self read
void f47(QSqlQuery& self) { [[maybe_unused]] auto&& r = self.last(); }
//= self : qtsql.query reference parameter; havoc #0; use self read
void f48(QSqlQuery& self, T_<int> a0) { [[maybe_unused]] auto&& r = self.seek(a0); }
//= self : qtsql.query reference parameter; havoc #0; use self read
void f49(QSqlQuery& self, T_<int> a0) { [[maybe_unused]] auto&& r = self.value(a0); }
//= self : qtsql.query reference parameter; use self read
void f50(QSqlQuery& self) { [[maybe_unused]] auto&& r = self.record(); }
//= self : qtsql.query reference parameter; use self read
void f51(QSqlQuery& self, T_<int> a0) { [[maybe_unused]] auto&& r = self.isNull(a0); }
//= self : qtsql.query reference parameter; havoc #0; use self read
void f52(QSqlQuery& self) { [[maybe_unused]] auto&& r = self.at(); }
//= self : qtsql.query reference parameter; havoc #0; use self read
void f53(QSqlQuery& self) { [[maybe_unused]] auto&& r = self.size(); }
//= self : qtsql.query reference parameter; havoc #0; use self read
void f54(QSqlQuery& self, T_<const QVariant &> a0) { self.addBindValue(a0); }
//= self : qtsql.query reference parameter; harmless self
void f55(QSqlQuery& self, T_<const QString &> a0, T_<const QVariant &> a1) { self.bindValue(a0, a1); }
//= self : qtsql.query reference parameter; harmless self
void f56(QSqlQuery& self, T_<const QString &> a0) { [[maybe_unused]] auto&& r = self.boundValue(a0); }
//= self : qtsql.query reference parameter; harmless self
void f57(QSqlQuery& self) { [[maybe_unused]] auto&& r = self.boundValues(); }
//= self : qtsql.query reference parameter; harmless self
void f58(QSqlQuery& self, T_<bool> a0) { self.setForwardOnly(a0); }
//= self : qtsql.query reference parameter; harmless self
void f59(QSqlQuery& self) { [[maybe_unused]] auto&& r = self.isForwardOnly(); }
//= self : qtsql.query reference parameter; havoc #0; harmless self
void f60(QSqlQuery& self) { [[maybe_unused]] auto&& r = self.lastError(); }
//= self : qtsql.query reference parameter; harmless self
void f61(QSqlQuery& self) { [[maybe_unused]] auto&& r = self.lastQuery(); }
//= self : qtsql.query reference parameter; harmless self
void f62(QSqlQuery& self) { [[maybe_unused]] auto&& r = self.executedQuery(); }
//= self : qtsql.query reference parameter; harmless self
void f63(QSqlQuery& self) { [[maybe_unused]] auto&& r = self.isActive(); }
//= self : qtsql.query reference parameter; havoc #0; harmless self
void f64(QSqlQuery& self) { [[maybe_unused]] auto&& r = self.isValid(); }
//= self : qtsql.query reference parameter; havoc #0; harmless self
void f65(QSqlQuery& self) { [[maybe_unused]] auto&& r = self.isSelect(); }
//= self : qtsql.query reference parameter; havoc #0; harmless self
void f66(QSqlQuery& self) { [[maybe_unused]] auto&& r = self.numRowsAffected(); }
//= self : qtsql.query reference parameter; havoc #0; harmless self
void f67(QSqlQuery& self) { [[maybe_unused]] auto&& r = self.lastInsertId(); }
//= self : qtsql.query reference parameter; harmless self
void f68(QSqlQuery& self) { self.finish(); }
//= self : qtsql.query reference parameter; harmless self
void f69(QSqlQuery& self) { self.clear(); }
//= self : qtsql.query reference parameter; harmless self
void f70(QSqlQuery& self) { [[maybe_unused]] auto&& r = self.driver(); }
//= self : qtsql.query reference parameter; havoc #0; harmless self
void f71(QSqlQuery& self) { [[maybe_unused]] auto&& r = self.result(); }
//= self : qtsql.query reference parameter; havoc #0; harmless self
void f72(QSqlQuery& self) { [[maybe_unused]] auto&& r = self.numericalPrecisionPolicy(); }
//= self : qtsql.query reference parameter; havoc #0; harmless self
void f73(QSqlQuery& self, T_<QSql::NumericalPrecisionPolicy> a0) { self.setNumericalPrecisionPolicy(a0); }
//= self : qtsql.query reference parameter; harmless self
void f74(QSqlTableModel* self) { sink(self); }
//= self : qtsql.model parameter; escape self opaque; call throws?
void f75(QSqlRelationalTableModel* self) { sink(self); }
//= self : qtsql.model parameter; escape self opaque; call throws?
void f76(T_<QObject *> a0, T_<QSqlDatabase>&& a1) { QSqlTableModel self{a0, static_cast<T_<QSqlDatabase>&&>(a1)}; }
//= a1 : qtsql.database reference parameter takesover; self : qtsql.model value; static_cast<T_<QSqlDatabase>&&>(a1) : qtsql.database shared temporary; bind static_cast<T_<QSqlDatabase>&&>(a1) to a1; make self of static_cast<T_<QSqlDatabase>&&>(a1) derived throws?; end static_cast<T_<QSqlDatabase>&&>(a1) implicit; end self implicit; end static_cast<T_<QSqlDatabase>&&>(a1) implicit
void f77() { QSqlTableModel self; }
//= self : qtsql.model value; make self throws?; end self implicit
void f78(QSqlTableModel& self) { [[maybe_unused]] auto&& r = self.select(); }
//= self : qtsql.model reference parameter; use self read -> #0 true
void f79(QSqlTableModel& self, T_<int> a0) { [[maybe_unused]] auto&& r = self.selectRow(a0); }
//= self : qtsql.model reference parameter; use self read -> #0 true
void f81(QSqlTableModel& self) { self.fetchMore(); }
//= self : qtsql.model reference parameter; use self read true
void f82(QSqlTableModel& self) { [[maybe_unused]] auto&& r = self.submit(); }
//= self : qtsql.model reference parameter; use self write -> #0 true
void f83(QSqlTableModel& self) { [[maybe_unused]] auto&& r = self.submitAll(); }
//= self : qtsql.model reference parameter; use self write -> #0 true
void f84(QSqlTableModel& self, T_<int> a0, T_<const QSqlRecord &> a1) { [[maybe_unused]] auto&& r = self.insertRecord(a0, a1); }
//= self : qtsql.model reference parameter; use self write -> #0 true
void f85(QSqlTableModel& self, T_<int> a0, T_<const QSqlRecord &> a1) { [[maybe_unused]] auto&& r = self.setRecord(a0, a1); }
//= self : qtsql.model reference parameter; use self write -> #0 true
void f86(QSqlTableModel& self, T_<int> a0, T_<int> a1) { [[maybe_unused]] auto&& r = self.insertRows(a0, a1); }
//= self : qtsql.model reference parameter; use self write -> #0 true
void f87(QSqlTableModel& self, T_<int> a0, T_<int> a1) { [[maybe_unused]] auto&& r = self.removeRows(a0, a1); }
//= self : qtsql.model reference parameter; use self write -> #0 true
void f88(QSqlTableModel& self, T_<const QModelIndex &> a0, T_<const QVariant &> a1) { [[maybe_unused]] auto&& r = self.setData(a0, a1); }
//= self : qtsql.model reference parameter; use self write -> #0 true
void f89(QSqlTableModel& self) { self.revert(); }
//= self : qtsql.model reference parameter; harmless self
void f90(QSqlTableModel& self) { self.revertAll(); }
//= self : qtsql.model reference parameter; harmless self
void f91(QSqlTableModel& self, T_<int> a0) { self.revertRow(a0); }
//= self : qtsql.model reference parameter; harmless self
void f92(QSqlTableModel& self) { [[maybe_unused]] auto&& r = self.isDirty(); }
//= self : qtsql.model reference parameter; havoc #0; harmless self
void f93(QSqlTableModel& self, T_<const QModelIndex &> a0) { [[maybe_unused]] auto&& r = self.data(a0); }
//= self : qtsql.model reference parameter; harmless self
void f94(QSqlTableModel& self) { [[maybe_unused]] auto&& r = self.record(); }
//= self : qtsql.model reference parameter; harmless self
void f95(QSqlTableModel& self) { [[maybe_unused]] auto&& r = self.rowCount(); }
//= self : qtsql.model reference parameter; havoc #0; harmless self
void f96(QSqlTableModel& self) { [[maybe_unused]] auto&& r = self.columnCount(); }
//= self : qtsql.model reference parameter; havoc #0; harmless self
void f97(QSqlTableModel& self, T_<int> a0, T_<Qt::Orientation> a1) { [[maybe_unused]] auto&& r = self.headerData(a0, a1); }
//= self : qtsql.model reference parameter; harmless self
void f98(QSqlTableModel& self, T_<int> a0, T_<Qt::Orientation> a1, T_<const QVariant &> a2) { [[maybe_unused]] auto&& r = self.setHeaderData(a0, a1, a2); }
//= self : qtsql.model reference parameter; havoc #0; harmless self
void f99(QSqlTableModel& self, T_<const QString &> a0) { self.setTable(a0); }
//= self : qtsql.model reference parameter; harmless self
void f100(QSqlTableModel& self, T_<const QString &> a0) { self.setFilter(a0); }
//= self : qtsql.model reference parameter; harmless self
void f101(QSqlTableModel& self, T_<int> a0, T_<Qt::SortOrder> a1) { self.setSort(a0, a1); }
//= self : qtsql.model reference parameter; harmless self
void f103(QSqlTableModel& self, T_<QSqlTableModel::EditStrategy> a0) { self.setEditStrategy(a0); }
//= self : qtsql.model reference parameter; harmless self
void f104(QSqlTableModel& self) { [[maybe_unused]] auto&& r = self.editStrategy(); }
//= self : qtsql.model reference parameter; havoc #0; harmless self
void f105(QSqlTableModel& self) { [[maybe_unused]] auto&& r = self.tableName(); }
//= self : qtsql.model reference parameter; harmless self
void f106(QSqlTableModel& self) { [[maybe_unused]] auto&& r = self.filter(); }
//= self : qtsql.model reference parameter; harmless self
void f107(QSqlTableModel& self) { [[maybe_unused]] auto&& r = self.primaryKey(); }
//= self : qtsql.model reference parameter; harmless self
void f108(QSqlTableModel& self) { [[maybe_unused]] auto&& r = self.database(); }
//= self : qtsql.model reference parameter; r : qtsql.database shared; r : qtsql.database shared global found; harmless self; bind #1 to #2; end #1 implicit
void f109(QSqlTableModel& self, T_<const QString &> a0) { [[maybe_unused]] auto&& r = self.fieldIndex(a0); }
//= self : qtsql.model reference parameter; havoc #0; harmless self
void f110(QSqlTableModel& self, T_<const QModelIndex &> a0) { [[maybe_unused]] auto&& r = self.flags(a0); }
//= self : qtsql.model reference parameter; harmless self
void f111(QSqlTableModel& self) { [[maybe_unused]] auto&& r = self.lastError(); }
//= self : qtsql.model reference parameter; harmless self
void f112(QSqlTableModel& self) { [[maybe_unused]] auto&& r = self.query(); }
//= self : qtsql.model reference parameter; r : qtsql.query shared; harmless self; make r of self derived; end r implicit
void f113(QSqlTableModel& self, T_<int> a0, T_<int> a1) { [[maybe_unused]] auto&& r = self.index(a0, a1); }
//= self : qtsql.model reference parameter; harmless self
void f114(QSqlTableModel& self) { self.clear(); }
//= self : qtsql.model reference parameter; harmless self
void f115(QSqlQueryModel* self) { sink(self); }
//= self : qtsql.query-model parameter; escape self opaque; call throws?
void f116() { QSqlQueryModel self; }
//= self : qtsql.query-model value; make self throws?; end self implicit
void f117(QSqlQueryModel& self, T_<const QSqlQuery &> a0) { self.setQuery(a0); }
//= self : qtsql.query-model reference parameter; a0 : qtsql.query reference parameter; use self read true
void f118(QSqlQueryModel& self) { self.fetchMore(); }
//= self : qtsql.query-model reference parameter; use self read true
void f119(QSqlQueryModel& self, T_<const QModelIndex &> a0) { [[maybe_unused]] auto&& r = self.data(a0); }
//= self : qtsql.query-model reference parameter; harmless self
void f120(QSqlQueryModel& self) { [[maybe_unused]] auto&& r = self.record(); }
//= self : qtsql.query-model reference parameter; harmless self
void f121(QSqlQueryModel& self) { [[maybe_unused]] auto&& r = self.rowCount(); }
//= self : qtsql.query-model reference parameter; havoc #0; harmless self
void f122(QSqlQueryModel& self) { [[maybe_unused]] auto&& r = self.columnCount(); }
//= self : qtsql.query-model reference parameter; havoc #0; harmless self
void f123(QSqlQueryModel& self, T_<int> a0, T_<Qt::Orientation> a1) { [[maybe_unused]] auto&& r = self.headerData(a0, a1); }
//= self : qtsql.query-model reference parameter; harmless self
void f124(QSqlQueryModel& self, T_<int> a0, T_<Qt::Orientation> a1, T_<const QVariant &> a2) { [[maybe_unused]] auto&& r = self.setHeaderData(a0, a1, a2); }
//= self : qtsql.query-model reference parameter; havoc #0; harmless self
void f125(QSqlQueryModel& self) { [[maybe_unused]] auto&& r = self.lastError(); }
//= self : qtsql.query-model reference parameter; harmless self
void f126(QSqlQueryModel& self) { [[maybe_unused]] auto&& r = self.query(); }
//= self : qtsql.query-model reference parameter; r : qtsql.query shared; harmless self; make r of self derived; end r implicit
void f127(QSqlQueryModel& self, T_<int> a0, T_<int> a1) { [[maybe_unused]] auto&& r = self.index(a0, a1); }
//= self : qtsql.query-model reference parameter; harmless self
void f128(QSqlQueryModel& self) { self.clear(); }
//= self : qtsql.query-model reference parameter; harmless self
void f129(T_<const QString &> a0) { [[maybe_unused]] auto&& r = QSqlDatabase::addDatabase(a0); }
//= r : qtsql.database shared; make r factory; end r implicit
void f130(T_<const QSqlDatabase &> a0, T_<const QString &> a1) { [[maybe_unused]] auto&& r = QSqlDatabase::cloneDatabase(a0, a1); }
//= a0 : qtsql.database reference parameter; r : qtsql.database shared; make r factory; end r implicit
void f131() { [[maybe_unused]] auto&& r = QSqlDatabase::database(); }
//= r : qtsql.database shared; QSqlDatabase::database() : qtsql.database shared global; bind r to QSqlDatabase::database(); end r implicit

// Written by hand: protected for the first class of its kind.
struct OwnModel : QSqlQueryModel {};
void f201(OwnModel& self, const QSqlQuery& a0) { self.setQuery(a0); }
//= self : qtsql.query-model reference parameter; a0 : qtsql.query reference parameter; use self read true
void f202() {
//= found : qtsql.database shared; `QSqlDatabase::database("shop")` : qtsql.database shared global database="\"shop\""; bind found to `QSqlDatabase::database("shop")`; remove; end found implicit
  QSqlDatabase found = QSqlDatabase::database("shop");
  QSqlDatabase::removeDatabase("shop");
}
