#!/usr/bin/env python3
"""The manual pages of deploy/man/ say what the programs' --help says, command by command: every option,
with the name of its value, and none that is not there.

usage: man_test.py BIN_DIR SOURCE_DIR
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

OPTION = re.compile(r"^  (?:(-\w),)?(--[\w-]+)(?: (\S+))?")
COMMAND = re.compile(r"^  ([a-z]+)(?: {2,}|$)")


def help_of(program, command):
    """What --help of a command says, in English whatever the environment is."""
    run = subprocess.run([program, *command, "--help"], capture_output=True, text=True, check=True,
                         env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"})
    return run.stdout.splitlines()


def value_of(word):
    """FILE of `FILE=/etc/noseon/root.json`, INT of `INT:INT in [1 - 16]`; flags have none."""
    if word is None or word in ("Excludes:", "Needs:", "REQUIRED"):
        return ""
    return re.split("[=:]", word)[0]


def part_of(lines, title):
    """The lines below `Options:` and the like, up to the next empty line."""
    if title not in lines:
        return []
    begin = lines.index(title) + 1
    end = lines.index("", begin) if "" in lines[begin:] else len(lines)
    return lines[begin:end]


def options_of_help(lines):
    found = {}
    for line in part_of(lines, "Options:"):
        if (match := OPTION.match(line)) and match[2] != "--help":
            found[match[2]] = value_of(match[3])
    return found


def commands_of_help(program, command=()):
    """Each command that does something, with its options: {"repo display add": {"--name": "NAME"}}."""
    lines = help_of(program, command)
    below = [match[1] for line in part_of(lines, "Commands:") if (match := COMMAND.match(line))]
    if command and not below:
        return {" ".join(command): options_of_help(lines)}
    found = {"": options_of_help(lines)} if not command else {}
    for name in below:
        found |= commands_of_help(program, (*command, name))
    return found


def plain(roff):
    """A line of the source without its fonts: `\\fB\\-\\-at\\fR \\fIT\\fR` is `--at T`."""
    return re.sub(r"\\f[BIRP]", "", roff).replace(r"\-", "-").replace(r"\(aq", "'").replace(r"\&", "")


def options_in(text):
    """Of a synopsis: {"--at": "T"}."""
    found = {}
    for match in re.finditer(r"(?<![\w-])(--[\w-]+)(?: ([^\s\]]+))?", text):
        value = match[2] or ""
        found[match[1]] = value if value[:2] != "--" else ""
    return found


def commands_of_page(page):
    """Of the section COMMANDS, each `.SS command` with the options of its synopsis (the paragraph
    below it); and of the section OPTIONS, all that are explained (the line below each .TP)."""
    commands, explained = {}, {}
    section, command, is_synopsis, is_tag = "", None, False, False
    for roff in page.read_text().splitlines():
        line = plain(roff)
        if line.startswith(".SH "):
            section, command, is_synopsis = line[4:].strip('"'), None, False
        elif line.startswith(".SS ") and section == "COMMANDS":
            command, is_synopsis = line[4:].strip('"'), True
            commands[command] = {}
        elif line.startswith(".") and is_synopsis:
            is_synopsis = False
        elif is_synopsis:
            commands[command] |= options_in(line)
        elif line == ".TP":
            is_tag = section == "OPTIONS"
        elif is_tag:
            explained |= options_in(line)
            is_tag = False
    return commands, explained


def differences(where, said, written):
    for name in sorted(said.keys() - written.keys()):
        yield f"{where}: {name} of --help is missing"
    for name in sorted(written.keys() - said.keys()):
        yield f"{where}: {name} is none of the program's"
    for name in sorted(said.keys() & written.keys()):
        if said[name] != written[name]:
            yield f"{where}: {name} takes {said[name] or 'nothing'}, not {written[name] or 'nothing'}"


def faults_of(program, page):
    """In words: what the page lacks or makes up, and where."""
    said = commands_of_help(program)
    commands, explained = commands_of_page(page)
    every = {}
    for options in said.values():
        every |= {name: value for name, value in options.items() if value or name not in every}
    if list(said) == [""]:
        yield from differences(f"{page.name}, OPTIONS", every, explained)
        return
    yield from differences(f"{page.name}, OPTIONS", dict.fromkeys(every, ""), dict.fromkeys(explained, ""))
    named = {name: "" for name in said if name}
    yield from differences(f"{page.name}, COMMANDS", named, dict.fromkeys(commands, ""))
    for name in named.keys() & commands.keys():
        yield from differences(f"{page.name}, {name}", said[name], commands[name])


def pages_for_all(folder, programs):
    """Each program has a page of its name, which says so in its first section."""
    for program in programs:
        pages = list(folder.glob(f"{program}.[18]"))
        if len(pages) != 1:
            yield f"deploy/man: {program} has {len(pages)} pages, not one"
        elif f".SH NAME\n{program} - " not in plain(pages[0].read_text()):
            yield f"{pages[0].name}: its NAME does not begin with {program} \\-"


def keys_faults(schema, page):
    """display.toml's keys are those of its schema."""
    keys = json.loads(schema.read_text())["properties"]
    tags = re.findall(r"^\.TP\n\\fB(\w+)\\fR = ", page.read_text(), re.MULTILINE)
    yield from differences(page.name, dict.fromkeys(keys, ""), dict.fromkeys(tags, ""))


def notices(program, page, folder):
    """That it would notice: an option left out, one made up, one with another value."""
    text = page.read_text()
    spoilt = folder / page.name
    option = r"\-\-run"
    for changed, word in ((text.replace(option, r"\-\-ran"), "is missing"),
                          (text.replace(option, r"\-\-ran"), "is none of the program's"),
                          (text.replace(option + r"\fR \fIDIR", option + r"\fR \fIFILE"), "takes DIR")):
        spoilt.write_text(changed)
        if not any(word in fault for fault in faults_of(program, spoilt)):
            yield f"{page.name}: where an option {word}, nobody notices"


def main():
    bin_dir, source = (pathlib.Path(path).resolve() for path in sys.argv[1:])
    folder = source / "deploy/man"
    with_help = ("noseon.1", "noseon-player.8", "noseon-sync.8")
    faults = list(pages_for_all(folder, ("noseon", "noseon-player", "noseon-sync", "noseon-decode",
                                         "noseon-draft", "noseon-prepare")))
    for name in with_help:
        faults += faults_of(bin_dir / name.rsplit(".", 1)[0], folder / name)
    faults += keys_faults(source / "playlist/display.schema.json", folder / "display.toml.5")
    with tempfile.TemporaryDirectory() as spoilt:
        faults += notices(bin_dir / "noseon-player", folder / "noseon-player.8", pathlib.Path(spoilt))
    for fault in faults:
        print(fault)
    if faults:
        sys.exit(f"{len(faults)} faults; the pages are in deploy/man/")
    print("every option of --help is in its page, and no other")


if __name__ == "__main__":
    main()
