"""What is inside the guest: Debian's kernel with the modules of a virtio display, and of this
machine's files those that a display needs. An initramfs is all of its disk."""

import platform
import re
import subprocess
import tempfile
import tomllib
from pathlib import Path

from initramfs import Initramfs

TOP = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent

KERNEL_PACKAGE = "linux-image-amd64"  # the cloud kernel has no display drivers
MODULES = ("virtio_pci", "virtio-gpu", "evdev")

LIBRARIES = Path("/usr/lib/x86_64-linux-gnu")
# What the programs name only when they run: SDL opens EGL and GLES, EGL opens Mesa, and Mesa the
# driver of the kernel's display. The drivers are one file with many names.
OPENED_LATER = ("libEGL.so.1", "libGLESv2.so.2", "libEGL_mesa.so.0", "libgbm.so.1", "libudev.so.1")
DESKTOP_GL = ("libGL.so.1", "libGLX_mesa.so.0")  # where Debian's libgl1 is installed
DRIVER = LIBRARIES / "dri/kms_swrast_dri.so"
DRIVER_NAMES = ("swrast_dri.so", "virtio_gpu_dri.so", "zink_dri.so")
VENDOR = Path("/usr/share/glvnd/egl_vendor.d/50_mesa.json")
ZONES = Path("/usr/share/zoneinfo")
BUSYBOX = Path("/usr/bin/busybox")

PROGRAMS = "/noseon/bin"
DEMO = "/demo"


class Missing(Exception):
    """Something that this machine lacks, and the remedy."""


def need(path: Path, remedy: str) -> Path:
    if not path.exists():
        raise Missing(f"there is no {path} ({remedy})")
    return path


def fetch_kernel(cache: Path) -> Path:
    """The kernel's package unpacked, fetched by apt where `cache` does not have it. Not installed:
    this machine's own boot is none of our business."""
    if platform.machine() != "x86_64":
        raise Missing("the guest is an amd64 one made of this machine's files, and this one is no amd64")
    unpacked = cache / "linux"
    if unpacked.exists():
        return unpacked
    asked = subprocess.run(["apt-cache", "depends", KERNEL_PACKAGE], capture_output=True, text=True)
    name = re.search(r"Depends: (linux-image-\S+)", asked.stdout)
    if not name:
        raise Missing(f"apt knows no {KERNEL_PACKAGE} (as root: apt-get update)")
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        fetched = subprocess.run(["apt-get", "--quiet", "download", name[1]], cwd=folder,
                                 capture_output=True, text=True)
        packages = list(Path(folder).glob("*.deb"))
        if fetched.returncode != 0 or not packages:
            raise Missing(f"apt cannot fetch {name[1]}: {fetched.stderr.strip()}"
                          " (as root: apt-get update)")
        subprocess.run(["dpkg-deb", "--extract", packages[0], Path(folder) / "linux"], check=True)
        (Path(folder) / "linux").rename(unpacked)
    return unpacked


def kernel_image(linux: Path) -> Path:
    return next((linux / "boot").glob("vmlinuz-*"))


def modules_in_order(linux: Path) -> list[Path]:
    """MODULES and what they ask for, each after what it asks for. One that the kernel has built in
    is no file, and none that is needed."""
    files = {path.stem.replace("-", "_"): path for path in linux.glob("lib/modules/*/kernel/**/*.ko")}
    order = []

    def add(name: str) -> None:
        path = files.get(name.replace("-", "_"))
        if path is None or path in order:
            return
        asked = re.search(rb"\0depends=([^\0]*)\0", path.read_bytes())
        for other in asked[1].decode().split(",") if asked else []:
            add(other)
        order.append(path)

    for name in MODULES:
        add(name)
    return order


def libraries_of(programs: list[Path]) -> list[Path]:
    """By the paths under which ld.so finds them."""
    said = subprocess.run(["ldd", *programs], capture_output=True, text=True, check=True).stdout
    lost = re.findall(r"^\s*(\S+) => not found", said, re.MULTILINE)
    if lost:
        raise Missing(f"no {', '.join(lost)} here (deploy/setup --kms)")
    found = re.findall(r"^\s*(?:\S+ => )?(/\S+) \(0x", said, re.MULTILINE)
    # On Debian 12 these are links: one place for each library.
    return sorted({Path(re.sub(r"^/lib", "/usr/lib", path)) for path in found})


def fonts() -> list[Path]:
    listed = tomllib.loads((TOP / "fonts/fonts.toml").read_text())
    return [Path(font["path"]) for font in listed["font"]]


def build(out: Path, linux: Path, programs: list[Path], has_desktop_gl: bool) -> None:
    """Writes the guest's whole disk; replaces what was there."""
    setup = "deploy/setup --kms"
    names = OPENED_LATER + DESKTOP_GL if has_desktop_gl else OPENED_LATER
    opened = [need(LIBRARIES / name, setup) for name in names]
    driver = need(DRIVER, setup)
    part = out.with_suffix(".part")
    with part.open("wb") as file:
        disk = Initramfs(file)
        for name in ("bin", "lib", "lib64", "sbin"):
            disk.link(f"/{name}", f"usr/{name}")
        for name in ("/dev", "/proc", "/sys", "/tmp", "/root", "/usr/sbin"):
            disk.folder(name)
        disk.file("/usr/bin/busybox", need(BUSYBOX, setup))
        disk.file("/init", HERE / "init")
        order = modules_in_order(linux)
        for module in order:
            disk.file(f"/modules/{module.name}", module)
        disk.text("/modules/order", "".join(f"{module.name}\n" for module in order))
        for library in sorted({*libraries_of([*programs, *opened, driver]), *opened}):
            disk.file(str(library), library)
        disk.file(str(driver), driver)
        for name in DRIVER_NAMES:
            disk.link(str(driver.with_name(name)), driver.name)
        disk.file(str(VENDOR), need(VENDOR, setup))
        for font in fonts():
            disk.file(str(font), need(font, "deploy/setup"))
        disk.tree(str(ZONES), need(ZONES, "deploy/setup"), frozenset({"posix", "right"}))
        for program in programs:
            disk.file(f"{PROGRAMS}/{program.name}", program)
        for campaign in ("khojaly", "on-board"):
            disk.tree(f"{DEMO}/{campaign}", TOP / "media/demo" / campaign)
        disk.close()
    part.rename(out)
