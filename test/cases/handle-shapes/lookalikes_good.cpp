// Handles that open and close, begin and end, and are no database sessions; and those of which it
// cannot be told how a begin fails.

#include <cstddef>

extern "C" {

// A socket.
typedef struct net_connection net_connection;
net_connection* net_connection_open(const char* host, int port);
void net_connection_close(net_connection* connection);
int net_connection_send(net_connection* connection, const char* text);

// A visit to a web site: what it executes is a request.
typedef struct web_session web_session;
web_session* web_session_new(void);
void web_session_free(web_session* session);
int web_session_begin_request(web_session* session, const char* url);
int web_session_execute(web_session* session, const char* request);
void web_session_commit_headers(web_session* session);

// Names of hosts.
typedef struct dns_session dns_session;
dns_session* dns_session_open(const char* server);
void dns_session_close(dns_session* session);
int dns_session_query(dns_session* session, const char* host);

// A file.
typedef struct pack_file pack_file;
pack_file* pack_file_open(const char* path);
int pack_file_close(pack_file* file);
int pack_file_flush(pack_file* file);

// What is drawn, and shown at once.
typedef struct gfx_display gfx_display;
gfx_display* gfx_display_open(const char* name);
void gfx_display_close(gfx_display* display);
int gfx_display_begin(gfx_display* display);
int gfx_display_commit(gfx_display* display);

// A lock.
typedef struct os_mutex os_mutex;
os_mutex* os_mutex_create(void);
void os_mutex_destroy(os_mutex* mutex);
int os_mutex_begin(os_mutex* mutex);
int os_mutex_end(os_mutex* mutex);

// A codec.
typedef struct vid_encoder vid_encoder;
vid_encoder* vid_encoder_create(int width, int height);
void vid_encoder_destroy(vid_encoder* encoder);
int vid_encoder_begin_frame(vid_encoder* encoder);
int vid_encoder_commit_frame(vid_encoder* encoder);
void vid_encoder_abort(vid_encoder* encoder);

// Nothing frees what is found here.
typedef struct reg_database reg_database;
reg_database* reg_current_database(void);
int reg_begin_transaction(reg_database* database);
int reg_commit_transaction(reg_database* database);

// A database whose results nobody can read: none of them is called a success.
typedef struct odd_session odd_session;
enum odd_code { ODD_RED, ODD_GREEN, ODD_BLUE };
odd_session* odd_session_open(const char* path);
void odd_session_close(odd_session* session);
enum odd_code odd_begin_transaction(odd_session* session);
enum odd_code odd_commit_transaction(odd_session* session);
enum odd_code odd_rollback_transaction(odd_session* session);

// One whose numbers are read both ways below.
typedef struct mix_session mix_session;
mix_session* mix_session_open(const char* path);
void mix_session_close(mix_session* session);
int mix_begin_transaction(mix_session* session);
int mix_commit_transaction(mix_session* session);
int mix_rollback_transaction(mix_session* session);

// One with an end that does both.
typedef struct end_session end_session;
end_session* end_session_open(const char* path);
void end_session_close(end_session* session);
int end_session_begin_transaction(end_session* session);
int end_session_commit_transaction(end_session* session);
int end_session_finish_transaction(end_session* session, int keep);

// One that shows what others own.
typedef struct own_session own_session;
typedef struct own_cursor own_cursor;
own_session* own_session_open(const char* path);
void own_session_close(own_session* session);
int own_session_exec_sql(own_session* session, const char* sql);
own_cursor* own_session_current_cursor(own_session* session);
void own_cursor_close(own_cursor* cursor);
int own_cursor_next(own_cursor* cursor);

// What only goes along with a begin, as its options do, is no session; and a transaction that is
// freed by a function of its own is not followed.
typedef struct opt_db opt_db;
typedef struct opt_options opt_options;
typedef struct opt_transaction opt_transaction;
opt_db* opt_db_open(const char* path);
void opt_db_close(opt_db* db);
opt_options* opt_options_create(void);
void opt_options_destroy(opt_options* options);
opt_options* opt_db_get_options(opt_db* db);
opt_transaction* opt_transaction_begin(opt_db* db, const opt_options* options);
int opt_transaction_commit(opt_transaction* transaction);
int opt_transaction_rollback(opt_transaction* transaction);
void opt_transaction_destroy(opt_transaction* transaction);

} // extern "C"

