#!/bin/sh
# Makes sure that tools are there, or says what is missing and how to get it.
#
#   scripts/need.sh [--quiet] [--install] cargo|cc|node|chromium ...
#
# --install  on Debian and its relatives: install what is missing with apt-get (as root, or through sudo).
# --quiet    say nothing; only the exit status counts (0: all there, 1: something is missing).
set -u

quiet=no
install=no
status=0

say() { [ "$quiet" = yes ] || echo "need: $*" >&2; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null 2>&1; then
    sudo "$@"
  else
    say "this needs root and there is no sudo; run as root: $*"
    return 1
  fi
}

updated=no
apt_install() {
  if ! command -v apt-get >/dev/null 2>&1; then
    say "no apt-get here; install $* with your system's package manager"
    return 1
  fi
  say "installing Debian package(s): $*"
  if [ "$updated" = no ]; then
    as_root apt-get update -qq >&2 || return 1
    updated=yes
  fi
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}

has_node() {
  command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 || return 1
  major=$(node --version | sed 's/^v\([0-9]*\).*/\1/')
  [ "$major" -ge 20 ]
}

has_chromium() {
  [ -n "${CHROMIUM:-}" ] && [ -x "${CHROMIUM}" ] && return 0
  [ -x /usr/bin/chromium ]
}

need() {
  case "$1" in
    cargo)
      command -v cargo >/dev/null 2>&1 && return 0
      say "cargo is missing; install Rust with rustup (https://rustup.rs), the right version then follows from rust-toolchain.toml"
      return 1 ;;
    cc)
      command -v cc >/dev/null 2>&1 && return 0
      [ "$install" = yes ] && apt_install gcc libc6-dev && command -v cc >/dev/null 2>&1 && return 0
      say "a C linker (cc) is missing; on Debian: apt-get install gcc libc6-dev"
      return 1 ;;
    node)
      has_node && return 0
      [ "$install" = yes ] && ! command -v node >/dev/null 2>&1 && apt_install nodejs npm && has_node && return 0
      if command -v node >/dev/null 2>&1; then
        say "Node $(node --version) with npm $(npm --version 2>/dev/null || echo missing); 20 or newer is needed (https://nodejs.org)"
      else
        say "Node and npm are missing; 20 or newer is needed (https://nodejs.org, or Debian 13's nodejs and npm)"
      fi
      return 1 ;;
    chromium)
      has_chromium && return 0
      [ "$install" = yes ] && apt_install chromium && has_chromium && return 0
      say "Chromium is missing; on Debian: apt-get install chromium (or set CHROMIUM to its path)"
      return 1 ;;
    *)
      say "unknown tool: $1"
      return 1 ;;
  esac
}

for word in "$@"; do
  case "$word" in
    --quiet) quiet=yes ;;
    --install) install=yes ;;
    *) need "$word" || status=1 ;;
  esac
done
exit $status
