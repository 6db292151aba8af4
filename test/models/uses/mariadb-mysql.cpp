// MySQL's own client: its structs have the names that are typedefs in MariaDB's.
struct MYSQL;
struct MYSQL_RES;
struct MYSQL_STMT;
template <class T> void sink(T*);

void f1(MYSQL* self) { sink(self); }
//= self : mariadb.connection parameter; escape self opaque; call throws?
void f2(MYSQL_RES* self) { sink(self); }
//= self : mariadb.result parameter; escape self opaque; call throws?
void f3(MYSQL_STMT* self) { sink(self); }
//= self : mariadb.statement parameter; escape self opaque; call throws?
