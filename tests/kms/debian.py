"""A whole Debian on a disk, with Noseon's packages installed and its units enabled: a display as an
integrator makes one, of the demonstration's campaigns on a stick."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from guest import HERE, TOP, Missing
from machine import Size

# Debian's own of a display without a GPU, besides what Noseon's packages depend on; and for the other unit.
MACHINE = ("dbus", "initramfs-tools", "kmod", "libegl-mesa0", "libgl1-mesa-dri", "linux-image-amd64",
           "systemd-sysv", "systemd-timesyncd", "udev")
CAGE = ("cage", "seatd", "xwayland")  # cage does not start without the last
DISK_BYTES = 2500 << 20
SHELL_UNIT = """[Unit]
After=multi-user.target
[Service]
ExecStart=/usr/local/sbin/kms-shell
Restart=always
[Install]
WantedBy=multi-user.target
"""


def run(*command) -> str:
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode != 0:
        raise Missing(f"{' '.join(map(str, command[:3]))} ...: {done.stderr.strip()[-400:]}")
    return done.stdout


def depended_on(debs: list[Path]) -> list[str]:
    """The first of each alternative, of packages that are not among these."""
    names = set()
    for deb in debs:
        for need in run("dpkg-deb", "--field", deb, "Depends").split(","):
            names.add(re.split(r"[\s(|]", need.strip())[0])
    return sorted(name for name in names if name and not name.startswith("noseon-"))


def fetch(cache: Path, packages: set[str]) -> Path:
    """Debian with these packages as one archive, fetched where `cache` does not have them all."""
    archive, listed = cache / "debian.tar", cache / "debian.packages"
    if archive.exists() and listed.exists() and packages <= set(listed.read_text().split()):
        return archive
    if shutil.which("mmdebstrap") is None:
        raise Missing("there is no mmdebstrap here (deploy/setup --packages)")
    cache.mkdir(parents=True, exist_ok=True)
    part = archive.with_suffix(".part.tar")
    run("mmdebstrap", "--mode=root", "--variant=minbase", "--quiet", f"--include={','.join(sorted(packages))}",
        "bookworm", part)
    part.rename(archive)
    listed.write_text("".join(f"{name}\n" for name in sorted(packages)))
    return archive


def provision(root: Path, noseon: Path, size: Size) -> None:
    """What an integrator does by hand (deploy/integrator.md), and what staff do."""
    etc = root / "etc/noseon"
    site, keys = root / "srv/site", root / "root/keys"
    run(noseon, "repo", "init", site, "--keys", keys, "--no-passphrase")
    run(noseon, "keys", "new", keys / "city", "--no-passphrase")
    run(noseon, "repo", "delegate", "city", keys / "city.pub", "--repo", site, "--keys", keys)
    run(noseon, "publish", TOP / "media/demo", "--repo", site, "--keys", keys, "--agency", "city", "--yes")
    run("chmod", "-R", "a+rX", site)
    shutil.copy(keys / "root.json", etc)
    (etc / "display.toml").write_text(
        f'id = "bus-1"\nsize = [{size[0]}, {size[1]}]\ntimezone = "Asia/Seoul"\n'
        '[source]\nurls = ["file:///srv/site"]\n')
    # What timesyncd leaves once it heard a time server, of which there is none here.
    (root / "etc/tmpfiles.d/clock.conf").write_text(
        "d /run/systemd/timesync 0755 systemd-timesync systemd-timesync\n"
        "f /run/systemd/timesync/synchronized 0644 systemd-timesync systemd-timesync\n")
    (root / "etc/hostname").write_text("bus-1\n")
    (root / "etc/fstab").write_text("/dev/vda / ext4 defaults 0 1\n")


def build(out: Path, cache: Path, debs: list[Path], noseon: Path, size: Size, unit: str) -> tuple[Path, Path]:
    """Writes the disk; the kernel and what it begins with, beside it."""
    if os.geteuid() != 0:
        raise Missing("a disk of another system is made by root alone")
    archive = fetch(cache, {*MACHINE, *CAGE, *depended_on(debs)})
    with tempfile.TemporaryDirectory(dir=cache, prefix="root-") as folder:
        root = Path(folder)
        root.chmod(0o755)
        run("tar", "--extract", "--numeric-owner", "--xattrs", "--exclude=./dev/*", "--file", archive, "--directory", root)
        for deb in debs:
            shutil.copy(deb, root / "var/cache")
        run("chroot", root, "sh", "-c", "dpkg --install /var/cache/*.deb")
        run("chroot", root, "systemctl", "enable", unit, "noseon-sync")
        shutil.copy(HERE / "shell", root / "usr/local/sbin/kms-shell")
        (root / "etc/systemd/system/kms-shell.service").write_text(SHELL_UNIT)
        run("chroot", root, "systemctl", "enable", "kms-shell")
        provision(root, noseon, size)
        kernel, initrd = out.with_suffix(".kernel"), out.with_suffix(".initrd")
        shutil.copy(next((root / "boot").glob("vmlinuz-*")), kernel)
        shutil.copy(next((root / "boot").glob("initrd.img-*")), initrd)
        out.unlink(missing_ok=True)
        run("mke2fs", "-q", "-t", "ext4", "-d", root, out, f"{DISK_BYTES >> 10}k")
    return kernel, initrd
