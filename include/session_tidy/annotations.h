// Says in the code what session-tidy cannot see: who owns a session, what a call does to it.
//
// Nothing but comments to every compiler other than Clang. Stand at the start of a declaration:
//
//   SESSION_TIDY_OWNS    Session* open();                    the caller has to close what it gets
//   SESSION_TIDY_BORROWS Session& current();                 the result stays somebody else's
//   SESSION_TIDY_BEGINS  void start();                       of a method: on *this
//   void finish(SESSION_TIDY_COMMITS Session& session);      of a parameter: on that argument
//   class SESSION_TIDY_SCOPE UnitOfWork { ... };             a guard: its bodies say what it ends
//   with
//
// On a virtual function they hold for its overriders as well.
#pragma once

#if defined(__clang__)
#define SESSION_TIDY_ANNOTATE(what) [[clang::annotate("session_tidy::" what)]]
#else
#define SESSION_TIDY_ANNOTATE(what)
#endif

// Who owns. On functions: the result; on parameters: the argument; on members: what they hold.
#define SESSION_TIDY_OWNS SESSION_TIDY_ANNOTATE("owns")
#define SESSION_TIDY_BORROWS SESSION_TIDY_ANNOTATE("borrows")
#define SESSION_TIDY_TAKES SESSION_TIDY_ANNOTATE("takes")
#define SESSION_TIDY_KEEPS SESSION_TIDY_ANNOTATE("keeps")

// What a call does. On methods: to the object; on parameters: to the argument.
#define SESSION_TIDY_OPENS SESSION_TIDY_ANNOTATE("opens")
#define SESSION_TIDY_CLOSES SESSION_TIDY_ANNOTATE("closes")
#define SESSION_TIDY_BEGINS SESSION_TIDY_ANNOTATE("begins")
#define SESSION_TIDY_COMMITS SESSION_TIDY_ANNOTATE("commits")
#define SESSION_TIDY_ROLLS_BACK SESSION_TIDY_ANNOTATE("rolls_back")

// What a class is.
#define SESSION_TIDY_SCOPE SESSION_TIDY_ANNOTATE("scope")
#define SESSION_TIDY_GENERATOR SESSION_TIDY_ANNOTATE("generator")
#define SESSION_TIDY_THREAD_SAFE SESSION_TIDY_ANNOTATE("thread_safe")

// On functions and members: the result hangs on that parameter or member, named without quotes
// ("this" as well).
#define SESSION_TIDY_DEPENDS_ON(name) SESSION_TIDY_ANNOTATE("depends_on:" #name)
