"""A fontconfig of our own: a program that asks it for fonts finds these faces and no others."""

from pathlib import Path

from texts import Font

CONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{folder}/fonts</dir>
  <cachedir>{folder}/fontconfig-cache</cachedir>
  <selectfont>
    <acceptfont>{patterns}</acceptfont>
    <rejectfont><pattern><patelt name="scalable"><bool>true</bool></patelt></pattern></rejectfont>
  </selectfont>
  <match target="font">
    <edit name="hinting" mode="assign"><bool>false</bool></edit>
    <edit name="autohint" mode="assign"><bool>false</bool></edit>
  </match>
</fontconfig>
"""
PATTERN = '<pattern><patelt name="postscriptname"><string>{}</string></patelt></pattern>'


def only_these(fonts: tuple[Font, ...], folder: Path) -> dict[str, str]:
    """Writes it into a folder; what has to be in the environment for it to be used."""
    (folder / "fonts").mkdir()
    for font in fonts:
        (folder / "fonts" / Path(font.file).name).symlink_to(font.file)
    patterns = "".join(PATTERN.format(font.postscript_name) for font in fonts)
    config = folder / "fonts.conf"
    config.write_text(CONFIG.format(folder=folder, patterns=patterns), encoding="utf-8")
    return {"FONTCONFIG_FILE": str(config)}
