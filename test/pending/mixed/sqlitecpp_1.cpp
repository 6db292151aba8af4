// Note taking application on SQLiteCpp: notebooks, tags, synchronisation
// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/Savepoint.h>
#include <SQLiteCpp/VariadicBind.h>

#include <exception>
#include <functional>
#include <future>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace notes {

std::size_t titleLength(SQLite::Database& db, int id) {
  std::string_view title;
  {
    SQLite::Statement st(db, "SELECT title FROM note WHERE id = ?");
    st.bind(1, id);
    if (st.executeStep()) title = st.getColumn(0).getText();
  }
  return title.size() + (title.empty() ? 0 : title.back() == '!');  // expect: session-use-after-scope
}

}  // namespace notes
