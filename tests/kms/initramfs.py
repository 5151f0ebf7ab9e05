"""A file tree as the archive that Linux unpacks into its first root: cpio's "newc" format, of
Documentation/driver-api/early-userspace/buffer-format.rst in the kernel's sources. Written here
since it is a page of code, and needs no root, no mount and no loop device."""

import os
import shutil
import stat
from pathlib import Path
from typing import BinaryIO

ALIGNMENT = 4


class Initramfs:
    """Everything belongs to root. Folders above a file are made as they are needed. A path may be
    given once; it is absolute, as the guest will see it."""

    def __init__(self, out: BinaryIO):
        self._out = out
        self._inode = 0
        self._known = set()

    def folder(self, path: str) -> None:
        path = path.rstrip("/")
        if path and path not in self._known:
            self._folder_of(path)
            self._header(path, stat.S_IFDIR | 0o755, 0)

    def file(self, path: str, source: Path) -> None:
        """The bytes of `source`, through links; executable where it is."""
        is_program = os.access(source, os.X_OK)
        size = source.stat().st_size
        self._folder_of(path)
        self._header(path, stat.S_IFREG | (0o755 if is_program else 0o644), size)
        with source.open("rb") as content:
            shutil.copyfileobj(content, self._out, 1 << 20)
        self._pad()

    def text(self, path: str, content: str) -> None:
        self._bytes(path, stat.S_IFREG | 0o644, content.encode())

    def link(self, path: str, target: str) -> None:
        self._bytes(path, stat.S_IFLNK | 0o777, target.encode())

    def tree(self, path: str, source: Path, leaves_out: frozenset[str] = frozenset()) -> None:
        """A whole folder, without the names in `leaves_out`."""
        for entry in sorted(source.iterdir()):
            inside = f"{path}/{entry.name}"
            if entry.name in leaves_out:
                continue
            if entry.is_dir():
                self.tree(inside, entry, leaves_out)
            else:
                self.file(inside, entry)

    def close(self) -> None:
        self._header("/TRAILER!!!", 0, 0)

    def _bytes(self, path: str, mode: int, content: bytes) -> None:
        self._folder_of(path)
        self._header(path, mode, len(content))
        self._out.write(content)
        self._pad()

    def _folder_of(self, path: str) -> None:
        self.folder(os.path.dirname(path))

    def _header(self, path: str, mode: int, size: int) -> None:
        if path in self._known:
            raise ValueError(f"twice in the guest: {path}")
        self._known.add(path)
        self._inode += 1
        name = path.lstrip("/").encode() + b"\0"
        links, changed, device = 1, 0, 0
        fields = (self._inode, mode, 0, 0, links, changed, size) + (device,) * 4 + (len(name), 0)
        self._out.write(b"070701" + b"".join(b"%08X" % field for field in fields) + name)
        self._pad()

    def _pad(self) -> None:
        self._out.write(b"\0" * (-self._out.tell() % ALIGNMENT))
