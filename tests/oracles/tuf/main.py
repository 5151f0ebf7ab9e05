#!/usr/bin/python3
"""Holds Noseon's trust rules against tuf-js, an independent implementation of The Update Framework.

main.py theirs NOSEON_TUF WORK    a repository written by @tufjs/models, read by NOSEON_TUF
main.py ours REPOSITORY WORK      a repository written by the program REPOSITORY, read by tuf-js
main.py ... --spoil WHAT          with one byte of it changed (WHAT: signature or target); succeeds where
                                  the reader notices
WORK: a folder that may be kept, for what npm installs.
Exit code 0: read as it was written; 1: not; 77: node, npm or the packages are not to be had.
"""

import hashlib
import http.server
import json
import shutil
import subprocess
import sys
import tempfile
import threading
import urllib.parse
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCES = ["package.json", "package-lock.json", ".npmrc", "read.mjs", "write.mjs"]
EXIT_SKIPPED = 77
PATIENCE = 120  # seconds, for one program


class Skip(Exception):
    pass


def prepare(work: Path) -> None:
    """The packages of package-lock.json in WORK, with our scripts beside them."""
    for program in ("node", "npm"):
        if not shutil.which(program):
            raise Skip(f"{program} is not installed: deploy/setup --all")
    work.mkdir(parents=True, exist_ok=True)
    for name in SOURCES:
        shutil.copy(HERE / name, work / name)
    lock = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    stamp = work / "node_modules" / ".noseon-lock"
    if stamp.exists() and stamp.read_text() == lock:
        return
    done = subprocess.run(["npm", "ci"], cwd=work, capture_output=True, text=True, timeout=600)
    if done.returncode != 0:
        raise Skip(f"npm ci could not install tuf-js: {done.stderr.strip()[-400:]}")
    stamp.write_text(lock)


class Files(http.server.BaseHTTPRequestHandler):
    """Files of a folder. Their names may be percent-encoded themselves, as those of roles are."""

    folder = Path()

    def do_GET(self) -> None:
        path = self.path.lstrip("/")
        for name in (path, urllib.parse.unquote(path)):
            file = self.folder / name
            if ".." not in Path(name).parts and file.is_file():
                return self.answer(200, file.read_bytes())
        return self.answer(404, b"")

    def answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_) -> None:
        pass


def serve(folder: Path) -> http.server.ThreadingHTTPServer:
    handler = type("Handler", (Files,), {"folder": folder})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def run(words: list) -> int:
    return subprocess.run([str(word) for word in words], timeout=PATIENCE).returncode


def spoil(folder: Path, what: str) -> None:
    """Changes one byte of what is served."""
    if what == "signature":
        file = folder / "metadata" / "timestamp.json"  # no other file has its hash
        metadata = json.loads(file.read_bytes())
        signature = metadata["signatures"][0]
        signature["sig"] = ("1" if signature["sig"][0] == "0" else "0") + signature["sig"][1:]
        file.write_text(json.dumps(metadata))
    elif what == "target":
        file = next(f for f in (folder / "targets").rglob("*") if f.name.endswith(".top.txt"))
        file.write_bytes(b"O" + file.read_bytes()[1:])
    else:
        raise SystemExit(__doc__)


def read_with_noseon(program: Path, url: str, folder: Path) -> bool:
    with tempfile.TemporaryDirectory() as scratch:
        kept = Path(scratch) / "metadata"
        kept.mkdir()
        common = [program, "--metadata-dir", kept]
        if run([*common, "init", folder / "metadata" / "1.root.json"]) != 0:
            return False
        common += ["--metadata-url", url + "/metadata"]
        if run([*common, "refresh"]) != 0:
            return False
        expected = json.loads((folder / "expected.json").read_bytes())
        differing = 0
        for name, content in expected.items():
            found = Path(tempfile.mkdtemp(dir=scratch))
            code = run([*common, "--target-name", name, "--target-base-url", url + "/targets",
                        "--target-dir", found, "download"])
            contents = [f.read_text() for f in found.iterdir()]
            if (code, contents) != ((0, [content]) if content is not None else (1, [])):
                print(f"{name}: exit code {code}, {contents}, expected {content!r}")
                differing += 1
        print(f"{len(expected)} targets, {differing} differ")
        return differing == 0


def main(arguments: list) -> int:
    spoiled = arguments[4] if arguments[3:4] == ["--spoil"] and len(arguments) == 5 else None
    if len(arguments) != (5 if spoiled else 3) or arguments[0] not in ("ours", "theirs"):
        print(__doc__)
        return 2
    way, program, work = arguments[0], Path(arguments[1]), Path(arguments[2])
    try:
        prepare(work)
    except Skip as reason:
        print(f"SKIPPED: {reason}")
        return EXIT_SKIPPED
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        writer = [program] if way == "ours" else ["node", work / "write.mjs"]
        if run([*writer, folder]) != 0:
            return 1
        if spoiled:
            spoil(folder, spoiled)
        server = serve(folder)
        url = f"http://127.0.0.1:{server.server_port}"
        if way == "ours":
            is_good = run(["node", work / "read.mjs", url, folder]) == 0
        else:
            is_good = read_with_noseon(program, url, folder)
        server.shutdown()
    return int(is_good if spoiled else not is_good)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
