// Plays one scenario on a fresh database and tells how things stand afterwards.
//
//   mail DATABASE SCENARIO
#include "facts.h"
#include "mail.h"

#include <Poco/Data/DataException.h>
#include <Poco/Data/SQLite/Connector.h>

#include <functional>
#include <iostream>
#include <map>

namespace {

using field::fact;
using Poco::Data::SessionPool;

constexpr const char* tables =
    "CREATE TABLE mail(id INTEGER PRIMARY KEY, recipient TEXT, state TEXT, text TEXT);"
    "INSERT INTO mail VALUES(1, 'Ann', 'new', 'a'), (2, '', 'new', 'b'), (3, 'Bob', 'new', 'c');"
    "CREATE TABLE follow_up(mail INT); CREATE TABLE log(mail INT); CREATE TABLE archive(mail INT);";

struct Stage {
  std::string database;
  SessionPool& pool;

  [[nodiscard]] int rows(const std::string& from) const {
    return field::committed(database, "SELECT count(*) FROM " + from);
  }
};

/// Whether the work failed for want of a session.
bool isRefused(const std::function<void()>& work) {
  try {
    work();
    return false;
  } catch (const Poco::Data::SessionPoolExhaustedException&) {
    return true;
  }
}

/// Mail 2 is for nobody: its request is refused, after the task has run.
void background(const Stage& stage) {
  mail::Background tasks;
  mail::outside().render = [&](int) { tasks.wait(); };
  for (const int id : {1, 2}) {
    try {
      mail::requestMail(stage.pool, tasks, id);
      fact("request-" + std::to_string(id), "accepted");
    } catch (const std::exception& error) {
      std::cerr << error.what() << '\n';
      fact("request-" + std::to_string(id), "refused");
    }
    tasks.wait();
  }
  fact("texts", stage.rows("mail WHERE id = 1 AND text LIKE 'Dear%'"));
  fact("refused-but-queued", stage.rows("mail WHERE id = 2 AND state = 'queued'"));
  fact("refused-but-followed", stage.rows("follow_up WHERE mail = 2"));
}

/// While the server is slow to take a mail, the next one is to be delivered; the pool has two.
void slowServer(const Stage& stage) {
  int refused = 0;
  mail::outside().smtp = [&](int id) {
    if (id < 3) refused += isRefused([&] { mail::deliver(stage.pool, id + 1); }) ? 1 : 0;
  };
  mail::deliver(stage.pool, 1);
  fact("without-session", refused);
  fact("sent", stage.rows("mail WHERE state = 'sent'"));
}

/// A second follow-up comes while the first is being written.
void followUps(const Stage& stage) {
  int refused = 0;
  mail::outside().render = [&](int id) {
    if (id < 2) refused += isRefused([&] { mail::followUp(stage.pool, id + 1); }) ? 1 : 0;
  };
  mail::followUp(stage.pool, 1);
  fact("without-session", refused);
  fact("follow-ups", stage.rows("follow_up"));
  fact("logged", stage.rows("log"));
}

/// The leak scan: how many sessions are away from the pool after each call.
void leakScan(const Stage& stage) {
  for (int round = 1; round <= 2; ++round) {
    mail::retryFailed(stage.pool, 10);
    fact("away-" + std::to_string(round), stage.pool.used());
  }
  const bool refused = isRefused([&] { mail::retryFailed(stage.pool, 10); });
  fact("third", refused ? "finds no session" : "works");
}

void archive(const Stage& stage) {
  field::change(stage.database, "UPDATE mail SET state = 'sent' WHERE id = 3");
  fact("archived", mail::archiveSent(stage.pool));
  fact("left", stage.rows("mail"));
  fact("away", stage.pool.used());
}

const std::map<std::string, std::function<void(const Stage&)>> scenarios = {
    {"background", background},
    {"slow-server", slowServer},
    {"follow-ups", followUps},
    {"leak-scan", leakScan},
    {"archive", archive}};

} // namespace

int main(int argc, char** argv) {
  if (argc != 3 || !scenarios.contains(argv[2])) {
    std::cerr << "usage: mail DATABASE SCENARIO\n";
    for (const auto& [name, play] : scenarios) std::cerr << "  " << name << '\n';
    return 2;
  }
  try {
    field::createDatabase(argv[1], tables);
    Poco::Data::SQLite::Connector::registerConnector();
    SessionPool pool("SQLite", argv[1], 1, 2);
    scenarios.at(argv[2])(Stage{argv[1], pool});
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "mail: " << error.what() << '\n';
    return 1;
  }
}
