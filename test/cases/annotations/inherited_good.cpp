// Annotations of an interface hold for the classes that implement it, and for nothing beside it.
// library: annotations
#include <session_tidy/annotations.h>

namespace shop {

class Store {
public:
  virtual ~Store();
  SESSION_TIDY_BEGINS virtual void takeNote() = 0;
  SESSION_TIDY_COMMITS virtual void engrave() = 0;
  SESSION_TIDY_ROLLS_BACK virtual void forget() = 0;
  virtual bool run(const char* text) noexcept = 0;
};

class FileStore : public Store {
public:
  FileStore();
  void takeNote() override;
  void takeNote(int number); // another one, of which nothing is said
  void engrave() override;
  void forget() override;
  bool run(const char* text) noexcept override;
};

void done(FileStore& store) {
  store.takeNote();
  try {
    store.run("UPDATE page SET n = 1");
    store.engrave();
  } catch (...) {
    store.forget();
    throw;
  }
}

void numbered(FileStore& store, bool quick) {
  store.takeNote(1);
  store.run("UPDATE page SET n = 1");
  if (quick)
    return;
  store.engrave();
}

} // namespace shop
