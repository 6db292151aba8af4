// Names that stand nowhere in the text: the preprocessor puts them together.
#define JOIN(a, b) a##b

namespace JOIN(so, ci) {
class JOIN(sess, ion) {};
class JOIN(trans, action) {
public:
  explicit JOIN(trans, action)(JOIN(sess, ion)& sql);
  ~JOIN(trans, action)();
  void commit();
};
} // namespace JOIN(so, ci)

void work(JOIN(so, ci)::JOIN(sess, ion)& sql) {
  JOIN(so, ci)::JOIN(trans, action){sql}; // expect: session-temporary-guard
}
