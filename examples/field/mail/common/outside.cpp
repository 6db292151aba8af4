// The outside world of the scenarios.
#include "mail.h"

namespace mail {

Outside& outside() {
  static Outside world;
  return world;
}

std::string render(int id, const std::string& to) {
  outside().render(id);
  if (to.empty()) throw MailError("mail " + std::to_string(id) + " is for nobody");
  return "Dear " + to;
}

void sendBySmtp(int id, const std::string& text) {
  if (text.empty()) throw MailError("nothing to send");
  outside().smtp(id);
}

} // namespace mail
