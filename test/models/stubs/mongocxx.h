// The names of mongocxx, after its documentation: just enough to compile one use of each.
#pragma once
#include <string>

namespace mongocxx { class client; }
namespace mongocxx { class client_session; }
namespace mongocxx { class pool; }
namespace mongocxx { class database; }
namespace mongocxx { class collection; }
namespace mongocxx { class cursor; }
namespace mongocxx { class change_stream; }
namespace mongocxx {
class client {
public:
  client();
  client(const client&);
  ~client();
  mongocxx::client_session start_session();
  mongocxx::database database();
  mongocxx::database operator[](int a0);
  void list_databases();
  void list_database_names();
  void reset();
  void uri();
  void read_concern();
  void write_concern();
  void read_preference();
};
}
namespace mongocxx {
class client_session {
public:
  client_session();
  client_session(const client_session&);
  ~client_session();
  void start_transaction();
  void commit_transaction();
  void abort_transaction();
  void with_transaction();
  void client();
  void options();
  void id();
  void cluster_time();
  void operation_time();
  void server_id();
  void get_transaction_state();
  void get_dirty();
  void advance_cluster_time();
  void advance_operation_time();
};
}
namespace mongocxx {
class pool {
public:
  class entry {
  public:
    entry(const entry&);
    ~entry();
    entry();
    int* operator->();
    void operator*();
  };
  pool();
  pool(const pool&);
  ~pool();
  mongocxx::pool::entry acquire();
  mongocxx::pool::entry try_acquire();
};
}
namespace mongocxx {
class database {
public:
  database(const database&);
  ~database();
  database();
  mongocxx::database collection();
  mongocxx::database operator[](int a0);
  mongocxx::cursor find();
  mongocxx::cursor aggregate();
  mongocxx::cursor watch();
  void find_one();
  void count_documents();
  void estimated_document_count();
  void list_collections();
  void list_collection_names();
  void has_collection();
  void distinct();
  void insert_one();
  void insert_many();
  void update_one();
  void update_many();
  void replace_one();
  void delete_one();
  void delete_many();
  void bulk_write();
  void find_one_and_update();
  void find_one_and_replace();
  void find_one_and_delete();
  void create_collection();
  void create_index();
  void drop();
  void rename();
  void run_command();
  void name();
  void read_concern();
  void write_concern();
  void read_preference();
  void indexes();
};
}
namespace mongocxx {
class collection {
public:
  collection(const collection&);
  ~collection();
  collection();
  mongocxx::database operator[](int a0);
  mongocxx::cursor find();
  mongocxx::cursor aggregate();
  mongocxx::cursor watch();
  void find_one();
  void count_documents();
  void estimated_document_count();
  void list_collections();
  void list_collection_names();
  void has_collection();
  void distinct();
  void insert_one();
  void insert_many();
  void update_one();
  void update_many();
  void replace_one();
  void delete_one();
  void delete_many();
  void bulk_write();
  void find_one_and_update();
  void find_one_and_replace();
  void find_one_and_delete();
  void create_collection();
  void create_index();
  void drop();
  void rename();
  void run_command();
  void name();
  void read_concern();
  void write_concern();
  void read_preference();
  void indexes();
};
}
namespace mongocxx {
class cursor {
public:
  cursor();
  cursor(const cursor&);
  ~cursor();
  explicit cursor(mongocxx::client& on);
  void begin();
  void end();
};
}
namespace mongocxx {
class change_stream {
public:
  change_stream();
  change_stream(const change_stream&);
  ~change_stream();
  explicit change_stream(mongocxx::client& on);
  void begin();
  void end();
};
}
