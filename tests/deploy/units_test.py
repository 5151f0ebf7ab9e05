#!/usr/bin/env python3
"""The units of deploy/systemd/: systemd takes them, each is shut in far enough, and users, folders and
programs' defaults are the same in all that names them.

usage: units_test.py BIN_DIR SOURCE_DIR     exits with 77 where there is no systemd-analyze
"""
import json
import pathlib
import re
import shlex
import shutil
import signal
import stat
import subprocess
import sys
import tempfile

EXPOSURE_MAX = 1.5
SERVICES = ("noseon-player", "noseon-player-cage", "noseon-sync", "noseon-refresh@")
# As design and documents have them.
FOLDERS = {
    "/var/lib/noseon": ("root", "root", 0o755),
    "/var/lib/noseon/store": ("noseon-sync", "noseon", 0o2750),
    "/var/lib/noseon/player": ("noseon-player", "noseon", 0o700),
    "/var/lib/noseon/journal": ("noseon-player", "noseon", 0o750),
    "/var/cache/noseon": ("noseon-player", "noseon", 0o750),
    "/run/noseon": ("noseon-player", "noseon", 0o3775),
    "/run/noseon/wanted": ("noseon-player", "noseon", 0o2775),
    "/var/lib/noseon-repo": ("noseon-repo", "noseon-repo", 0o755),
}
# Whose folders each service may write, and no other's.
WRITES = {
    "noseon-player": {"/var/lib/noseon/player", "/var/lib/noseon/journal", "/var/cache/noseon",
                      "/run/noseon"},
    "noseon-player-cage": {"/var/lib/noseon/player", "/var/lib/noseon/journal", "/var/cache/noseon",
                           "/run/noseon"},
    "noseon-sync": {"/var/lib/noseon/store", "/run/noseon"},
    "noseon-refresh@": {"/var/lib/noseon-repo"},
}


def settings_of(unit):
    """{"User": ["noseon-player"], ...}: what stands in a unit; lists are split at spaces."""
    found = {}
    for line in unit.read_text().splitlines():
        if (match := re.fullmatch(r"([A-Za-z]+)=(.*)", line)):
            found.setdefault(match[1], []).extend(match[2].split() or [""])
    return found


def defaults_of(program):
    """{"--store": "/var/lib/noseon/store", ...}, as --help says them."""
    said = subprocess.run([program, "--help"], capture_output=True, text=True, check=True).stdout
    return dict(re.findall(r"^  (?:-\w,)?(--[\w-]+) [A-Z]+=(\S+)", said, re.MULTILINE))


def verified(systemd):
    """`systemd-analyze verify` has nothing to say: no misspelt setting, no value out of range."""
    names = [f"{name}x.service" if name[-1] == "@" else f"{name}.service" for name in SERVICES]
    with tempfile.TemporaryDirectory() as folder:
        stands = pathlib.Path(folder)
        for unit in (*systemd.glob("*.service"), *systemd.glob("*.timer")):
            text = re.sub(r"^(Exec\w+=)/\S+", r"\1/bin/true", unit.read_text(), flags=re.MULTILINE)
            (stands / unit.name).write_text(re.sub(r"^Documentation=.*\n", "", text, flags=re.MULTILINE))
        (stands / "seatd.service").write_text("[Service]\nExecStart=/bin/true\n")
        run = subprocess.run(
            ["systemd-analyze", "verify", *(stands / name for name in (*names, "noseon-refresh@x.timer"))],
            capture_output=True, text=True, env={"SYSTEMD_UNIT_PATH": f"{stands}:", "PATH": "/usr/bin:/bin"})
    ours = [line for line in (run.stdout + run.stderr).splitlines() if "noseon" in line]
    yield from ours
    if run.returncode != 0 and not ours:
        yield f"systemd-analyze verify ended with {run.returncode}: {run.stderr.strip()}"


def exposure(unit):
    run = subprocess.run(["systemd-analyze", "security", "--offline=true",
                          f"--threshold={int(EXPOSURE_MAX * 10)}", unit], capture_output=True, text=True)
    return run.returncode == 0, run.stdout.strip().splitlines()[-1:] or [run.stderr.strip()]


def shut_in(systemd):
    for name in SERVICES:
        is_low, said = exposure(systemd / f"{name}.service")
        print(*said)
        if not is_low:
            yield f"{name}.service is more exposed than {EXPOSURE_MAX}"


def notices_an_open_unit(systemd):
    """That the threshold is one: the same unit without its seccomp filter and users is above it."""
    with tempfile.TemporaryDirectory() as folder:
        unit = pathlib.Path(folder) / "noseon-player.service"
        text = (systemd / unit.name).read_text()
        unit.write_text(re.sub(r"^(SystemCall\w+|PrivateNetwork|User|Capability\w+)=.*\n", "", text, flags=re.MULTILINE))
        if exposure(unit)[0]:
            yield "a unit without its filter passes the threshold"


