// Signal handlers that only take a note.
#include "cli/Interrupt.h"

#include <csignal>
#include <cstdlib>

namespace session_tidy::cli {

namespace {

volatile std::sig_atomic_t noticed = 0;

void notice(int signal) {
  noticed = signal;
}

void handle(void (*handler)(int)) {
  struct sigaction action{};
  action.sa_handler = handler; // without SA_RESTART: what waits is to wake up
  sigemptyset(&action.sa_mask);
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
}

} // namespace

Interrupt::Interrupt() {
  noticed = 0;
  handle(notice);
}

Interrupt::~Interrupt() {
  handle(SIG_DFL);
}

bool Interrupt::requested() {
  return noticed != 0;
}

void Interrupt::forget() {
  handle(SIG_DFL);
}

void Interrupt::obey() {
  const int signal = noticed;
  handle(SIG_DFL);
  ::raise(signal);
  std::_Exit(128 + signal);
}

} // namespace session_tidy::cli
