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

# build PRESET [TARGET...]: configures and builds build/PRESET, all of it or these, or says why not and
# returns 1.
build() {
  local preset=$1 log="$top/build/$1.configure.log" targets=()
  shift
  if (($#)); then targets=(--target "$@"); fi
  mkdir -p "$top/build"
  if ! (cd "$top" && cmake --preset "$preset") >"$log" 2>&1; then
    cat "$log" >&2
    echo "build/$preset cannot be configured: run deploy/setup; if it stays, remove build/$preset" >&2
    return 1
  fi
  (cd "$top" && cmake --build --preset "$preset" --parallel "$(jobs_at_once)" "${targets[@]}")
}
