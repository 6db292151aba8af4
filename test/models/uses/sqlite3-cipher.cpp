// SQLCipher's additions, which Debian's sqlite3.h does not have.
struct sqlite3;
extern "C" int sqlite3_key(sqlite3*, const void*, int);
extern "C" int sqlite3_key_v2(sqlite3*, const char*, const void*, int);
extern "C" int sqlite3_rekey(sqlite3*, const void*, int);

void f1(sqlite3* a0) { [[maybe_unused]] auto&& r = sqlite3_key(a0, "k", 1); }
//= a0 : sqlite3.connection parameter; use a0 -> #0 zero
void f2(sqlite3* a0) { [[maybe_unused]] auto&& r = sqlite3_key_v2(a0, "main", "k", 1); }
//= a0 : sqlite3.connection parameter; use a0 -> #0 zero
void f3(sqlite3* a0) { [[maybe_unused]] auto&& r = sqlite3_rekey(a0, "k", 1); }
//= a0 : sqlite3.connection parameter; use a0 -> #0 zero
