// What Refused.cpp includes, precompiled: it is compiled some twenty times.
#ifndef SESSION_TIDY_REFUSED_H
#define SESSION_TIDY_REFUSED_H

#include <session_tidy/scope.h>
#include <sqlite3.h>

#include <future>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#if __cplusplus >= 202002L
#include <coroutine>
#include <span>
#endif
#endif
