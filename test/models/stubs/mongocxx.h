// The C++ driver of MongoDB in our own words: the classes and methods that its model speaks of,
// declared as in the headers <mongocxx/*.hpp> of 4.x; with MONGOCXX_3 as in those of 3.x, where the
// namespace of the ABI is inline.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bsoncxx {
namespace document {
class view {};
class value {
public:
  view view() const noexcept;
};
class view_or_value {
public:
  view_or_value();
  view_or_value(document::view);
  view_or_value(document::value);
};
} // namespace document
namespace string {
class view_or_value {
public:
  view_or_value(const char*);
  view_or_value(std::string);
};
} // namespace string
} // namespace bsoncxx

namespace mongocxx {
#ifdef MONGOCXX_3
inline namespace v_noabi {
#else
namespace v_noabi {
#endif

using bsoncxx::document::view_or_value;
using name = bsoncxx::string::view_or_value;
using document_value = bsoncxx::document::value;

class client;
class client_session;
class collection;
class read_concern {};
class write_concern {};
class read_preference {};
class index_view {};
class pipeline {};
namespace options {
class client {};
class client_session {};
class pool {};
class transaction {};
class find {};
class insert {};
} // namespace options

class uri {
public:
  explicit uri(name text = "mongodb://localhost:27017");
};

class cursor {
public:
  class iterator {
  public:
    const bsoncxx::document::view& operator*() const;
    iterator& operator++();
    friend bool operator!=(const iterator&, const iterator&) noexcept;
  };
  cursor(cursor&&) noexcept;
  cursor& operator=(cursor&&) noexcept;
  cursor(const cursor&) = delete;
  ~cursor();
  iterator begin();
  iterator end();
};

class change_stream {
public:
  class iterator {
  public:
    const bsoncxx::document::view& operator*() const;
    iterator& operator++();
    friend bool operator!=(const iterator&, const iterator&) noexcept;
  };
  change_stream(change_stream&&) noexcept;
  ~change_stream();
  iterator begin() const;
  iterator end() const;
};

namespace model {
class write {};
} // namespace model

class bulk_write {
public:
  bulk_write(bulk_write&&) noexcept;
  bulk_write& operator=(bulk_write&&) noexcept;
  ~bulk_write();
  bool empty() const noexcept;
  bulk_write& append(const model::write& operation);
  std::optional<int> execute() const;
};

class collection {
public:
  collection() noexcept;
  collection(collection&&) noexcept;
  collection(const collection&);
  ~collection();
  cursor aggregate(const pipeline& pipeline);
  cursor aggregate(const client_session& session, const pipeline& pipeline);
  bulk_write create_bulk_write();
  bulk_write create_bulk_write(const client_session& session);
  std::int64_t count_documents(view_or_value filter);
  std::int64_t estimated_document_count();
  document_value create_index(view_or_value keys);
  std::optional<int> delete_many(view_or_value filter);
  std::optional<int> delete_one(view_or_value filter);
  std::optional<int> delete_one(const client_session& session, view_or_value filter);
  cursor distinct(name field, view_or_value filter);
  void drop();
  cursor find(view_or_value filter, const options::find& options = {});
  cursor find(const client_session& session, view_or_value filter,
              const options::find& options = {});
  std::optional<document_value> find_one(view_or_value filter);
  std::optional<document_value> find_one_and_delete(view_or_value filter);
  std::optional<document_value> find_one_and_replace(view_or_value filter, view_or_value other);
  std::optional<document_value> find_one_and_update(view_or_value filter, view_or_value update);
  std::optional<int> insert_one(view_or_value document, const options::insert& options = {});
  std::optional<int> insert_one(const client_session& session, view_or_value document,
                                const options::insert& options = {});
  template <class Container>
  std::optional<int> insert_many(const Container& documents);
  cursor list_indexes() const;
  std::string_view name() const;
  void rename(v_noabi::name other, bool drop = false);
  v_noabi::read_concern read_concern() const;
  v_noabi::write_concern write_concern() const;
  v_noabi::read_preference read_preference() const;
  std::optional<int> replace_one(view_or_value filter, view_or_value other);
  std::optional<int> update_many(view_or_value filter, view_or_value update);
  std::optional<int> update_one(view_or_value filter, view_or_value update);
  index_view indexes();
  change_stream watch();
  template <class Write>
  std::optional<int> write(const Write& operation);
};

class database {
public:
  database() noexcept;
  database(database&&) noexcept;
  database(const database&);
  ~database();
  cursor aggregate(const pipeline& pipeline);
  document_value run_command(view_or_value command);
  v_noabi::collection create_collection(std::string_view name);
  void drop();
  bool has_collection(v_noabi::name name) const;
  cursor list_collections(view_or_value filter = {});
  std::vector<std::string> list_collection_names(view_or_value filter = {});
  std::string_view name() const;
  v_noabi::collection collection(v_noabi::name name) const;
  v_noabi::collection operator[](v_noabi::name name) const;
  change_stream watch();
};

class client_session {
public:
  enum class transaction_state { k_transaction_none, k_transaction_starting };
  client_session(client_session&&) noexcept;
  client_session& operator=(client_session&&) noexcept;
  client_session(const client_session&) = delete;
  ~client_session() noexcept;
  const v_noabi::client& client() const noexcept;
  const options::client_session& options() const noexcept;
  bsoncxx::document::view id() const noexcept;
  bsoncxx::document::view cluster_time() const noexcept;
  std::int64_t operation_time() const noexcept;
  std::uint32_t server_id() const noexcept;
  transaction_state get_transaction_state() const noexcept;
  bool get_dirty() const noexcept;
  void advance_cluster_time(const bsoncxx::document::view& time);
  void advance_operation_time(const std::int64_t& time);
  void start_transaction(const std::optional<options::transaction>& options = {});
  void commit_transaction();
  void abort_transaction();
  void with_transaction(std::function<void(client_session*)> body, options::transaction = {});
};

class client {
public:
  client() noexcept;
  client(const v_noabi::uri& uri, const options::client& options = {});
  client(client&&) noexcept;
  client& operator=(client&&) noexcept;
  client(const client&) = delete;
  ~client();
  explicit operator bool() const noexcept;
  v_noabi::uri uri() const;
  v_noabi::read_concern read_concern() const;
  v_noabi::write_concern write_concern() const;
  v_noabi::read_preference read_preference() const;
  v_noabi::database database(name name) const&;
  v_noabi::database database(name name) const&& = delete;
  v_noabi::database operator[](name name) const&;
  v_noabi::database operator[](name name) const&& = delete;
  cursor list_databases() const;
  std::vector<std::string> list_database_names(view_or_value filter = {}) const;
  client_session start_session(const options::client_session& options = {});
  change_stream watch();
  void reset();
};

class pool {
public:
  explicit pool(const uri& uri = v_noabi::uri(), const options::pool& options = {});
  ~pool();
  pool(const pool&) = delete;
  class entry {
  public:
    client* operator->() const& noexcept;
    client& operator*() const& noexcept;
    entry& operator=(std::nullptr_t) noexcept;
    explicit operator bool() const noexcept;
    database operator[](name name) const&;
  };
  entry acquire();
  std::optional<entry> try_acquire();
};

} // namespace v_noabi

#ifndef MONGOCXX_3
using v_noabi::bulk_write;
using v_noabi::change_stream;
using v_noabi::client;
using v_noabi::client_session;
using v_noabi::collection;
using v_noabi::cursor;
using v_noabi::database;
using v_noabi::pool;
using v_noabi::uri;
#endif

} // namespace mongocxx
