"""Headless Chromium, driven over its debugging pipe: one page that evaluates scripts."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

from fontconfig import only_these
from texts import Font, Skip

FLAGS = (
    "--headless=new",
    "--no-sandbox",  # which root cannot have
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--remote-debugging-pipe",
)


class Browser:
    """As a context: closed and its files removed at the end."""

    def __init__(self, fonts: tuple[Font, ...]):
        program = shutil.which("chromium")
        if program is None:
            raise Skip("chromium is not installed")
        self._folder = TemporaryDirectory(
            prefix="noseon-chromium-", ignore_cleanup_errors=True
        )
        home = Path(self._folder.name)
        environment = {**os.environ, **only_these(fonts, home)}
        environment |= {"HOME": str(home), "TMPDIR": str(home)}
        for name in ("CONFIG", "CACHE", "DATA"):
            environment[f"XDG_{name}_HOME"] = str(home / name.lower())
        self._log = open(home / "log", "w+", encoding="utf-8", errors="replace")
        theirs_in, self._in = os.pipe()
        self._out, theirs_out = os.pipe()

        def hand_over_pipe() -> None:  # Chromium reads from 3 and writes to 4
            ends = os.dup(theirs_in), os.dup(theirs_out)
            os.dup2(ends[0], 3)
            os.dup2(ends[1], 4)

        self._process = subprocess.Popen(
            [program, *FLAGS, f"--user-data-dir={home}/profile"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            close_fds=False,
            preexec_fn=hand_over_pipe,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self._count = 0
        self._unread = b""
        self._session = None
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        attached = self._call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]

    def __enter__(self) -> "Browser":
        return self

    def __exit__(self, *_) -> None:
        os.close(self._in)  # which ends it
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._out)
        self._log.close()
        self._folder.cleanup()

    def version(self) -> str:
        return self._call("Browser.getVersion")["product"]

    def evaluate(self, script: str):
        """The value of an expression, as JSON carries it."""
        answer = self._call("Runtime.evaluate", expression=script, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["exception"]["description"])
        return answer["result"].get("value")

    def fonts_of(self, selector: str) -> set[str]:
        """The PostScript names of the fonts that an element's text was really set in."""
        self._call("DOM.enable")
        self._call("CSS.enable")
        root = self._call("DOM.getDocument")["root"]["nodeId"]
        node = self._call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        fonts = self._call("CSS.getPlatformFontsForNode", nodeId=node)["fonts"]
        return {font["postScriptName"] for font in fonts}

    def _call(self, method: str, **parameters) -> dict:
        self._count += 1
        message = {"id": self._count, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._write(json.dumps(message).encode() + b"\0")
        while True:
            answer = json.loads(self._read_message())
            if answer.get("id") != self._count:
                continue  # an event
            if "error" in answer:
                raise RuntimeError(f"{method}: {answer['error']['message']}")
            return answer["result"]

    def _write(self, message: bytes) -> None:
        try:
            while message:
                message = message[os.write(self._in, message) :]
        except BrokenPipeError:
            self._fail()

    def _fail(self) -> NoReturn:
        self._log.seek(0)
        raise RuntimeError("Chromium went away:\n" + self._log.read()[-3000:])

    def _read_message(self) -> bytes:
        parts = [self._unread]
        while b"\0" not in parts[-1]:
            parts.append(os.read(self._out, 1 << 20))
            if not parts[-1]:
                self._fail()
        message, self._unread = b"".join(parts).split(b"\0", 1)
        return message
