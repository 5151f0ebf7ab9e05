#!/usr/bin/env python3
"""The sample configurations of deploy/nginx/, as they are, under the real nginx on loopback.

usage: nginx_test.py BIN_DIR SOURCE_DIR     exits with 77 where there is no nginx
"""
import gzip
import http.client
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

BIN = pathlib.Path(sys.argv[1])
SOURCE = pathlib.Path(sys.argv[2])
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin:/bin")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def sample(name, corrections):
    """A sample with the lines corrected that its comments ask to be corrected."""
    text = (SOURCE / "deploy/nginx" / name).read_text()
    for before, after in corrections:
        assert before in text, f"{name}: {before!r} is not there to be corrected"
        text = text.replace(before, after)
    return text


class Nginx:
    """One nginx with one sample, in a folder of its own, not as a daemon."""

    def __init__(self, folder, text, port):
        self.port = port
        folder.mkdir()
        temporary = "".join(
            f"{kind}_temp_path {folder}/{kind};\n" for kind in
            ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        (folder / "nginx.conf").write_text(
            f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;\n"
            f"events {{}}\nhttp {{\naccess_log {folder}/access.log;\n{temporary}{text}\n}}\n")
        self.log = folder / "access.log"
        self.errors = folder / "error.log"
        self.process = subprocess.Popen(
            [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf")],
            stderr=subprocess.PIPE)
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.05)
        sys.exit(f"nginx did not start: {self.process.stderr.read().decode()}")

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(10)

    def get(self, path, headers=None, method="GET"):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(method, path, headers=headers or {})
        answer = connection.getresponse()
        answer.body = answer.read()
        connection.close()
        return answer

    def requests(self):
        return len(self.log.read_text().splitlines())


def check(what, condition, detail=""):
    print(f"  {'ok' if condition else 'NOT OK'}: {what} {detail}")
    if not condition:
        sys.exit(1)


def check_repository(server, repo):
    timestamp = server.get("/metadata/timestamp.json")
    check("timestamp.json is served, and asked for anew each time",
          timestamp.status == 200 and timestamp.headers["Cache-Control"] == "no-cache")
    etag = timestamp.headers["ETag"]
    again = server.get("/metadata/timestamp.json", {"If-None-Match": etag})
    check("it is not sent again where its ETag is known", again.status == 304 and not again.body)
    check("JSON is JSON", timestamp.headers["Content-Type"] == "application/json")
    picture = next((repo / "targets/city").glob("*.png"))
    whole = server.get(f"/targets/city/{picture.name}")
    check("a picture is for ever", "immutable" in whole.headers["Cache-Control"]
          and whole.headers["Content-Type"] == "image/png"
          and whole.body == picture.read_bytes())
    part = server.get(f"/targets/city/{picture.name}", {"Range": "bytes=60000-"})
    check("of which the rest is sent where it is asked for",
          part.status == 206 and part.body == picture.read_bytes()[60000:]
          and part.headers["Content-Range"].startswith("bytes 60000-"))
    role = next((repo / "metadata").glob("*.city.json"))
    packed = server.get(f"/metadata/{role.name}", {"Accept-Encoding": "gzip"})
    check("metadata is compressed for who asks", packed.headers["Content-Encoding"] == "gzip"
          and gzip.decompress(packed.body) == role.read_bytes(),
          f"({role.stat().st_size} bytes as {len(packed.body)})")
    missing = server.get("/metadata/99.root.json")
    check("a root that is not there is not there, and nobody may keep that",
          missing.status == 404 and missing.headers["Cache-Control"] is None)
    check("what is not for displays is not served",
          server.get("/displays/bus.toml").status == 404
          and server.get("/").status == 404)


def sync(world, store, url):
    ran = subprocess.run(
        [BIN / "noseon-sync", "--once", "--store", world / store, "--root", world / "root.json",
         "--display", world / "display.toml", "--run", world / (store + "-run"), "--source", url],
        capture_output=True, text=True, timeout=120)
    return ran.returncode, ran.stderr


def check_depot(origin, depot, world):
    code, errors = sync(world, "bus1", f"http://127.0.0.1:{depot.port}")
    check("noseon-sync pulls through the depot", code == 0, errors)
    before = origin.requests()
    code, errors = sync(world, "bus2", f"http://127.0.0.1:{depot.port}")
    check("a second bus costs the origin next to nothing", code == 0
          and origin.requests() - before <= 1, f"({origin.requests() - before} requests) {errors}")
    time.sleep(11)  # past the moment for which a missing root is remembered
    origin.stop()
    code, errors = sync(world, "bus3", f"http://127.0.0.1:{depot.port}")
    check("a third pulls all of it while the origin is away", code == 0, errors)
    code, errors = sync(world, "bus1", f"http://127.0.0.1:{depot.port}")
    check("and who has it finds it unchanged", code == 0, errors)
    picture = next((world / "repo/targets/city").glob("*.png"))
    part = depot.get(f"/targets/city/{picture.name}", {"Range": "bytes=60000-"})
    check("the depot sends the rest of a picture", part.status == 206
          and part.body == picture.read_bytes()[60000:] and part.headers["X-Cache"] == "HIT")


def main():
    if NGINX is None:
        print("skipped: nginx is not installed (deploy/packages-oracles.txt)")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as folder:
        world = pathlib.Path(folder)
        world.chmod(0o755)
        subprocess.run([BIN / "noseon-city", world, "3"], check=True)
        (world / "repo/displays").mkdir()
        (world / "repo/displays/bus.toml").write_text("id = \"bus\"\n")
        origin_port, depot_port = free_port(), free_port()
        origin = Nginx(world / "origin", sample("repository.conf", [
            ("listen 80;", f"listen 127.0.0.1:{origin_port};"),
            ("server_name noseon.example.org;", "server_name localhost;"),
            ("root /srv/noseon/repo;", f"root {world}/repo;")]), origin_port)
        depot = None
        try:
            print("deploy/nginx/repository.conf")
            check_repository(origin, world / "repo")
            code, errors = sync(world, "bus0", f"http://127.0.0.1:{origin_port}")
            check("noseon-sync pulls from it", code == 0, errors)
            print("deploy/nginx/depot.conf")
            depot = Nginx(world / "depot", sample("depot.conf", [
                ("/var/cache/nginx/noseon", f"{world}/cache"),
                ("listen 8080;", f"listen 127.0.0.1:{depot_port};"),
                ("Host noseon.example.org;", "Host localhost;"),
                ("proxy_pass http://noseon.example.org;",
                 f"proxy_pass http://127.0.0.1:{origin_port};")]), depot_port)
            check_depot(origin, depot, world)
        finally:
            origin.stop()
            if depot is not None:
                depot.stop()
    print("nginx: all is well")


if __name__ == "__main__":
    main()
