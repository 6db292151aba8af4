// Seen in the field: what looks lost is not, since the program ends there.
// library: mariadb
#include <cstdlib>
#include <list>
#include <mysql.h>

class Links {
public:
  void fill(const char* host, int count) {
    for (int i = 0; i < count; i++) {
      MYSQL* link = nullptr;
      link = mysql_init(link);
      if (link == nullptr)
        std::exit(1);
      link = mysql_real_connect(link, host, "app", "pw", "shop", 0, nullptr, 0);
      if (link == nullptr)
        std::exit(1);
      free_.push_back(link);
    }
  }
  ~Links() {
    for (MYSQL* link : free_)
      mysql_close(link);
  }

private:
  std::list<MYSQL*> free_;
};
