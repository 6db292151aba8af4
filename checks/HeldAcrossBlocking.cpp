// session-held-across-blocking: others wait for a connection, or a lock, that nobody works with.
#include "checks/Rules.h"
#include "checks/Story.h"
#include "model/Waits.h"

namespace session_tidy {
namespace {

using analysis::Observation;
using analysis::What;

constexpr std::string_view blockingByDefault =
    // the thread sleeps
    "sleep;usleep;nanosleep;clock_nanosleep;std::this_thread::sleep_for;"
    "std::this_thread::sleep_until;boost::this_thread::sleep_for;boost::this_thread::sleep_until;"
    "boost::this_thread::sleep;QThread::sleep;QThread::msleep;QThread::usleep;Poco::Thread::sleep;"
    "Poco::Thread::trySleep;absl::SleepFor;"
    // it waits for another one
    "std::future::get;std::future::wait*;std::shared_future::get;std::shared_future::wait*;"
    "std::__basic_future::wait*;boost::future::get;boost::detail::basic_future::wait*;"
    // it waits for another process
    "system;popen;pclose;wait;waitpid;boost::process::system;boost::process::v1::system;"
    "boost::process::child::wait*;boost::process::v1::child::wait*;Poco::Process::wait;"
    "Poco::ProcessHandle::wait;QProcess::waitFor*;QProcess::execute;QEventLoop::exec;"
    // it waits for another machine
    "curl_easy_perform;curl_multi_wait;curl_multi_poll;"
    "httplib::Client::Get;httplib::Client::Post;httplib::Client::Put;httplib::Client::Patch;"
    "httplib::Client::Delete;httplib::Client::Head;httplib::Client::Options;httplib::Client::send;"
    "cpr::Get;cpr::Post;cpr::Put;cpr::Patch;cpr::Delete;cpr::Head;"
    "Poco::Net::HTTPClientSession::sendRequest;Poco::Net::HTTPClientSession::receiveResponse;"
    "Poco::Net::HTTPClientSession::peekResponse;Poco::Net::HTTPClientSession::waitResponse;"
    "Poco::Net::SMTPClientSession::open;Poco::Net::SMTPClientSession::login;"
    "Poco::Net::SMTPClientSession::sendMessage;Poco::Net::SMTPClientSession::sendCommand;"
    "Poco::Net::POP3ClientSession::retrieve*;Poco::Net::POP3ClientSession::listMessages;"
    "QAbstractSocket::waitFor*;QLocalSocket::waitFor*";

class HeldAcrossBlocking : public Rule {
public:
  HeldAcrossBlocking() { configure({}); }

  [[nodiscard]] const RuleInfo& info() const override {
    static constexpr RuleInfo info{
        .name = "session-held-across-blocking",
        .summary =
            "A transaction is open, or a session held, while the program waits for something outside: a slow call, a sleep, a co_await.",
        .severity = Severity::Warning,
        .confidence = {.lowest = Confidence::Likely, .highest = Confidence::Likely},
        .fixes = Fixes::None,
        .onByDefault = false};
    return info;
  }

  [[nodiscard]] std::vector<RuleOption> options() const override {
    return {
        {.name = "BlockingFunctions",
         .defaultValue = blockingByDefault,
         .description = "functions that wait, by qualified name, in place of the built-in ones"},
        {.name = "AlsoBlocking",
         .defaultValue = "",
         .description = "the project's own functions that wait, besides the others"},
        {.name = "Suspensions",
         .defaultValue = "true",
         .description = "whether a co_await counts as a wait"},
        {.name = "SafeAwaitables",
         .defaultValue = "",
         .description = "functions and types of which a co_await is no wait"},
        {.name = "OwnSessions",
         .defaultValue = "true",
         .description = "whether sessions count that the function opens itself"}};
  }

  void configure(const RuleSettings& settings) override {
    const auto setting = [&](const RuleOption& option) {
      const auto given = settings.find(option.name);
      return given == settings.end() ? std::string(option.defaultValue) : given->second;
    };
    const std::vector<RuleOption> all = options();
    waits_.functions = listOf(setting(all[0]));
    for (std::string& name : listOf(setting(all[1]))) waits_.functions.push_back(std::move(name));
    waits_.suspensions = isYes(setting(all[2]));
    waits_.safeAwaitables = listOf(setting(all[3]));
    ownSessions_ = isYes(setting(all[4]));
  }

