// Ctrl-C (and a polite kill): noticed, so that a run can end in order.
#pragma once

namespace session_tidy::cli {

/// While one of these lives, SIGINT and SIGTERM only raise a flag.
class Interrupt {
public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  static bool requested();

  /// In a child process: signals do what they do by default.
  static void forget();

  /// Ends this process by the signal that was noticed, as the shell expects it.
  [[noreturn]] static void obey();
};

} // namespace session_tidy::cli
