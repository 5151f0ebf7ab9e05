#!/usr/bin/env python3
"""The Debian packages, as somebody who installs them meets them: what is in them, what lintian says of them,
and how they are installed, used, removed and purged in a root of their own.

usage: packages_test.py BIN_DIR SOURCE_DIR [--clean]    exits with 77 where something is missing

The root is this machine's, seen through an overlay that takes all that is written; --clean makes a bare Debian
by mmdebstrap instead, so that dependencies come from the packages alone. As root.
"""
import os
import pathlib
import re
import shutil
import signal
import stat
import struct
import subprocess
import sys
import tempfile
import time
import zlib

FOLDERS = ("/etc/systemd/", "/lib/systemd/system/", "/usr/bin/noseon", "/usr/lib/sysusers.d/",
           "/usr/lib/tmpfiles.d/", "/usr/share/doc/noseon-", "/usr/share/locale/", "/usr/share/man/man")
MUST_HAVE = {
    "noseon-decode": {"/usr/bin/noseon-decode"},
    "noseon-display": {"/etc/systemd/system.conf.d/50-noseon.conf"},
    "noseon-player": {"/usr/bin/noseon-player", "/usr/bin/noseon-sync",
                      "/lib/systemd/system/noseon-player.service", "/lib/systemd/system/noseon-sync.service",
                      "/usr/share/man/man5/display.toml.5.gz"},
    "noseon-prepare": {"/usr/bin/noseon-prepare", "/usr/bin/noseon-draft"},
    "noseon-tools": {"/usr/bin/noseon", "/usr/share/locale/ko/LC_MESSAGES/noseon.mo",
                     "/usr/share/doc/noseon-tools/examples/khojaly/campaign.toml"},
}
SIZE = (640, 360)
NOON = "2027-06-01 12:00"
SINCE = time.monotonic()


def tell(what):
    print(f"[{time.monotonic() - SINCE:5.1f} s] {what}", flush=True)


def skip(why):
    print(f"SKIPPED: {why}")
    sys.exit(77)


