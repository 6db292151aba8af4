// Drawing one line over and over.
#include "cli/Progress.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string_view>

namespace session_tidy::cli {

namespace {

constexpr auto pause = std::chrono::milliseconds(100);
constexpr std::size_t barWidth = 24;

std::size_t terminalWidth() {
  winsize size{};
  return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

bool isTerminal() {
  if (std::getenv("PRE_COMMIT") != nullptr) return false; // its terminal is a recorder
  const char* kind = std::getenv("TERM");
  return ::isatty(STDERR_FILENO) == 1 && (kind == nullptr || std::string_view(kind) != "dumb");
}

} // namespace

Progress::Progress(std::size_t total, bool quiet)
    : total_(total), shown_(!quiet && total > 1 && isTerminal()) {}

Progress::~Progress() {
  clear();
}

void Progress::step(std::size_t newFindings, const std::string& file) {
  ++done_;
  findings_ += newFindings;
  file_ = file.substr(file.rfind('/') + 1);
  refresh();
}

void Progress::refresh() {
  const auto now = Clock::now();
  if (!shown_ || now - last_ < pause) return;
  last_ = now;
  draw();
}

void Progress::clear() {
  if (drawn_) std::cerr << "\r\033[K" << std::flush;
  drawn_ = false;
}

void Progress::draw() {
  std::cerr << "\r" << line(terminalWidth() - 1) << "\033[K" << std::flush;
  drawn_ = true;
}

std::string Progress::line(std::size_t width) const {
  const std::size_t filled = total_ == 0 ? barWidth : barWidth * done_ / total_;
  std::string text = "[" + std::string(filled, '=') + std::string(barWidth - filled, ' ') + "] " +
                     std::to_string(done_) + "/" + std::to_string(total_) + " units, " +
                     std::to_string(findings_) + (findings_ == 1 ? " finding" : " findings") +
                     timeLeft() + (file_.empty() ? "" : "  " + file_);
  // A file's name may be anything: no control characters, and no half characters at the edge.
  std::ranges::replace_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, '?');
  if (text.size() > width) {
    while (width > 0 && (static_cast<unsigned char>(text[width]) & 0xc0) == 0x80) --width;
    text.resize(width);
  }
  return text;
}

std::string Progress::timeLeft() const {
  using std::chrono::seconds;
  const auto spent = Clock::now() - start_;
  if (done_ == 0 || done_ >= total_ || spent < seconds(1)) return {};
  const auto left = std::chrono::duration_cast<seconds>(spent / done_ * (total_ - done_)).count();
  if (left < 60) return ", " + std::to_string(left) + " s left";
  return ", " + std::to_string(left / 60) + " min " + std::to_string(left % 60) + " s left";
}

} // namespace session_tidy::cli