int sendHello(const char* host) {
  net_connection* connection = net_connection_open(host, 80);
  if (!connection)
    return -1;
  if (net_connection_send(connection, "hello") != 0)
    return -1;
  net_connection_close(connection);
  return 0;
}

int visit(web_session* session) {
  if (web_session_begin_request(session, "/") != 0)
    return -1;
  web_session_commit_headers(session);
  web_session_commit_headers(session);
  return web_session_execute(session, "GET /");
}

int visitOnce() {
  web_session* session = web_session_new();
  const int rc = visit(session);
  web_session_free(session);
  return rc;
}

int lookUp(const char* host) {
  dns_session* session = dns_session_open("local");
  if (dns_session_query(session, host) != 0)
    return -1;
  dns_session_close(session);
  return 0;
}

int pack(const char* path) {
  pack_file* file = pack_file_open(path);
  if (!file || pack_file_flush(file) != 0)
    return -1;
  return pack_file_close(file);
}

void draw(gfx_display* display, bool quick) {
  gfx_display_begin(display);
  if (quick)
    return;
  gfx_display_commit(display);
}

void drawNew() {
  gfx_display* display = gfx_display_open(":0");
  gfx_display_begin(display);
  gfx_display_begin(display);
  gfx_display_close(display);
}

int locked(os_mutex* mutex, bool quick) {
  os_mutex_begin(mutex);
  if (quick)
    return 0;
  return os_mutex_end(mutex);
}

void encode(std::size_t frames) {
  vid_encoder* encoder = vid_encoder_create(640, 480);
  for (std::size_t frame = 0; frame < frames; ++frame) {
    if (vid_encoder_begin_frame(encoder) != 0)
      return;
    vid_encoder_commit_frame(encoder);
  }
  vid_encoder_abort(encoder);
  vid_encoder_destroy(encoder);
}

bool registered(bool quick) {
  reg_database* database = reg_current_database();
  if (reg_begin_transaction(database) != 0)
    return false;
  if (quick)
    return false;
  return reg_commit_transaction(database) == 0;
}

bool oddly(odd_session* session, bool quick) {
  if (odd_begin_transaction(session) != ODD_GREEN)
    return false;
  if (quick)
    return false;
  return odd_commit_transaction(session) == ODD_GREEN;
}

bool oddlyRolledBack(odd_session* session) {
  odd_rollback_transaction(session);
  odd_rollback_transaction(session);
  return true;
}

bool mixedOneWay(mix_session* session, bool quick) {
  if (!mix_begin_transaction(session))
    return false;
  if (quick)
    return false;
  return mix_commit_transaction(session);
}

bool mixedTheOther(mix_session* session, bool quick) {
  if (mix_begin_transaction(session) != 0)
    return false;
  if (quick)
    return false;
  return mix_commit_transaction(session) == 0;
}

bool finished(end_session* session, bool keep) {
  if (end_session_begin_transaction(session) != 0)
    return false;
  if (keep)
    return end_session_commit_transaction(session) == 0;
  return end_session_finish_transaction(session, keep) == 0;
}

int peeked(own_session* session) {
  own_cursor* cursor = own_session_current_cursor(session);
  return own_cursor_next(cursor);
}

int withOptions(opt_db* db, bool quick) {
  opt_options* options = opt_options_create();
  opt_transaction* transaction = opt_transaction_begin(db, options);
  const int rc = quick ? opt_transaction_rollback(transaction) : opt_transaction_commit(transaction);
  opt_transaction_destroy(transaction);
  return rc;
}

bool hasOptions(opt_db* db) {
  opt_options* options = opt_db_get_options(db);
  return options != nullptr;
}
