// The classes and functions of general libraries that the linter knows, one function for each
// (../ModelTests.cpp), with a session that a model of the test's own knows.
#include <helpers.h>

void f1(std::unique_ptr<any::Session>& self) { self->begin(); }
//= self : any.session reference parameter; begin self
void f2(std::optional<any::Session>& self) { self->begin(); }
//= self : any.session reference parameter; begin self
void f3(std::auto_ptr<any::Session>& self) { self->begin(); }
//= self : any.session reference parameter; begin self
void f4(std::experimental::optional<any::Session>& self) { self->begin(); }
//= self : any.session reference parameter; begin self
void f5(boost::scoped_ptr<any::Session>& self) { self->begin(); }
//= self : any.session reference parameter; begin self
void f6(boost::optional<any::Session>& self) { self->begin(); }
//= self : any.session reference parameter; begin self
void f7(boost::movelib::unique_ptr<any::Session>& self) { self->begin(); }
//= self : any.session reference parameter; begin self
void f8(QScopedPointer<any::Session>& self) { self->begin(); }
//= self : any.session reference parameter; begin self
void f9(absl::optional<any::Session>& self) { self->begin(); }
//= self : any.session reference parameter; begin self
void f10(tl::optional<any::Session>& self) { self->begin(); }
//= self : any.session reference parameter; begin self
void f11(std::shared_ptr<any::Session> self) { self->begin(); }
//= self : any.session shared parameter; begin self
void f12(std::weak_ptr<any::Session>& self) { self.lock()->begin(); }
//= self : any.session reference parameter; use self; call
void f13(boost::shared_ptr<any::Session> self) { self->begin(); }
//= self : any.session shared parameter; begin self
void f14(boost::weak_ptr<any::Session> self) { self->begin(); }
//= self : any.session shared parameter; begin self
void f15(boost::intrusive_ptr<any::Session> self) { self->begin(); }
//= self : any.session shared parameter; begin self
void f16(QSharedPointer<any::Session> self) { self->begin(); }
//= self : any.session shared parameter; begin self
void f17(QWeakPointer<any::Session> self) { self->begin(); }
//= self : any.session shared parameter; begin self
void f18(Poco::SharedPtr<any::Session> self) { self->begin(); }
//= self : any.session shared parameter; begin self
void f19(Poco::AutoPtr<any::Session> self) { self->begin(); }
//= self : any.session shared parameter; begin self
void f20(std::reference_wrapper<any::Session> self) { self.get().begin(); }
//= self : any.session parameter; begin self
void f21(std::experimental::observer_ptr<any::Session> self) { self->begin(); }
//= self : any.session parameter; begin self
void f22(gsl::not_null<any::Session> self) { self->begin(); }
//= self : any.session parameter; begin self
void f23(QPointer<any::Session> self) { self->begin(); }
//= self : any.session parameter; begin self
struct OnExit24 {
  std::function<void()> run;
  ~OnExit24() { run(); }
};
void f24(any::Session& self) { OnExit24 undo{[&] { self.rollback(); }}; self.begin(); }
//= self : any.session reference parameter; frame ~OnExit24; frame lambda in 0 own; set undo.run = 1; begin self; rollback self frame=1; never
struct OnExit25 {
  std::move_only_function<void()> run;
  ~OnExit25() { run(); }
};
void f25(any::Session& self) { OnExit25 undo{[&] { self.rollback(); }}; self.begin(); }
//= self : any.session reference parameter; frame ~OnExit25; frame lambda in 0 own; set undo.run = 1; begin self; rollback self frame=1; never
struct OnExit26 {
  boost::function<void()> run;
  ~OnExit26() { run(); }
};
void f26(any::Session& self) { OnExit26 undo{[&] { self.rollback(); }}; self.begin(); }
//= self : any.session reference parameter; frame ~OnExit26; frame lambda in 0 own; set undo.run = 1; begin self; rollback self frame=1; never
class Db27Session {
public:
  void begin();
  void commit();
  void rollback();
  void exec(const std::string& sql);
};
void f27(Db27Session& self, const std::string& sql) { self.exec(sql); }
//= self : shape.Db27Session reference parameter; use self throws
class Db28Session {
public:
  void begin();
  void commit();
  void rollback();
  void exec(const QString& sql);
};
void f28(Db28Session& self, const QString& sql) { self.exec(sql); }
//= self : shape.Db28Session reference parameter; use self throws
class Db29Session {
public:
  void begin();
  void commit();
  void rollback();
  void exec(const std::string_view& sql);
};
void f29(Db29Session& self, const std::string_view& sql) { self.exec(sql); }
//= self : shape.Db29Session reference parameter; use self throws
void f30(any::Rows& self) { std::string_view text = self.text<std::string_view>(); self.next(); }
//= self : any.rows reference parameter; self.text<std::string_view>() : any.text temporary; text : any.text reference; make self.text<std::string_view>() of self derived; havoc text; end text implicit; bind text to self.text<std::string_view>(); refresh self
class Db31Session {
public:
  void begin();
  void commit();
  void rollback();
  void exec(const absl::string_view& sql);
};
void f31(Db31Session& self, const absl::string_view& sql) { self.exec(sql); }
//= self : shape.Db31Session reference parameter; use self throws
void f32(any::Rows& self) { absl::string_view text = self.text<absl::string_view>(); self.next(); }
//= self : any.rows reference parameter; self.text<absl::string_view>() : any.text temporary; text : any.text reference; make self.text<absl::string_view>() of self derived; havoc text; end text implicit; bind text to self.text<absl::string_view>(); refresh self
class Db33Session {
public:
  void begin();
  void commit();
  void rollback();
  void exec(const QStringView& sql);
};
void f33(Db33Session& self, const QStringView& sql) { self.exec(sql); }
//= self : shape.Db33Session reference parameter; use self throws
void f34(any::Rows& self) { QStringView text = self.text<QStringView>(); self.next(); }
//= self : any.rows reference parameter; self.text<QStringView>() : any.text temporary; text : any.text reference; make self.text<QStringView>() of self derived; havoc text; end text implicit; bind text to self.text<QStringView>(); refresh self
class Db35Session {
public:
  void begin();
  void commit();
  void rollback();
  void exec(const QByteArrayView& sql);
};
void f35(Db35Session& self, const QByteArrayView& sql) { self.exec(sql); }
//= self : shape.Db35Session reference parameter; use self throws
void f36(any::Rows& self) { QByteArrayView text = self.text<QByteArrayView>(); self.next(); }
//= self : any.rows reference parameter; self.text<QByteArrayView>() : any.text temporary; text : any.text reference; make self.text<QByteArrayView>() of self derived; havoc text; end text implicit; bind text to self.text<QByteArrayView>(); refresh self
class Db37Session {
public:
  void begin();
  void commit();
  void rollback();
  void exec(const QLatin1String& sql);
};
void f37(Db37Session& self, const QLatin1String& sql) { self.exec(sql); }
//= self : shape.Db37Session reference parameter; use self throws
void f38(any::Rows& self) { QLatin1String text = self.text<QLatin1String>(); self.next(); }
//= self : any.rows reference parameter; self.text<QLatin1String>() : any.text temporary; text : any.text reference; make self.text<QLatin1String>() of self derived; havoc text; end text implicit; bind text to self.text<QLatin1String>(); refresh self
void f39(any::Rows& self) { std::span<char> text = self.text<std::span<char>>(); self.next(); }
//= self : any.rows reference parameter; self.text<std::span<char>>() : any.text temporary; text : any.text reference; make self.text<std::span<char>>() of self derived; havoc text; end text implicit; bind text to self.text<std::span<char>>(); refresh self
void f40(any::Session& self) { gsl::final_action undo([&] { self.rollback(); }); self.begin(); }
//= self : any.session reference parameter; frame `scope guard`; set #0 = 1; begin self; rollback self frame=0; never
void f41(any::Session& self) { gsl::final_act undo([&] { self.rollback(); }); self.begin(); }
//= self : any.session reference parameter; frame `scope guard`; set #0 = 1; begin self; rollback self frame=0; never
void f42(any::Session& self) { absl::Cleanup undo([&] { self.rollback(); }); self.begin(); }
//= self : any.session reference parameter; frame `scope guard`; set #0 = 1; begin self; rollback self frame=0; never
void f43(any::Session& self) { absl::cleanup_internal::Cleanup undo([&] { self.rollback(); }); self.begin(); }
//= self : any.session reference parameter; frame `scope guard`; set #0 = 1; begin self; rollback self frame=0; never
void f44(any::Session& self) { QScopeGuard undo([&] { self.rollback(); }); self.begin(); }
//= self : any.session reference parameter; frame `scope guard`; set #0 = 1; begin self; rollback self frame=0; never
void f45(any::Session& self) { std::experimental::scope_exit undo([&] { self.rollback(); }); self.begin(); }
//= self : any.session reference parameter; frame `scope guard`; set #0 = 1; begin self; rollback self frame=0; never
void f46(any::Session& self) { boost::scope::scope_exit undo([&] { self.rollback(); }); self.begin(); }
//= self : any.session reference parameter; frame `scope guard`; set #0 = 1; begin self; rollback self frame=0; never
void f47(any::Session& self) { boost::scope::defer_guard undo([&] { self.rollback(); }); self.begin(); }
//= self : any.session reference parameter; frame `scope guard`; set #0 = 1; begin self; rollback self frame=0; never
void f48(any::Session& self) { folly::detail::ScopeGuardImpl undo([&] { self.rollback(); }); self.begin(); }
//= self : any.session reference parameter; frame `scope guard`; set #0 = 1; begin self; rollback self frame=0; never
void f49(any::Session& self) { sg::detail::scope_guard undo([&] { self.rollback(); }); self.begin(); }
//= self : any.session reference parameter; frame `scope guard`; set #0 = 1; begin self; rollback self frame=0; never
void f50(any::Session& self) { boost::scope_exit::aux::guard undo; undo = [&] { self.rollback(); }; self.begin(); }
//= self : any.session reference parameter; frame `scope guard`; call; havoc undo; set undo = 0; set undo = 1; begin self; rollback self frame=0; never
void f51(any::Session& self) { std::thread other([&] { self.begin(); }); other.join(); self.commit(); }
//= self : any.session reference parameter; share self; call throws?; join self; call throws?; commit self
void f52(any::Session& self) { boost::thread other([&] { self.begin(); }); other.join(); self.commit(); }
//= self : any.session reference parameter; share self; call throws?; join self; call throws?; commit self
void f53(any::Session& self) { { std::jthread other([&] { self.begin(); }); } self.commit(); }
//= self : any.session reference parameter; share self; call throws?; join self; commit self
void f54(any::Session& self) { { boost::scoped_thread other([&] { self.begin(); }); } self.commit(); }
//= self : any.session reference parameter; share self; call throws?; join self; commit self
void f55(any::Session& self) { std::shared_future<void> done = std::async([&] { self.begin(); }); done.wait(); self.commit(); }
//= self : any.session reference parameter; share self; call throws?; call; join self; call throws?; commit self
void f57(any::Session& self) { boost::future<void> done = std::async([&] { self.begin(); }); done.wait(); self.commit(); }
//= self : any.session reference parameter; share self; call throws?; call throws?; join self; call throws?; commit self
void f58(any::Session& self) { QFuture<void> done = std::async([&] { self.begin(); }); done.wait(); self.commit(); }
//= self : any.session reference parameter; share self; call throws?; call throws?; join self; call throws?; commit self
void f59(any::Session& self) { { std::future<void> done = std::async([&] { self.begin(); }); } self.commit(); }
//= self : any.session reference parameter; share self; call throws?; join self; commit self
void f60(any::Session& self) { auto done = std::async([&] { self.begin(); }); done.wait(); self.commit(); }
//= self : any.session reference parameter; share self; call throws?; join self; join self; call throws?; commit self; join self
void f61(any::Session& self) { boost::async([&] { self.begin(); }); self.commit(); }
//= self : any.session reference parameter; share self detached; call throws?; commit self
void f62(any::Session& self) { boost::asio::post([&] { self.begin(); }); self.commit(); }
//= self : any.session reference parameter; share self detached; call throws?; commit self
void f63(any::Session& self) { boost::asio::dispatch([&] { self.begin(); }); self.commit(); }
//= self : any.session reference parameter; share self detached; call throws?; commit self
void f64(any::Session& self) { boost::asio::defer([&] { self.begin(); }); self.commit(); }
//= self : any.session reference parameter; share self detached; call throws?; commit self
void f65(any::Session& self) { boost::asio::co_spawn([&] { self.begin(); }); self.commit(); }
//= self : any.session reference parameter; share self detached; call throws?; commit self
void f66(any::Session& self) { asio::post([&] { self.begin(); }); self.commit(); }
//= self : any.session reference parameter; share self detached; call throws?; commit self
void f67(any::Session& self) { asio::dispatch([&] { self.begin(); }); self.commit(); }
//= self : any.session reference parameter; share self detached; call throws?; commit self
void f68(any::Session& self) { asio::defer([&] { self.begin(); }); self.commit(); }
//= self : any.session reference parameter; share self detached; call throws?; commit self
void f69(any::Session& self) { asio::co_spawn([&] { self.begin(); }); self.commit(); }
//= self : any.session reference parameter; share self detached; call throws?; commit self
void f70(any::Session& self) { QtConcurrent::run([&] { self.begin(); }); self.commit(); }
//= self : any.session reference parameter; share self detached; call throws?; commit self
void f71(any::Session& self) { QTimer::singleShot([&] { self.begin(); }); self.commit(); }
//= self : any.session reference parameter; share self detached; call throws?; commit self
void f72(any::Session& self) { QThreadPool::start([&] { self.begin(); }); self.commit(); }
//= self : any.session reference parameter; share self detached; call throws?; commit self
void f73(any::Session& self) { QThread::create([&] { self.begin(); }); self.commit(); }
//= self : any.session reference parameter; share self detached; call throws?; commit self
void f74(any::Session& self) { QMetaObject::invokeMethod([&] { self.begin(); }); self.commit(); }
//= self : any.session reference parameter; share self detached; call throws?; commit self
void f75(any::Session& self) { Poco::ThreadPool::start([&] { self.begin(); }); self.commit(); }
//= self : any.session reference parameter; share self detached; call throws?; commit self
void f76(any::Session& self) { tbb::task_group::run([&] { self.begin(); }); self.commit(); }
//= self : any.session reference parameter; share self detached; call throws?; commit self
void f77(any::Rows& self) { rocksdb::Slice text = self.text<rocksdb::Slice>(); self.next(); }
//= self : any.rows reference parameter; self.text<rocksdb::Slice>() : any.text temporary; text : any.text reference; make self.text<rocksdb::Slice>() of self derived; havoc text; end text implicit; bind text to self.text<rocksdb::Slice>(); refresh self
void f78(any::Rows& self) { leveldb::Slice text = self.text<leveldb::Slice>(); self.next(); }
//= self : any.rows reference parameter; self.text<leveldb::Slice>() : any.text temporary; text : any.text reference; make self.text<leveldb::Slice>() of self derived; havoc text; end text implicit; bind text to self.text<leveldb::Slice>(); refresh self
