# Words that the programs of this folder share; sourced, never run.
# shellcheck shell=bash

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly top

step() { printf '\n==> %s\n' "$*"; }

# The one closing line of a run that failed: what, and the remedy.
die() {
  printf '\nFAILED: %s\n' "$*" >&2
  exit 1
}

# Compilers at once: one a processor, and 1.5 GB of free memory for each.
jobs_at_once() {
  local processors memory
  processors=$(nproc)
  memory=$(awk '/^MemAvailable:/ { print int($2 / 1572864) }' /proc/meminfo)
  if ((memory < 1)); then memory=1; fi
  echo $((processors < memory ? processors : memory))
}

# build PRESET: configures and builds build/PRESET, or says why not and returns 1.
build() {
  local log="$top/build/$1.configure.log"
  mkdir -p "$top/build"
  if ! (cd "$top" && cmake --preset "$1") >"$log" 2>&1; then
    cat "$log" >&2
    echo "build/$1 cannot be configured: run deploy/setup; if it stays, remove build/$1" >&2
    return 1
  fi
  (cd "$top" && cmake --build --preset "$1" --parallel "$(jobs_at_once)")
}
