"""A virtual machine with one display, as QEMU runs it: its console, a shell in it, its glass and its
cable. Everything is below one folder; nothing listens on a network."""

import json
import select
import shutil
import socket
import struct
import subprocess
import tempfile
import time
from pathlib import Path

from guest import Missing

QEMU = "qemu-system-x86_64"
# Debian 12's QEMU 7.2 is the first to emulate AVX; what Mesa makes of it for a processor that has it dies now
# and then of addresses that nobody computed (SIGSEGV in its own code at a vpgatherdd), as no processor does.
CPU = "max,avx=off,avx2=off,fma=off,f16c=off"
MEMORY = "1536M"  # the disk is an initramfs: it stands in memory, and while booting its archive too
OUTPUT_MAX = 1 << 20

Size = tuple[int, int]
NO_CABLE: Size = (0, 0)


class Broken(Exception):
    """The machine did not do as it was told; the message says what."""


class Link:
    """A socket of QEMU's, read with deadlines."""

    def __init__(self, path: Path, what: str):
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(str(path))
        self._what = what
        self._read = b""

    def close(self) -> None:
        self._socket.close()

    def send(self, content: bytes) -> None:
        self._socket.sendall(content)

    def take(self, count: int, seconds: float) -> bytes:
        return self._when(lambda: count if len(self._read) >= count else None, seconds)

    def take_line(self, seconds: float) -> bytes:
        return self.take_through(b"\n", seconds)

    def take_through(self, mark: bytes, seconds: float) -> bytes:
        def end() -> int | None:
            at = self._read.find(mark)
            return None if at < 0 else at + len(mark)
        return self._when(end, seconds)

    def _when(self, end, seconds: float) -> bytes:
        deadline = time.monotonic() + seconds
        while (count := end()) is None:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self._socket], [], [], left)[0]:
                raise Broken(f"{self._what}: no answer within {seconds:.0f} s")
            more = self._socket.recv(1 << 16)
            if not more or len(self._read) > OUTPUT_MAX:
                raise Broken(f"{self._what}: {'too much said' if more else 'the machine ended'}")
            self._read += more
        taken, self._read = self._read[:count], self._read[count:]
        return taken


class Machine:
    """Runs from construction until the `with` ends. `kernel` and `initrd` are files; `logs` is the
    folder that keeps the guest's console and QEMU's complaints. Without a cable the display is dark
    from the first instruction on. `more`: what the machine has besides, as QEMU's arguments; `words`:
    for its kernel."""

    def __init__(self, kernel: Path, initrd: Path, logs: Path, size: Size, has_cable: bool,
                 more: tuple[str, ...] = (), words: str = ""):
        if shutil.which(QEMU) is None:
            raise Missing(f"there is no {QEMU} (deploy/setup --kms)")
        self.console = logs / "console.log"
        # A socket's path has at most 107 bytes, so they are not below the build folder.
        self._sockets = Path(tempfile.mkdtemp(prefix="noseon-kms-"))
        self._said = logs / "qemu.log"
        with self._said.open("w") as said:
            self._process = subprocess.Popen(
                # It ends with us, however we end.
                ["setpriv", "--pdeathsig", "KILL", QEMU, "-nodefaults", "-no-user-config", "-no-reboot", "-S",
                 "-accel", "tcg", "-cpu", CPU, "-smp", "2", "-m", MEMORY,
                 "-kernel", kernel, "-initrd", initrd, "-append", f"console=ttyS0 panic=-1 {words}".strip(),
                 "-device", f"virtio-gpu-pci,xres={size[0]},yres={size[1]}",
                 "-chardev", f"file,id=console,path={self.console}", "-serial", "chardev:console",
                 "-chardev", "socket,id=shell,path=shell,server=on,wait=off",
                 "-serial", "chardev:shell",
                 "-qmp", "unix:qmp,server=on,wait=off", "-vnc", "unix:vnc", *more],
                cwd=self._sockets, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        try:
            self._await_sockets()
            self._qmp = Link(self._sockets / "qmp", "QMP")
            self._qmp.take_line(10)
            self.order("qmp_capabilities")
            self._shell = Link(self._sockets / "shell", "the guest")
            # QEMU takes no cable for nothing new unless there was news before.
            self.set_display(size)
            if not has_cable:
                self.set_display(NO_CABLE)
            self.order("cont")
            self.started = time.monotonic()
        except BaseException:
            self.stop()
            raise

    def __enter__(self) -> "Machine":
        return self

    def __exit__(self, *_) -> None:
        self.stop()

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()
        shutil.rmtree(self._sockets)

    def _await_sockets(self) -> None:
        for _ in range(200):
            # The last one that QEMU opens.
            if (self._sockets / "vnc").exists():
                return
            if self._process.poll() is not None:
                break
            time.sleep(0.05)
        raise Broken(f"QEMU does not start: {self._said.read_text().strip()}")

    def order(self, command: str, **arguments) -> dict:
        """One QMP command; see QEMU's qmp-ref."""
        self._qmp.send(json.dumps({"execute": command, "arguments": arguments}).encode() + b"\n")
        while True:
            answer = json.loads(self._qmp.take_line(60))
            if "error" in answer:
                raise Broken(f"QMP: {command}: {answer['error']['desc']}")
            if "return" in answer:
                return answer["return"]

    def await_guest(self, seconds: float) -> float:
        """Until the guest's shell listens; the seconds since the machine was started."""
        try:
            self._answer(seconds)
        except Broken as broken:
            raise Broken(f"{broken}; what it said is in {self.console}") from broken
        return time.monotonic() - self.started

    def run(self, command: str, seconds: float = 60) -> tuple[str, int]:
        """One line for the guest's shell: what it printed, and its exit code."""
        self._shell.send(command.encode() + b"\n")
        return self._answer(seconds)

    def _answer(self, seconds: float) -> tuple[str, int]:
        output = self._shell.take_through(b"\4", seconds)[:-1].decode(errors="replace")
        return output.strip(), int(self._shell.take_line(seconds))

    def look(self, picture: Path) -> Path:
        """What stands on the glass, as PNG."""
        self.order("screendump", filename=str(picture), format="png")
        return picture

    def set_display(self, size: Size) -> None:
        """Another display on the cable, or NO_CABLE: for the guest a hot plug. QEMU learns it from a
        viewer whose window was resized, so for a moment we are one: RFC 6143, and the message
        SetDesktopSize of the RFB protocol's extensions."""
        viewer = Link(self._sockets / "vnc", "VNC")
        viewer.send(viewer.take(12, 10))  # the same version back
        kinds = viewer.take(viewer.take(1, 10)[0], 10)
        no_password = 1
        if no_password not in kinds:
            raise Broken("VNC: it asks for a password")
        viewer.send(bytes([no_password]))
        viewer.take(4, 10)
        viewer.send(b"\1")  # others may look too
        greeting = viewer.take(24, 10)
        viewer.take(struct.unpack(">I", greeting[20:])[0], 10)
        screens = struct.pack(">IHHHHI", 0, 0, 0, *size, 0)
        viewer.send(struct.pack(">BxHHBx", 251, *size, 1) + screens)
        time.sleep(0.5)  # QEMU passes it on from a timer
        viewer.close()
