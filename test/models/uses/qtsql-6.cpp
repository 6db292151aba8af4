// What Qt 6 added.
class QThread;
class QString;
class QStringList;
class QSqlDatabase {
public:
  bool moveToThread(QThread* thread);
  QThread* thread() const;
};
class QSqlQuery {
public:
  void swap(QSqlQuery& other) noexcept;
  void setPositionalBindingEnabled(bool enable);
  bool isPositionalBindingEnabled() const;
  const QString& boundValueName(int index) const;
  const QStringList& boundValueNames() const;
};

void f1(QSqlDatabase& self, QThread* a0) { [[maybe_unused]] auto&& r = self.moveToThread(a0); }
//= self : qtsql.database reference parameter; havoc #0; harmless self
void f2(QSqlDatabase& self) { [[maybe_unused]] auto&& r = self.thread(); }
//= self : qtsql.database reference parameter; havoc #0; harmless self
void f3(QSqlQuery& self, QSqlQuery& a0) { self.swap(a0); }
//= self : qtsql.query reference parameter; a0 : qtsql.query reference parameter; harmless self
void f4(QSqlQuery& self) { self.setPositionalBindingEnabled(true); }
//= self : qtsql.query reference parameter; harmless self
void f5(QSqlQuery& self) { [[maybe_unused]] auto&& r = self.isPositionalBindingEnabled(); }
//= self : qtsql.query reference parameter; havoc #0; harmless self
void f6(QSqlQuery& self) { [[maybe_unused]] auto&& r = self.boundValueName(0); }
//= self : qtsql.query reference parameter; harmless self
void f7(QSqlQuery& self) { [[maybe_unused]] auto&& r = self.boundValueNames(); }
//= self : qtsql.query reference parameter; harmless self
