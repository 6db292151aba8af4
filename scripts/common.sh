# What the scripts share; sourced, not run.
# shellcheck shell=bash disable=SC2034

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
builds=${SESSION_TIDY_BUILD_ROOT:-$root/build}
defaultLlvm=22
allLlvms=(14 16 19 22)

die() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 2
}

# Runs a command, showing what it prints (on stderr) only if it fails.
quietly() {
  local log=$1
  shift
  mkdir -p "$(dirname "$log")"
  "$@" >"$log" 2>&1 || {
    cat "$log" >&2
    die "'$*' failed, see above or $log"
  }
}
