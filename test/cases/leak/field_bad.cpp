// Seen in the field: a helper that loses the handle of a failed connect is told of in the helper, not at each of its calls.
// library: mariadb
#include <mysql.h>

MYSQL* dial(const char* host) {
  MYSQL* link = nullptr;
  link = mysql_init(link); // expect: session-leak "'mysql_real_connect' fails"
  if (link == nullptr)
    return nullptr;
  if (mysql_real_connect(link, host, "app", "pw", "shop", 0, nullptr, 0))
    return link;
  return nullptr;
}

int ping(const char* host) {
  MYSQL* link = dial(host); // expect: session-raw-construction
  if (!link)
    return -1;
  const int answer = mysql_query(link, "SELECT 1");
  mysql_close(link);
  return answer;
}

bool reachable(const char* host) {
  MYSQL* link = dial(host); // expect: session-raw-construction
  const bool yes = link != nullptr;
  if (yes)
    mysql_close(link);
  return yes;
}
