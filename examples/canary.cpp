// A file with exactly one defect that session-tidy finds. A plugin that is not loaded, or a check that is not turned on, is as
// quiet as clean code; a job that lints this file first, and stops unless the defect is reported, does not mistake the one for
// the other. It includes nothing, so it needs no library:
//
//   clang-tidy-22 --load /usr/lib/session-tidy/llvm-22/libsession-tidy.so --checks='-*,session-*' canary.cpp -- |
//     grep session-temporary-guard

namespace soci {
class session;
class transaction {
public:
  explicit transaction(session& sql);
  ~transaction();
  void commit();
};
} // namespace soci

void canary(soci::session& sql) {
  soci::transaction{sql}; // without a name: rolled back here, at once
}
