"""What is shown, in the order in which it happens to a display. Each scene raises Broken where
something is wrong, and leaves no player behind."""

import datetime
import time
from collections.abc import Callable

from display import Display
from glass import Time
from machine import NO_CABLE, Broken, Machine, Size

Tell = Callable[[str], None]

# A frame takes seconds where OpenGL is computed on an emulated processor.
PICTURE_MAX = 60
TAKEOVER = datetime.time(20, 0, 0)  # media/demo/khojaly, item "anniversary"
WAKEUPS_MAX = 0.5  # a second, while a poster stands
STANDS = 10  # seconds watched
WAITS = "no screen is plugged in; waiting for one"  # player/unattended.cc


def unplugged(machine: Machine, display: Display, size: Size, at: Time, tell: Tell) -> None:
    """the player starts before there is a cable

    It says so and waits; with the cable in, its picture comes. Nobody but the player asks for the
    connector meanwhile: it has to notice by itself."""
    machine.set_display(NO_CABLE)
    tell(f"the connector: {display.connector()}")
    display.start(at)
    time.sleep(10)
    if (code := display.ended()) is not None:
        raise Broken(f"without a cable the player ended with {code}: {display.said()}")
    said = display.said()
    if said.count(WAITS) != 1:
        raise Broken(f"the player waits without one word about it: {said}")
    tell(f"the player waits, having said: {said}; {display.wakeups(STANDS):.1f} wake-ups a second")
    machine.set_display(size)
    tell(display.await_picture("plugged", PICTURE_MAX))
    tell(f"the cable is in: {display.connector()}")
    display.stop()


def unnoticed(machine: Machine, display: Display, size: Size, at: Time, tell: Tell) -> None:
    """the cable comes in, and the kernel's word on it stays the old one

    As at a socket that has no interrupt for a plug. The player asks anew, so its picture comes."""
    machine.set_display(NO_CABLE)
    tell(f"the connector: {display.connector()}")
    display.freeze_connector()
    display.start(at)
    time.sleep(5)
    machine.set_display(size)
    tell(display.await_picture("unnoticed", PICTURE_MAX))
    if display.said().count(WAITS) != 1:
        raise Broken(f"it did not wait, or said so more than once: {display.said()}")
    display.stop()
    display.thaw_connector()


def plays(_: Machine, display: Display, __: Size, at: Time, tell: Tell) -> None:
    """posters, the takeover at its minute, and stillness"""
    display.start(at)
    tell(display.await_picture("first", PICTURE_MAX))
    tell(f"the display's mode: {display.mode()}")
    takeover = datetime.datetime.combine(at.date(), TAKEOVER)
    if at < takeover:
        display.wait_until(takeover)
        tell(display.await_picture("takeover", PICTURE_MAX))
    wakeups = display.wakeups(STANDS)
    tell(f"{wakeups:.1f} wake-ups a second while it stands, over {STANDS} s; {display.memory()} PSS")
    if wakeups > WAKEUPS_MAX:
        raise Broken(f"{wakeups:.1f} wake-ups a second, {WAKEUPS_MAX} allowed")
    code = display.stop()
    tell(f"ended by TERM with {code}, having said:\n{display.said()}")
    if code != 0:
        raise Broken(f"ended by TERM with {code}")


def replugged(machine: Machine, display: Display, size: Size, at: Time, tell: Tell) -> None:
    """the cable is pulled while it plays, put back, and then another display is at it

    The player must live on. That its picture has the other display's size is told, not asked."""
    display.start(at)
    tell(display.await_picture("before", PICTURE_MAX))
    machine.set_display(NO_CABLE)
    tell(f"the cable is out: {display.connector()}")
    time.sleep(10)
    machine.set_display(size)
    tell(f"and in again: {display.connector()}")
    tell(display.await_picture("again", PICTURE_MAX))
    other = (1280, 800) if size != (1280, 800) else (1920, 1080)
    machine.set_display(other)
    tell(f"another display: {display.connector()}")
    time.sleep(10)
    tell(f"the mode is {display.mode()}")
    if (code := display.ended()) is not None:
        raise Broken(f"the player ended with {code}: {display.said()}")
    machine.set_display(size)
    display.stop()


SCENES = {scene.__name__: scene for scene in (unplugged, unnoticed, plays, replugged)}