  [[nodiscard]] const model::Waits* waits() const override { return &waits_; }

  void check(const ir::Unit& unit, const analysis::FunctionResult& result,
             std::vector<Finding>& findings) const override {
    const Story story(unit, result);
    Said said;
    // Of one wait the worst is told: with a transaction, locks are held as well.
    for (const auto held : {Held::Transaction, Held::Lease, Held::Own})
      for (const auto& observation : result.observations) {
        if (heldHow(story, observation) != held || (held == Held::Own && !ownSessions_)) continue;
        const analysis::EventRef wait = waitOf(observation);
        if (story.insideOneCallee(wait, since(story, observation))) continue;
        const SourceRange at = story.event(wait).range;
        if (!at.isValid() || !said.first(at)) continue;
        findings.push_back(tell(story, observation, held));
      }
  }

private:
  enum class Held : std::uint8_t { Nothing, Transaction, Lease, Own };

  static Held heldHow(const Story& story, const Observation& observation) {
    if (observation.what == What::UsedAfterWait) return Held::Own;
    if (observation.what != What::HeldAcrossWait) return Held::Nothing;
    const bool isLease = story.event(observation.cause).op == ir::Op::Make;
    return isLease && !isTransaction(story, observation) ? Held::Lease : Held::Transaction;
  }

  static bool isTransaction(const Story& story, const Observation& observation) {
    return story.kind(observation.object).role == model::Role::Transaction;
  }

  static analysis::EventRef waitOf(const Observation& observation) {
    return observation.what == What::UsedAfterWait ? observation.cause : observation.event;
  }

  /// Where it was begun, leased or opened.
  static analysis::EventRef since(const Story& story, const Observation& observation) {
    return observation.what == What::UsedAfterWait ? story.object(observation.object).made
                                                   : observation.cause;
  }

  Finding tell(const Story& story, const Observation& observation, Held held) const {
    const analysis::EventRef wait = waitOf(observation);
    Finding finding = story.finding(info(), Confidence::Likely, story.event(wait).range);
    finding.message = whatWaits(story, wait) + whatIsHeld(story, observation, held);
    finding.trace = story.notes(observation);
    const SourceRange use = story.event(observation.event).range;
    if (held == Held::Own && use.isValid() && use != finding.range)
      finding.trace.push_back({use, "it is used again here"});
    return finding;
  }

  /// "blocking call 'sleep'", or what leads to it.
  static std::string whatWaits(const Story& story, analysis::EventRef wait) {
    const ir::Event& event = story.event(wait);
    if (event.waits == "co_await") return "this co_await suspends the coroutine";
    const ir::FrameId frame = story.outerFrame(wait);
    const std::string called =
        frame != ir::none ? story.function().frames[frame].callee : event.text;
    if (called.empty() || called == "lambda" || isCallOf(called, event.waits))
      return "blocking call '" + event.waits + "'";
    return "'" + called + "', which calls the blocking '" + event.waits + "', runs";
  }

  /// Whether a callee as written, "client.Get", is the function of this name,
  /// "httplib::Client::Get".
  static bool isCallOf(std::string_view written, std::string_view name) {
    const auto last = [](std::string_view text) {
      const auto end = text.find_last_of(":.>");
      return end == std::string_view::npos ? text : text.substr(end + 1);
    };
    return last(written) == last(name);
  }

  static std::string whatIsHeld(const Story& story, const Observation& observation, Held held) {
    const std::string name = story.name(observation.object);
    switch (held) {
    case Held::Transaction:
      if (isTransaction(story, observation))
        return " while transaction " + name +
               " is open: its locks and its connection are held for as long as that takes";
      return " while a transaction is open on " + name +
             ": its locks and its connection are held for as long as that takes";
    case Held::Lease:
      return " while " + name +
             " is held: the pool is short of a session for as long as that takes";
    default:
      return " while " + name + " is kept open for later: it is idle for as long as that takes";
    }
  }

  model::Waits waits_;
  bool ownSessions_ = true;
};

} // namespace

std::unique_ptr<Rule> makeHeldAcrossBlocking() {
  return std::make_unique<HeldAcrossBlocking>();
}

} // namespace session_tidy
