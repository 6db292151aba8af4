"""Compares what session-tidy and the plugin under clang-tidy say of real repositories.

Called by scripts/field --same. Every finding and every note of its path has to be the same, with
place and words; the notes that carry clang-tidy's unsafe fixes are no part of it.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import field

LINE = re.compile(r"^(.+?):(\d+):(\d+): (warning|note|error|fatal error): (.*)$")
RULE = re.compile(r"\[(session-[a-z-]+)\]$")


def arguments():
    parser = argparse.ArgumentParser(prog="scripts/field --same",
                                     description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--checkouts", required=True, type=pathlib.Path)
    parser.add_argument("--command", required=True, help="the session-tidy to run")
    parser.add_argument("--plugin", required=True, help="the plugin, for this clang-tidy:")
    parser.add_argument("--clang-tidy", default="clang-tidy-22")
    parser.add_argument("--compiler", default="clang++-22", help="finds missing headers")
    parser.add_argument("--repositories", type=pathlib.Path,
                        default=field.HERE / "repositories.json")
    parser.add_argument("--only", default="", help="repositories whose name has this in it")
    parser.add_argument("-j", "--jobs", type=int, default=2)
    return parser.parse_args()


def findings(text, root):
    """Place, words and notes of each finding of ours, as sorted tuples."""
    found, current = [], None
    for line in text.split("\n"):
        match = LINE.match(line)
        if not match:
            continue
        file, row, column, kind, message = match.groups()
        shown = (os.path.normpath(os.path.join(root, file)), int(row), int(column), message)
        if kind != "note":
            current = (shown, []) if kind == "warning" and RULE.search(message) else None
            if current:
                found.append(current)
        elif current:
            current[1].append(shown)
    return sorted(found)


def withoutFixNotes(ours, plugins):
    """The plugin's findings without leading notes at their own place that the command lacks."""
    lengths = {finding: len(notes) for finding, notes in ours}
    for finding, notes in plugins:
        while len(notes) > lengths.get(finding, len(notes)) and notes[0][:3] == finding[:3]:
            del notes[0]
    return plugins


def run(command, root):
    return subprocess.run(["timeout", str(field.TIMEOUT), *command], cwd=root, capture_output=True,
                          text=True, errors="replace", check=False)


def compare(options, path, root, flags, stubs):
    """How many findings both have, and the lines in which they differ."""
    flags = [*flags, "-I" + str(stubs), "-w", "-ferror-limit=0"]
    field.standIns(options.compiler, path, flags, stubs)
    ours = run([options.command, "check", str(path), "--no-cache", "--no-baseline", "--all-units",
                "--quiet", "--color=never", "--", *flags], root)
    theirs = run([options.clang_tidy, "--load", options.plugin, "--checks=-*,session-*",
                  "--header-filter=.*", "--quiet", str(path), "--", *flags], root)
    if ours.returncode not in (0, 1, 3) or theirs.returncode not in (0, 1):
        return 0, [f"{path.relative_to(root)}: session-tidy ended with {ours.returncode}, "
                   f"clang-tidy with {theirs.returncode} (124: after {field.TIMEOUT} s)"]
    left = findings(ours.stdout, root)
    right = withoutFixNotes(left, findings(theirs.stdout, root))
    differences = [f"only session-tidy: {item}" for item in left if item not in right]
    differences += [f"only the plugin: {item}" for item in right if item not in left]
    return len(left), differences


def main():
    options = arguments()
    options.plugin = os.path.abspath(options.plugin)
    options.command = os.path.abspath(options.command)
    total = {"repositories": 0, "files": 0, "findings": 0, "differences": 0}
    for repository in json.loads(options.repositories.read_text()):
        root = field.checkout(options.checkouts, repository["repository"])
        if root is None or options.only not in repository["repository"]:
            continue
        flags = [flag.replace("{root}", str(root)) for flag in repository["flags"]]
        with tempfile.TemporaryDirectory() as stubs, \
                concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            results = list(pool.map(
                lambda path, root=root, flags=flags, stubs=stubs:
                compare(options, path, root, flags, pathlib.Path(stubs)),
                field.sources(repository, root)))
        count = sum(number for number, _ in results)
        different = [line for _, lines in results for line in lines]
        print(f"{repository['repository']}: {len(results)} files, {count} findings, "
              f"{len(different)} differences", *different, sep="\n  ", flush=True)
        for key, value in (("repositories", 1), ("files", len(results)), ("findings", count),
                           ("differences", len(different))):
            total[key] += value
    print("in all: " + ", ".join(f"{value} {key}" for key, value in total.items()))
    return 1 if total["differences"] or not total["repositories"] else 0


if __name__ == "__main__":
    sys.exit(main())