def folders_agree(systemd):
    """sysusers and tmpfiles, as systemd carries them out in a root of their own."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / "etc").mkdir()
        for tool, kind, options in (("systemd-sysusers", "sysusers.d", []),
                                    ("systemd-tmpfiles", "tmpfiles.d", ["--create"])):
            snippets = sorted((systemd / kind).glob("*.conf"))
            run = subprocess.run([tool, f"--root={root}", *options, *snippets], capture_output=True, text=True)
            if run.returncode != 0:
                yield f"{tool}: {run.stderr.strip()}"
                return
        users = names_by_number(root / "etc/passwd")
        groups = names_by_number(root / "etc/group")
        users[0] = groups[0] = "root"
        for path, wanted in FOLDERS.items():
            found = (root / path[1:]).stat()
            is_so = (users[found.st_uid], groups[found.st_gid], stat.S_IMODE(found.st_mode))
            if is_so != wanted:
                yield f"{path} is {is_so}, not {wanted}"


def names_by_number(table):
    rows = (line.split(":") for line in table.read_text().splitlines())
    return {int(row[2]): row[0] for row in rows}


def users_agree(systemd):
    snippets = "\n".join(file.read_text() for file in (systemd / "sysusers.d").glob("*.conf"))
    made = set(re.findall(r"^[ug] (\S+)", snippets, re.MULTILINE))
    for name in SERVICES:
        settings = settings_of(systemd / f"{name}.service")
        for user in settings["User"] + settings["Group"]:
            if user not in made:
                yield f"{name}.service runs as {user}, whom no sysusers.d makes"
        writes = {path.lstrip("-") for path in settings["ReadWritePaths"]}
        if writes != WRITES[name]:
            yield f"{name}.service may write {sorted(writes)}, not {sorted(WRITES[name])}"
        for path in writes - FOLDERS.keys():
            yield f"{name}.service may write {path}, which no tmpfiles.d makes"


def defaults_agree(bin_dir, systemd):
    """What the programs take where nothing is said, and what the units say, are those folders."""
    for program in ("noseon-player", "noseon-sync"):
        defaults = defaults_of(bin_dir / program)
        for option, path in defaults.items():
            if path.startswith("/var/") or path.startswith("/run/"):
                if path not in FOLDERS:
                    yield f"{program} {option} is {path}, which no tmpfiles.d makes"
            elif path.startswith("/") and not path.startswith("/etc/noseon/"):
                yield f"{program} {option} is {path}, which is no place of a display's"
        if not defaults:
            yield f"{program} --help names no default"
    for name in SERVICES[:2]:
        command = settings_of(systemd / f"{name}.service")["ExecStart"]
        said = subprocess.run([bin_dir / "noseon-player", "--help"], capture_output=True, text=True).stdout
        for option in (word for word in command if word.startswith("--") and word != "--"):
            if not re.search(rf"^  {option}\b", said, re.MULTILINE):
                yield f"{name}.service gives {option}, which noseon-player does not know"
        for path in (word for word in command if word.startswith("/var/")):
            if path not in FOLDERS:
                yield f"{name}.service names {path}, which no tmpfiles.d makes"


def unattended(systemd):
    """What the design asks of the two that have the screen; and that a noseon-sync that hangs is no end of news."""
    sync = settings_of(systemd / "noseon-sync.service")
    for key, value in (("Type", "notify"), ("WatchdogSec", "15min"), ("Restart", "always"),
                       ("StartLimitIntervalSec", "0")):
        if sync.get(key) != [value]:
            yield f"noseon-sync.service: {key} is {sync.get(key)}, not {value}"
    for name in SERVICES[:2]:
        settings = settings_of(systemd / f"{name}.service")
        for key, value in (("Type", "notify"), ("WatchdogSec", "10"), ("Restart", "always"),
                           ("RestartSec", "1"), ("StartLimitIntervalSec", "0")):
            if settings.get(key) != [value]:
                yield f"{name}.service: {key} is {settings.get(key)}, not {value}"


def programs(systemd):
    """What a unit runs is ours, cage, or the shell, which each Debian has; kill, for one, not each has."""
    for unit in sorted(systemd.glob("*.service")):
        for command in re.findall(r"^Exec\w+=(\S+)", unit.read_text(), flags=re.MULTILINE):
            if command not in ("/bin/sh", "/usr/bin/cage") and not command.startswith("/usr/bin/noseon"):
                yield f"{unit.name} runs {command}, which no package of ours asks for"


def reload_in_cage(systemd):
    """The main process is cage: the player alone, which says in player.json which process it is, is to read again."""
    unit = (systemd / "noseon-player-cage.service").read_text()
    command = shlex.split(re.search(r"^ExecReload=(.*)$", unit, flags=re.MULTILINE)[1])
    with tempfile.TemporaryDirectory() as folder, subprocess.Popen(["sleep", "20"]) as player:
        word = pathlib.Path(folder) / "player.json"
        command[-1] = command[-1].replace("/run/noseon/player.json", str(word))

        def reload():
            return subprocess.run(command, env={"PATH": "/usr/bin:/bin"}, stderr=subprocess.DEVNULL).returncode

        if reload() == 0:
            yield "noseon-player-cage.service: its reload finds a player where there is none"
        word.write_text(json.dumps({"format": "noseon.player/1", "pid": player.pid, "item": "pid 1"}, indent=2))
        told, ended = reload(), player.wait()
        if told != 0 or ended != -signal.SIGHUP:
            yield f"noseon-player-cage.service: its reload ended with {told}, the player with {ended}"
        if reload() == 0:
            yield "noseon-player-cage.service: its reload finds a player that has ended"


def main():
    bin_dir, source = (pathlib.Path(path).resolve() for path in sys.argv[1:])
    systemd = source / "deploy/systemd"
    for tool in ("systemd-analyze", "systemd-sysusers", "systemd-tmpfiles"):
        if shutil.which(tool) is None:
            print(f"SKIPPED: there is no {tool} here (deploy/setup --all)")
            sys.exit(77)
    faults = [*verified(systemd), *shut_in(systemd), *notices_an_open_unit(systemd), *folders_agree(systemd),
              *users_agree(systemd), *defaults_agree(bin_dir, systemd), *unattended(systemd), *programs(systemd),
              *reload_in_cage(systemd)]
    for fault in faults:
        print(fault)
    if faults:
        sys.exit(f"{len(faults)} faults; the units are in deploy/systemd/")
    print("the units, users, folders and defaults agree")


if __name__ == "__main__":
    main()
