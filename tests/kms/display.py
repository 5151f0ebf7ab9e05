"""A display with the player on it: started, looked at and timed from outside."""

import datetime
import time
from pathlib import Path

from glass import Difference, Time, Wanted, WrongPicture
from guest import DEMO, PROGRAMS
from machine import Broken, Machine, Size

LOOKS_EVERY = 0.5  # seconds
# From the command in the guest until the player's simulated clock starts: it reads the folder first.
START_MAX = 10


class Display:
    """`out` keeps the pictures. One player at a time."""

    def __init__(self, machine: Machine, wanted: Wanted, size: Size, out: Path,
                 environment: list[str]):
        self._machine = machine
        self._wanted = wanted
        self._size = size
        self._out = out
        self._environment = " ".join(["SDL_VIDEODRIVER=KMSDRM", *environment])
        self._at = Time.min
        self._since = 0.0

    def start(self, at: Time) -> None:
        self._at = at
        self._since = time.monotonic()
        command = (f"{self._environment} {PROGRAMS}/noseon-player --playlist {DEMO} --stats"
                   f" --size {self._size[0]}x{self._size[1]} --at '{at:%F %T}'")
        # Not with the shell's own serial port, which would be held open.
        self._machine.run(f"rm -f /tmp/ended; ({command} >/tmp/said 2>&1; echo $? >/tmp/ended) 3>&- &")

    def ended(self) -> int | None:
        """The player's exit code, once it has one."""
        code, missing = self._machine.run("cat /tmp/ended 2>/dev/null")
        return None if missing or not code else int(code)

    def said(self) -> str:
        """On its stderr."""
        return self._machine.run("cat /tmp/said")[0]

    def stop(self) -> int:
        self._machine.run("kill $(pidof noseon-player)")
        deadline = time.monotonic() + 20
        while (code := self.ended()) is None:
            if time.monotonic() > deadline:
                raise Broken("the player does not end on TERM")
            time.sleep(0.2)
        return code

    def simulated_now(self) -> Time:
        """At the earliest; up to START_MAX less, as the player's clock started later than this."""
        return self._at + datetime.timedelta(seconds=time.monotonic() - self._since)

    def wait_until(self, simulated: Time) -> None:
        """And a little longer: until the player's clock too is past it."""
        left = simulated - self.simulated_now() + datetime.timedelta(seconds=START_MAX)
        time.sleep(max(0.0, left.total_seconds()))

    def await_picture(self, name: str, seconds: float) -> str:
        """Until what is on the glass is, pixel for pixel, what is wanted of some moment that it may be
        for the player. A sentence about it. In a fade it is none, so one look is not enough."""
        deadline = time.monotonic() + seconds
        while True:
            seen = self._machine.look(self._out / f"{name}.png")
            now = self.simulated_now()
            after = time.monotonic() - self._since
            nearest = None
            for late in range(START_MAX + 1):
                moment = now - datetime.timedelta(seconds=late)
                if moment < self._at:
                    break
                picture, what = self._wanted.at(moment)
                difference = Difference(seen, picture)
                if nearest is None or difference.pixels < nearest[0].pixels:
                    nearest = (difference, what, moment)
                if difference.pixels == 0:
                    break
            sentence = (f"{name}.png, {after:.1f} s after the start: {nearest[1]} of"
                        f" {nearest[2]:%T}: {nearest[0]}")
            if nearest[0].pixels == 0:
                return sentence
            if time.monotonic() > deadline:
                raise WrongPicture(f"not what noseon render draws: {sentence}{self._last_words()}",
                                   nearest[0])
            time.sleep(LOOKS_EVERY)

    def _last_words(self) -> str:
        said = self.said()
        return f"\nthe player said:\n{said}" if said else ""

    def wakeups(self, seconds: int) -> float:
        """A second, of all the player's threads."""
        def count() -> int:
            said = self._machine.run("cat /proc/$(pidof noseon-player)/task/*/status")[0]
            return sum(int(line.split()[1]) for line in said.splitlines()
                       if line.startswith("voluntary_ctxt_switches:"))
        before = count()
        time.sleep(seconds)
        return (count() - before) / seconds

    def memory(self) -> str:
        said = self._machine.run("grep ^Pss: /proc/$(pidof noseon-player)/smaps_rollup")[0]
        return f"{int(said.split()[1]) // 1024} MB"

    def connector(self) -> str:
        """What the kernel says of the cable, asked afresh: virtio's driver looks only when asked."""
        return self._machine.run(
            "cd /sys/class/drm/card0-Virtual-1; echo detect >status;"
            " echo $(cat status) $(head -n 1 modes)")[0]

    def freeze_connector(self) -> None:
        """The file with the kernel's word on the cable keeps what it says now."""
        self._machine.run("cd /sys/class/drm/card0-Virtual-1; cat status >/tmp/status;"
                          " mount --bind /tmp/status status")

    def thaw_connector(self) -> None:
        self._machine.run("umount /sys/class/drm/card0-Virtual-1/status")

    def mode(self) -> str:
        """Of the picture that the kernel sends to the display."""
        return self._machine.run(
            "mount -t debugfs none /sys/kernel/debug 2>/dev/null;"
            r""" sed -n 's/.*mode: "\([^"]*\)": \([0-9]*\).*/\1 at \2 Hz/p' /sys/kernel/debug/dri/0/state"""
        )[0]
