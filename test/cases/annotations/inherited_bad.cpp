// Annotations of an interface hold for the classes that implement it.
// library: annotations
#include <session_tidy/annotations.h>

#include <thread>

namespace shop {

class Store {
public:
  virtual ~Store();
  SESSION_TIDY_BEGINS virtual void takeNote() = 0;
  SESSION_TIDY_COMMITS virtual void engrave() = 0;
  SESSION_TIDY_ROLLS_BACK virtual void forget() = 0;
  virtual bool run(const char* text) noexcept = 0;
  virtual void adopt(SESSION_TIDY_CLOSES Store* other) = 0;
};

class FileStore : public Store {
public:
  FileStore();
  void takeNote() override;
  void engrave() override;
  void forget() override;
  bool run(const char* text) noexcept override;
  void adopt(Store* other) override;
};

class PaperStore final : public FileStore {
public:
  PaperStore();
  void takeNote() override;
};

void left(FileStore& store, bool quick) {
  store.takeNote(); // expect: session-unfinished-transaction
  store.run("UPDATE page SET n = 1");
  if (quick)
    return;
  store.engrave();
}

void leftTwoLevelsDown(PaperStore& store, bool quick) {
  store.takeNote(); // expect: session-unfinished-transaction
  store.run("UPDATE page SET n = 1");
  if (quick)
    return;
  store.engrave();
}

void parameterOfTheBase(FileStore& store, Store* other) {
  store.adopt(other);
  other->run("SELECT 1"); // expect: session-use-after-scope
}

} // namespace shop