class Root:
    """Another root to install into, in the mount namespace that this process is alone in."""

    def __init__(self, folder, is_clean):
        self.path = folder / "root"
        self.path.mkdir()
        if is_clean:
            self._debootstrap()
        else:
            self._overlay(folder / "written")
        run("mount", "--bind", "/proc", self.path / "proc")
        for name in ("dev", "run", "tmp"):
            run("mount", "-t", "tmpfs", "-o", "mode=1777", "tmpfs", self.path / name)
        # Of its own, so that nothing here can take this machine's away.
        for name, minor in (("null", 3), ("zero", 5), ("full", 7), ("random", 8), ("urandom", 9)):
            os.mknod(self.path / "dev" / name, stat.S_IFCHR | 0o666, os.makedev(1, minor))
            (self.path / "dev" / name).chmod(0o666)

    def _overlay(self, written):
        written.mkdir()
        run("mount", "-t", "tmpfs", "tmpfs", written)
        (written / "upper").mkdir()
        (written / "work").mkdir()
        options = f"lowerdir=/,upperdir={written}/upper,workdir={written}/work"
        mounted = subprocess.run(["mount", "-t", "overlay", "overlay", "-o", options, self.path],
                                 capture_output=True, text=True)
        if mounted.returncode != 0:
            skip(f"no overlay can be mounted here: {mounted.stderr.strip()}")

    def _debootstrap(self):
        if shutil.which("mmdebstrap") is None:
            skip("there is no mmdebstrap here (deploy/setup --packages)")
        run("mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", self.path)
        run("mmdebstrap", "--mode=root", "--variant=apt", "--quiet", "--skip=cleanup/apt",
            "--include=ca-certificates,systemd", "bookworm", self.path)
        shutil.copy("/etc/resolv.conf", self.path / "etc/resolv.conf")

    def said(self, *command, user=None, code=0, **environment):
        """What a command says in there, both ways; fails where it does not end with `code`."""
        done = subprocess.run(self.command(command, user), capture_output=True, text=True,
                              env=self.environment(environment), timeout=300)
        if done.returncode != code:
            raise Wrong(f"{' '.join(map(str, command))} ended with {done.returncode}, not {code}:\n"
                        f"{done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def begin(self, *command, user, out, **environment):
        return subprocess.Popen(self.command(command, user), stdout=out, stderr=subprocess.STDOUT,
                                env=self.environment(environment), cwd=self.path)

    def command(self, command, user):
        group = "noseon" if user in ("noseon-player", "noseon-sync") else ""  # else the user's own
        who = [f"--userspec={user}:{group}"] if user else []
        return ["chroot", *who, self.path, *map(str, command)]

    @staticmethod
    def environment(more):
        return {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/tmp", "LC_ALL": "C.UTF-8",
                "DEBIAN_FRONTEND": "noninteractive"} | more

    def inside(self, path):
        return self.path / path.lstrip("/")

    def has(self, path):
        return os.path.lexists(self.inside(path))


class Wrong(Exception):
    """Something is not as promised; the message says what."""


def must(is_so, what):
    if not is_so:
        raise Wrong(what)


def run(*command):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    if done.returncode != 0:
        raise Wrong(f"{' '.join(map(str, command))}: {done.stdout}{done.stderr}")
    return done.stdout


def built(bin_dir, source, out):
    said = run(source / "deploy/package", "--built", bin_dir.parent, "--out", out)
    must(said.splitlines()[-1].startswith("OK: "), f"deploy/package ends with {said.splitlines()[-1]}")
    found = {file.name.split("_")[0]: file for file in out.glob("*.deb")}
    must(set(found) == set(MUST_HAVE), f"deploy/package made {sorted(found)}")
    return found


def look_at(packages):
    """Each file is where such files belong, root's, and gives nobody rights."""
    for name, file in packages.items():
        paths = set()
        for line in run("dpkg-deb", "--contents", file).splitlines():
            mode, owner, path = line.split()[0], line.split()[1], line.split()[5][1:]
            must(owner == "root/root", f"{name}: {path} is {owner}'s")
            must(not re.search("[sS]", mode) and mode[5] != "w" and mode[8] != "w", f"{name}: {path} is {mode}")
            if mode[0] != "d":
                paths.add(path)
                must(path.startswith(FOLDERS), f"{name}: {path} is nowhere where a package's files belong")
        must(MUST_HAVE[name] <= paths, f"{name} lacks {sorted(MUST_HAVE[name] - paths)}")


def versions_agree(source, packages):
    project = re.search(r"project\(noseon VERSION (\S+)", (source / "CMakeLists.txt").read_text())[1]
    for name, file in packages.items():
        version = run("dpkg-deb", "--field", file, "Version").strip()
        must(version == project, f"{name} is {version}, CMakeLists.txt says {project}")


def build_needs_agree(source):
    """What the packages are built with is what deploy/packages.txt installs."""
    listed = set(re.findall(r"^[a-z0-9][^\s#]*", (source / "deploy/packages.txt").read_text(), re.MULTILINE))
    control = (source / "deploy/debian/control").read_text()
    needs = control.split("Build-Depends:\n")[1].split("\nStandards-Version")[0]
    for need in re.findall(r"^ ([a-z0-9+.-]+)", needs, re.MULTILINE):
        must(need in listed or need.startswith(("debhelper", "dh-sequence")),
             f"Build-Depends has {need}, deploy/packages.txt does not")
    build = (source / "deploy/packages.txt").read_text().split("# deploy/run:")[0]
    for package in re.findall(r"^([a-z0-9+.-]+-dev)$", build, re.MULTILINE):
        must(re.search(rf"^ {re.escape(package)},$", needs, re.MULTILINE),
             f"deploy/packages.txt has {package}, Build-Depends does not")


def install(root, packages, is_clean):
    (root.inside("/tmp/debs")).mkdir()
    names = [shutil.copy(file, root.inside("/tmp/debs")) for file in packages.values()]
    inside = [f"/tmp/debs/{pathlib.Path(name).name}" for name in names]
    if is_clean:
        root.said("apt-get", "--quiet", "update")
        root.said("apt-get", "--quiet", "--yes", "--no-install-recommends", "install", *inside)
    else:
        root.said("dpkg", "--no-triggers", "--install", *inside)
    root.said("systemd-tmpfiles", "--create", "/usr/lib/tmpfiles.d/noseon-player.conf")
    for name in ("noseon-player.service", "noseon-player-cage.service", "noseon-sync.service"):
        enabled = root.said("systemctl", "is-enabled", name, code=1).strip()
        must(enabled == "disabled", f"{name} is {enabled} after installing")


def staff_work(root):
    """From the examples to a signed repository, with the installed command alone."""
    version = root.said("noseon", "--version").strip()
    root.said("noseon", "new", "/tmp/spring")
    checked = root.said("noseon", "check", "/tmp/spring")
    must("0 errors" in checked, f"noseon check says {checked}")
    korean = root.said("noseon", "check", "/tmp/spring", LC_ALL="", LANG="ko_KR.UTF-8")
    must("오류 0개" in korean, f"in Korean noseon check says {korean}")
    demo = "/usr/share/doc/noseon-tools/examples"
    root.said("noseon", "repo", "init", "/tmp/site", "--no-passphrase")
    root.said("noseon", "keys", "new", "/tmp/site-keys/city", "--no-passphrase")
    root.said("noseon", "repo", "delegate", "city", "/tmp/site-keys/city.pub", "--repo", "/tmp/site")
    root.said("noseon", "publish", demo + "/on-board", "--repo", "/tmp/site", "--yes")
    tell(f"noseon {version}: made, checked and published a campaign")


def provision(root):
    etc = root.inside("/etc/noseon")
    shutil.copy(root.inside("/tmp/site-keys/root.json"), etc)
    (etc / "display.toml").write_text(f'id = "bus-1"\nsize = {list(SIZE)}\ntimezone = "Asia/Seoul"\n'
                                      '[source]\nurls = ["file:///tmp/site"]\n')


def pull(root):
    # /tmp/site is the staff's; a web server would let everybody read it.
    run("chmod", "-R", "a+rX", root.inside("/tmp/site"))
    root.said("noseon", "render", "/usr/share/doc/noseon-tools/examples/on-board", "--display",
              "/etc/noseon/display.toml", "--at", NOON, "-o", "/tmp/frame.png")
    root.said("noseon-sync", "--once", user="noseon-sync")
    must(root.has("/var/lib/noseon/store/current"), "noseon-sync left no current generation")
    said = root.said("noseon-sync", "--status", user="noseon-player")
    tell("noseon-sync, as itself: " + said.splitlines()[0])


def play(root):
    """With what the unit gives it, on SDL's driver that keeps what is on the screen as files."""
    unit = root.inside("/lib/systemd/system/noseon-player.service").read_text()
    command = re.search(r"^ExecStart=(.*)$", unit, re.MULTILINE)[1].split()
    frames = root.inside("/tmp/frames")
    frames.mkdir()
    frames.chmod(0o777)
    said = root.inside("/tmp/player.log")
    with said.open("w") as out:
        player = root.begin("env", "-C", "/tmp/frames", *command, "--at", NOON, "--journal", "/var/lib/noseon/journal", user="noseon-player", out=out,
                            SDL_VIDEODRIVER="dummy", SDL_VIDEO_DUMMY_SAVE_FRAMES="1")
        deadline = time.monotonic() + 60
        while not root.has("/var/lib/noseon/player/accepted.json") and player.poll() is None \
                and time.monotonic() < deadline:
            time.sleep(0.1)
        time.sleep(1)
        player.send_signal(signal.SIGTERM)
        code = player.wait(30)
    text = said.read_text()
    must(code == 0, f"noseon-player ended with {code}:\n{text}")
    must("stage: dummy, 640 × 360" in text, f"noseon-player says:\n{text}")
    must(root.has("/var/lib/noseon/player/accepted.json"), f"no release came on the glass:\n{text}")
    for name in ("plays.db", "device.key", "device.pub"):
        must(root.has(f"/var/lib/noseon/journal/{name}"), f"the journal has no {name}:\n{text}")
    must(root.has("/run/noseon/player.json"), "the player did not tell how it fares")
    must(root.has("/var/cache/noseon/frames"), "no finished picture was kept for the next start")
    pictures = sorted(frames.glob("*.bmp"))
    must(pictures, "there is nothing of what was on the screen")
    wanted = pixels_of_png(root.inside("/tmp/frame.png"))
    must(len(set(wanted)) > 50, f"noseon render made a picture of {len(set(wanted))} colours")
    differ = sum(a != b for a, b in zip(wanted, pixels_of_bmp(pictures[-1]), strict=True))
    must(differ == 0, f"{differ} pixels of {pictures[-1].name} are not what noseon render makes")
    tell(f"noseon-player, as itself: all {len(wanted)} pixels on the screen are what noseon render makes")


def pixels_of_bmp(file):
    """Red, green and blue of each pixel, from the top; of 24 bits a pixel and whole words a row, as SDL
    writes them."""
    content = file.read_bytes()
    begin, width, height, depth = struct.unpack("<10xI4xii2xH", content[:30])
    must((width, height, depth) == (*SIZE, 24), f"{file.name} is {width} × {height}, {depth} bits")
    rows = [content[begin + y * width * 3:begin + (y + 1) * width * 3] for y in reversed(range(height))]
    return [row[x:x + 3][::-1] for row in rows for x in range(0, width * 3, 3)]


def pixels_of_png(file):
    """The same of what noseon render writes: 8 bits, RGB, not interlaced (ISO/IEC 15948)."""
    content = file.read_bytes()
    width, height, depth, kind = struct.unpack(">16xIIBB", content[:26])
    must((width, height, depth, kind) == (*SIZE, 8, 2), f"{file.name} is {width} × {height}, {depth} bits, {kind}")
    packed, at = b"", 8
    while at < len(content):
        length, name = struct.unpack(">I4s", content[at:at + 8])
        if name == b"IDAT":
            packed += content[at + 8:at + 8 + length]
        at += 12 + length
    raw, above, pixels = zlib.decompress(packed), bytearray(width * 3), []
    for y in range(height):
        begin = y * (width * 3 + 1)
        row = bytearray(raw[begin + 1:begin + 1 + width * 3])
        for x in range(width * 3):
            left, corner = (row[x - 3], above[x - 3]) if x >= 3 else (0, 0)
            row[x] = row[x] + predicted(raw[begin], left, above[x], corner) & 255
        pixels += (bytes(row[x:x + 3]) for x in range(0, width * 3, 3))
        above = row
    return pixels


def predicted(kind, left, up, corner):
    if kind < 4:
        return (0, left, up, (left + up) // 2)[kind]
    return min((left, up, corner), key=lambda value: abs(left + up - corner - value))


def refresh(root):
    """A repository that is its own user's, signed anew as noseon-refresh@.service does it."""
    site = "/var/lib/noseon-repo/site"
    root.said("noseon", "repo", "init", site, "--no-passphrase", user="noseon-repo")
    must(root.has("/etc/noseon-repo"), "there is no folder for passphrases")
    before = root.inside(site + "/metadata/timestamp.json").read_bytes()
    root.said("noseon", "repo", "refresh", site, user="noseon-repo")
    must(root.inside(site + "/metadata/timestamp.json").read_bytes() != before, "nothing was signed anew")
    root.said("noseon", "repo", "refresh", site, user="nobody", code=1)
    tell("noseon-repo: made a repository, and signed it anew")


def ask(root):
    """How the display fares; a user who may not look into the store is told so, not that it is empty."""
    said = root.said("noseon", "status", "--display", user="nobody", code=1)
    must("may not read the store" in said and "empty" not in said, f"nobody is told:\n{said}")
    said = root.said("noseon", "status", "--display", code=1)
    must("noseon-player was ended" in said and "may not read" not in said, f"root is told:\n{said}")
    tell("noseon status --display: " + said.splitlines()[0])


def keep_apart(root):
    """Neither program can write what is the other's."""
    for user, path in (("noseon-player", "/var/lib/noseon/store/x"), ("noseon-sync", "/var/lib/noseon/player/x"),
                       ("noseon-sync", "/var/lib/noseon/journal/x"), ("noseon-sync", "/var/cache/noseon/x"),
                       ("noseon-sync", "/var/lib/noseon/x"), ("noseon-player", "/etc/noseon/x")):
        root.said("touch", path, user=user, code=1)
    root.said("touch", "/run/noseon/wanted/x", "/run/noseon/player.json",
              user="noseon-player")
    root.said("rm", "/run/noseon/wanted/x", user="noseon-sync")
    must(root.has("/run/noseon/sync.json"), "noseon-sync did not tell how it fares")
    root.said("mv", "/run/noseon/sync.json", "/run/noseon/player.json", user="noseon-sync", code=1)


def remove(root):
    root.said("dpkg", "--no-triggers", "--remove", "noseon-display", "noseon-player")
    for path in ("/usr/bin/noseon-player", "/usr/bin/noseon-sync", "/lib/systemd/system/noseon-player.service"):
        must(not root.has(path), f"{path} is left after removing")
    for path in ("/var/lib/noseon/store/current", "/var/lib/noseon/player/accepted.json",
                 "/var/lib/noseon/journal/plays.db", "/etc/noseon/root.json",
                 "/etc/systemd/system.conf.d/50-noseon.conf"):
        must(root.has(path), f"{path} is gone after removing")
    said = root.said("dpkg", "--no-triggers", "--purge", "noseon-display", "noseon-player")
    for path in ("/var/lib/noseon/store", "/var/lib/noseon/player", "/var/cache/noseon",
                 "/etc/systemd/system.conf.d/50-noseon.conf"):
        must(not root.has(path), f"{path} is left after purging")
    for path in ("/var/lib/noseon/journal/plays.db", "/etc/noseon/root.json"):
        must(root.has(path), f"{path} is gone after purging")
    must("/var/lib/noseon/journal stays" in said, f"purging does not say that the journal stays: {said}")
    root.said("dpkg", "--no-triggers", "--purge", "noseon-tools", "noseon-prepare", "noseon-decode")
    must(not root.has("/usr/bin/noseon"), "noseon is left after purging")


def from_build(bin_dir, source, folder):
    tell("packages from what is built")
    packages = built(bin_dir, source, folder / "debs")
    look_at(packages)
    versions_agree(source, packages)
    build_needs_agree(source)
    tell("lintian")
    run("lintian", "--fail-on", "error,warning", "--allow-root", *packages.values())
    return packages


def in_a_root(packages, folder, is_clean):
    if os.geteuid() != 0:
        skip("the packages are in order, but installing them needs root")
    tell("a root of their own")
    root = Root(folder, is_clean)
    install(root, packages, is_clean)
    tell("installed")
    staff_work(root)
    provision(root)
    pull(root)
    play(root)
    ask(root)
    refresh(root)
    keep_apart(root)
    remove(root)
    tell("removed and purged: the journal stays")


def take_away(folder):
    """First what is mounted there: of this machine's own nothing may be reached when the rest goes."""
    for mount in (folder / "root", folder / "written"):
        if mount.is_mount():
            subprocess.run(["umount", "--recursive", mount], check=False)
        if mount.is_mount():
            sys.exit(f"FAILED: {mount} is still in use; it is left there")
    shutil.rmtree(folder)


def main():
    is_clean = "--clean" in sys.argv
    bin_dir, source = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
    for tool in ("dh", "dpkg-buildpackage", "lintian"):
        if shutil.which(tool) is None:
            skip(f"there is no {tool} here (deploy/setup --packages)")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="noseon-packages-"))
    try:
        packages = from_build(bin_dir, source, folder)
        in_a_root(packages, folder, is_clean)
    finally:
        take_away(folder)
    print("OK")


if __name__ == "__main__":
    # Mounts of this process are nobody else's, and go with it.
    if os.geteuid() == 0 and "NOSEON_MOUNTS" not in os.environ:
        os.environ["NOSEON_MOUNTS"] = "own"
        os.execvp("unshare", ["unshare", "--mount", "--propagation", "private", sys.executable, "-B", *sys.argv])
    try:
        main()
    except Wrong as wrong:
        sys.exit(f"FAILED: {wrong}")
