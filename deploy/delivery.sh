# The whole way of the demonstration: keys, a repository, publishing, a web server on loopback, pulling,
# and a player that plays what it verified. Sourced by deploy/run; every process that is started here is
# ended here, by its number.
# shellcheck shell=bash

readonly delivery=build/demo/delivery
readonly repository=$delivery/repository
readonly store=$delivery/store
readonly corrected=$delivery/corrected
# What the takeover says at first, and what it is corrected to.
readonly said_first="오늘 저녁, 호잘리의 613명을 기억하며 묵념합니다"
readonly said_then="오늘 저녁 여덟 시, 호잘리의 613명을 기억하며 묵념합니다"

children=()
# The last first: what plays before the screen that it plays on.
end_children() {
  local turn
  for ((turn = ${#children[@]} - 1; turn >= 0; --turn)); do
    kill "${children[turn]}" 2>/dev/null || true
    wait "${children[turn]}" 2>/dev/null || true
  done
  children=()
}

# Without a process of its own that would outlive us.
pause() { read -rt "$1" <> <(:) || true; }

# Says what a step of the delivery is, runs it, and shows its words only where it fails.
quietly() {
  local what=$1 log=$delivery/log
  shift
  printf '  %s\n' "$what"
  "$@" >"$log" 2>&1 </dev/null && return
  cat "$log" >&2
  die "$what"
}

make_repository() {
  rm -rf "$delivery"
  mkdir -p "$delivery"
  cat >"$delivery/display.toml" <<TOML
id        = "demonstration"
size      = [1920, 1080]
timezone  = "Asia/Seoul"
languages = ["ko", "en"]
TOML
  # Keys without passphrases, since nobody is asked here: never do so with a repository that counts.
  quietly "keys and a repository" noseon repo init "$repository" --no-passphrase
  quietly "a key of the agency that publishes" noseon keys new "$repository-keys/city" --no-passphrase
  quietly "letting it publish" noseon repo delegate city "$repository-keys/city.pub" --repo "$repository"
  quietly "the display that pictures are prepared for" \
    noseon repo display add "$delivery/display.toml" --repo "$repository"
}

publish() { quietly "$1" noseon publish "$2" --repo "$repository" --yes; }

# Static files on a port that the kernel chooses; source_url is where.
serve() {
  local log=$delivery/server.log turn
  python3 -u -m http.server 0 --bind 127.0.0.1 --directory "$repository" >"$log" 2>&1 &
  children+=($!)
  for ((turn = 0; turn < 100; ++turn)); do
    source_url=$(sed -n 's/^Serving HTTP on .* port \([0-9]*\) .*/http:\/\/127.0.0.1:\1/p' "$log")
    [[ -z $source_url ]] || break
    pause 0.1
  done
  [[ -n $source_url ]] || die "the web server on loopback did not start; $log says why"
  printf '  %s\n' "served at $source_url"
}

pull() {
  quietly "$1" "$top/build/release/bin/noseon-sync" --once --store "$store" \
    --root "$repository-keys/root.json" --display "$delivery/display.toml" --source "$source_url" \
    --run "$delivery/run"
}

# The player in the background; player is its number.
play_store() {
  "$top/build/release/bin/noseon-player" --store "$store" --root "$repository-keys/root.json" \
    --state "$delivery/state" --run "$delivery/run" --cache "$delivery/frames" \
    --journal "$delivery/journal" --display "$delivery/display.toml" "$@" 2>"$delivery/player.log" &
  player=$!
  children+=("$player")
}

# The same campaigns with one text corrected.
correct() {
  rm -rf "$corrected"
  cp -r "$campaigns" "$corrected"
  sed -i "s/$said_first/$said_then/" "$corrected/khojaly/campaign.toml"
  grep -q "$said_then" "$corrected/khojaly/campaign.toml" || die "the text to correct is not in $campaigns"
  publish "publishing a correction of the evening's text" "$corrected"
  pull "pulling it"
}

deliver() {
  step "The whole way: sign, publish, serve on loopback, pull, verify"
  make_repository
  publish "publishing $campaigns" "$campaigns"
  serve
  pull "pulling it into a store"
}

# In a window, until it is closed: posters, at eight the takeover, and soon after its correction.
play_delivered_in_window() {
  step "Playing what was delivered, in a window (close it to end)"
  play_store --windowed --at "$evening"
  (
    pause 110
    correct
    echo "  the window follows within half a minute"
  ) &
  children+=($!)
  local status=0
  wait "$player" || status=$?
  end_children
  if ((status)); then cat "$delivery/player.log" >&2; fi
  return "$status"
}

# On a screen that nobody sees, with its glass as pictures before and after.
photograph_delivered() {
  local screen turn
  step "Playing what was delivered, on a virtual screen"
  mkdir -p "$delivery/screen"
  Xvfb -displayfd 3 -screen 0 1920x1080x24 -fbdir "$delivery/screen" -nolisten tcp \
    3>"$delivery/screen/number" 2>"$delivery/screen/log" &
  children+=($!)
  for ((turn = 0; turn < 100; ++turn)); do
    screen=$(cat "$delivery/screen/number")
    [[ -z $screen ]] || break
    pause 0.1
  done
  [[ -n $screen ]] || die "the virtual screen did not start; $delivery/screen/log says why"
  DISPLAY=:$screen SDL_VIDEODRIVER=x11 play_store --at "2027-02-25 20:10"
  pause 5
  glass delivered-before "eight in the evening, as it was published"
  correct
  for ((turn = 0; turn < 45; ++turn)); do
    pause 1
    glass delivered-after "the same display, after the correction was published" >/dev/null
    cmp -s "$pictures/delivered-before.png" "$pictures/delivered-after.png" || break
  done
  pause 2
  glass delivered-after "the same display, after the correction was published and pulled"
  if cmp -s "$pictures/delivered-before.png" "$pictures/delivered-after.png"; then
    cat "$delivery/player.log" >&2
    die "the screen did not follow the correction"
  fi
  end_children
}

# glass NAME WHAT: what stands on the virtual screen, as a picture.
glass() {
  "$top/deploy/glass" "$delivery/screen/Xvfb_screen0" "$pictures/$1.png" || die "reading the virtual screen"
  printf '  %-26s %s\n' "$1.png" "$2"
}
