// What the mail service does. All sessions come from one pool.
#pragma once

#include "background.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>

#include <functional>
#include <stdexcept>
#include <string>

namespace mail {

struct MailError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The outside world, which takes its time; a scenario says what happens meanwhile.
struct Outside {
  std::function<void(int)> render = [](int) {};
  std::function<void(int)> smtp = [](int) {};
};
Outside& outside();

/// What a mail looks like; throws MailError if it cannot be sent to anybody.
std::string render(int id, const std::string& to);
void sendBySmtp(int id, const std::string& text);

// requests.cpp
void requestMail(Poco::Data::SessionPool& pool, Background& tasks, int id);

// delivery.cpp
bool deliver(Poco::Data::SessionPool& pool, int id);

// follow_up.cpp
int followUp(Poco::Data::SessionPool& pool, int id);

// retry.cpp
int retryFailed(Poco::Data::SessionPool& pool, int limit);

// archive.cpp
int archiveSent(Poco::Data::SessionPool& pool);
int countIn(Poco::Data::Session& session, const std::string& state);

} // namespace mail
