# Shared by the commands in bin/: what they say, what they install, how they build. Sourced, not run.
# shellcheck shell=bash

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

# A UTF-8 locale for the program's shapes, where the caller has chosen none (as in containers).
if [ -z "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" ]; then
    if [ "$(uname -s)" = Darwin ]; then export LC_CTYPE=UTF-8; else export LC_CTYPE=C.UTF-8; fi
fi

# What is being done, as it is done.
say() { printf '%s %s\n' "==>" "$*"; }
note() { printf '    %s\n' "$*"; }
fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif have sudo; then
        sudo "$@"
    else
        fail "Packages must be installed, which needs root or sudo: $*"
    fi
}

is_package_installed() { # Debian
    dpkg -s "$1" 2>/dev/null | grep -q '^Status: install ok installed'
}

# Installs what is missing of the packages named, by their Debian names.
ensure_packages() {
    case "$(uname -s)" in
    Darwin) ensure_brew_packages "$@" ;;
    *) ensure_apt_packages "$@" ;;
    esac
}

ensure_apt_packages() {
    have dpkg || {
        note "This is no Debian. Needed here: $*"
        return 0
    }
    local name missing=()
    for name in "$@"; do
        is_package_installed "$name" || missing+=("$name")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    say "Installing ${missing[*]}"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

ensure_brew_packages() {
    have brew || fail "Homebrew is needed to install: $*"
    local name formula missing=()
    for name in "$@"; do
        case "$name" in
        libjq-dev) formula=jq ;;
        libpq-dev) formula=libpq ;;
        postgresql) formula=postgresql ;;
        weasyprint) formula=weasyprint ;;
        poppler-utils) formula=poppler ;;
        haproxy | nginx | caddy | wrk) formula="$name" ;;
        # Part of the system, or not needed there.
        *) continue ;;
        esac
        brew list --versions "$formula" >/dev/null 2>&1 || missing+=("$formula")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    say "Installing ${missing[*]}"
    brew install --quiet "${missing[@]}"
}

# A server to compare with: installed without its service being started; whoever cannot have it is told and goes on.
ensure_quiet() {
    local package=$1 policy=/usr/sbin/policy-rc.d made=false
    if have "$package" || [ -x "/usr/sbin/$package" ] || is_package_installed "$package"; then return 0; fi
    if [ "$(uname -s)" != Darwin ] && have dpkg && [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
        as_root chmod +x "$policy"
        made=true
    fi
    (ensure_packages "$package") || note "$package could not be installed"
    if $made; then as_root rm -f "$policy"; fi
}

# A Python package in a virtual environment of its own; whoever cannot have it is told and goes on.
ensure_python() {
    local venv=$1 requirement=$2 mark
    mark="$venv/.has-$(printf '%s' "$requirement" | tr -c 'a-zA-Z0-9\n' '-')"
    [ ! -e "$mark" ] || return 0
    say "Installing $requirement into ${venv#"$root"/}"
    if [ ! -x "$venv/bin/python" ]; then
        [ "$(uname -s)" = Darwin ] || ensure_packages python3-venv
        python3 -m venv "$venv" || return 0
    fi
    if "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "$requirement"; then
        touch "$mark"
    else
        note "$requirement could not be installed"
    fi
}

ensure_swift() {
    have swift || fail "Swift 6.3 is needed: see swift.org/install"
    local version
    version="$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)"
    case "$version" in
    "" | [0-5].* | 6.[0-2]) fail "Swift 6.3 or later is needed; here is ${version:-an unknown version}." ;;
    esac
}

# What building and running needs.
ensure_build_tools() {
    ensure_packages ca-certificates curl libsqlite3-dev libjq-dev libpq-dev weasyprint poppler-utils pkg-config
    ensure_swift
}

# swift build with its progress as it comes; the log is shown whole only where it fails.
build() {
    local began=$SECONDS
    say "Building: swift build $*"
    if [ -t 1 ]; then
        swift build --package-path "$root" "$@"
    else
        local log
        log="$(mktemp)"
        if ! swift build --package-path "$root" "$@" >"$log" 2>&1; then
            cat "$log"
            rm -f "$log"
            fail "The build failed."
        fi
        tail -n 1 "$log"
        rm -f "$log"
    fi
    note "built in $((SECONDS - began)) s"
}

# Whether something listens on that port of this machine.
is_port_taken() {
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# The first free port from the one given upwards.
free_port() {
    local port=$1
    while is_port_taken "$port"; do port=$((port + 1)); done
    printf '%s\n' "$port"
}

# Who holds a port, as far as it can be seen.
port_holder() {
    local holder=""
    if have lsof; then
        holder="$(lsof -nP -iTCP:"$1" -sTCP:LISTEN -Fpc 2>/dev/null | sed -n 's/^p/process /p; s/^c//p' | tr '\n' ' ')"
        holder="${holder% }"
    elif have ss; then
        holder="$(ss -ltnpH "sport = :$1" 2>/dev/null | sed -n 's/.*users:((\(.*\)))/\1/p')"
    fi
    printf '%s' "${holder:-another program}"
}

# Waits until a URL answers, at most so many seconds, or until the process has ended.
wait_for() {
    local url=$1 seconds=$2 pid=$3 end=$((SECONDS + $2))
    while [ "$SECONDS" -le "$end" ]; do
        curl -fsS -o /dev/null --max-time 2 "$url" 2>/dev/null && return 0
        kill -0 "$pid" 2>/dev/null || return 1
        sleep 0.1
    done
    note "nothing answered at $url within $seconds s"
    return 1
}

# Asks a process of ours to end, and insists after ten seconds.
stop_process() {
    local pid=$1 tries=0
    kill "$pid" 2>/dev/null || return 0
    while kill -0 "$pid" 2>/dev/null; do
        tries=$((tries + 1))
        if [ "$tries" -gt 100 ]; then
            kill -9 "$pid" 2>/dev/null || true
            break
        fi
        sleep 0.1
    done
    wait "$pid" 2>/dev/null || true
}

random_key() {
    od -An -N 18 -tx1 /dev/urandom | tr -d ' \n'
}
