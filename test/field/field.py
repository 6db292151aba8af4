"""Lints files of real repositories and compares what is found with test/field/labels.tsv.

Called by scripts/field. Reads repositories.json (which commit, which files, which flags) and
labels.tsv (what a reader of the code said of a place). Needs local checkouts; brings none.
"""
import argparse
import collections
import concurrent.futures
import csv
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
TIMEOUT = 120

Finding = collections.namedtuple("Finding", "file line rule message")
Unit = collections.namedtuple("Unit", "file findings errors problem lint parse")


def arguments():
    parser = argparse.ArgumentParser(prog="scripts/field", description=__doc__.split("\n")[0])
    parser.add_argument("--checkouts", required=True, type=pathlib.Path,
                        help="folder with one folder per repository, named owner+name or name")
    parser.add_argument("--command", required=True, help="the session-tidy to run")
    parser.add_argument("--compiler", default="clang++-22", help="finds missing headers, measures")
    parser.add_argument("--repositories", type=pathlib.Path, default=HERE / "repositories.json")
    parser.add_argument("--labels", type=pathlib.Path, default=HERE / "labels.tsv")
    parser.add_argument("--only", default="", help="repositories whose name has this in it")
    parser.add_argument("--findings", type=pathlib.Path, help="writes every finding to this file")
    parser.add_argument("--errors", action="store_true", help="also shows what does not parse")
    parser.add_argument("--time", action="store_true", help="also measures a parse alone")
    parser.add_argument("-j", "--jobs", type=int, default=2)
    return parser.parse_args()


def checkout(folder, name):
    """Where the repository is, or None."""
    for candidate in (name.replace("/", "+"), name.split("/")[-1]):
        if (folder / candidate).is_dir():
            return (folder / candidate).resolve()
    return None


def sources(repository, root):
    """The files to lint: those the globs name that mention what the repository's entry asks for."""
    mentions = re.compile(repository.get("mentions", ""))
    without = [root / path for path in repository.get("without", [])]
    files = {path for pattern in repository["files"] for path in root.glob(pattern)}
    return [path for path in sorted(files)
            if path.is_file() and not any(path.is_relative_to(folder) for folder in without)
            and mentions.search(path.read_text(errors="replace"))]


def standIns(compiler, path, flags, folder):
    """Makes an empty header for each one that is not there, so that the rest can be read."""
    listing = subprocess.run([compiler, *flags, "-w", "-M", "-MG", str(path)], capture_output=True,
                             text=True, check=False).stdout.replace("\\\n", " ")
    for name in listing.split()[1:]:
        if os.path.isabs(name) or (path.parent / name).exists() or os.path.exists(name):
            continue
        if ".." in name:
            continue
        header = folder / name
        header.parent.mkdir(parents=True, exist_ok=True)
        header.touch()


def measured(command, directory):
    """Runs a command: exit code, output, error output, seconds of processor time."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(["timeout", str(TIMEOUT), *command], stdout=out, stderr=err,
                                   cwd=directory)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read().decode(errors="replace"))
    return process.returncode, *texts, usage.ru_utime + usage.ru_stime


def relative(file, root):
    path = pathlib.Path(os.path.normpath(root / file))
    return str(path.relative_to(root)) if path.is_relative_to(root) else ""


def findingsOf(text, root):
    found = set()
    for item in json.loads(text)["findings"]:
        place = item["location"]
        file = relative(place["file"], root)
        if file:
            found.add(Finding(file, place["start"]["line"], item["rule"], item["message"]))
    return found


def errorsIn(text):
    """The compiler's errors, which it does not count past the first missing header."""
    return [line for line in text.split("\n") if re.search(r": (?:fatal )?error: ", line)]


def lint(options, path, root, flags, stubs):
    flags = [*flags, "-I" + str(stubs), "-w", "-ferror-limit=0"]
    standIns(options.compiler, path, flags, stubs)
    code, out, err, seconds = measured(
        [options.command, "check", str(path), "--output-format=json", "--", *flags], root)
    crashed = code < 0 or "session-tidy crashed" in err
    problem = "timeout" if code == 124 else "crash" if crashed else ""
    findings = set()
    if not problem:
        try:
            findings = findingsOf(out, root)
        except ValueError:
            problem = "no report: " + err.strip()[:200]
    parse = 0.0
    if options.time:
        *_, parse = measured([options.compiler, "-fsyntax-only", *flags, str(path)], root)
    return Unit(relative(path, root), findings, errorsIn(err), problem, seconds, parse)


def lintRepository(options, repository, root):
    """All units of a repository, each with the headers it lacks made up."""
    flags = [flag.replace("{root}", str(root)) for flag in repository["flags"]]
    with tempfile.TemporaryDirectory() as stubs, \
            concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        return list(pool.map(
            lambda path: lint(options, path, root, flags, pathlib.Path(stubs)),
            sources(repository, root)))


def readLabels(path):
    with open(path, encoding="utf-8") as stream:
        return list(csv.DictReader((line for line in stream if not line.startswith("#")),
                                   delimiter="\t", quoting=csv.QUOTE_NONE))


def compare(name, units, labels, tally):
    """Prints a line per label and per finding nobody has labelled."""
    found = {(item.file, item.line, item.rule): item for unit in units for item in unit.findings}
    for label in labels:
        key = (label["file"], int(label["line"]), label["rule"])
        reported = found.pop(key, None) is not None
        word = {("true", True): "HIT", ("true", False): "MISS", ("false", True): "FP",
                ("arguable", True): "ARGUABLE"}.get((label["verdict"], reported), "silent")
        tally[word] += 1
        if word != "silent":
            print(f"{word}\t{name}\t{key[0]}:{key[1]}\t{key[2]}\t{label['reason']}")
    for key, item in sorted(found.items()):
        tally["NEW"] += 1
        print(f"NEW\t{name}\t{key[0]}:{key[1]}\t{key[2]}\t{item.message}")


def write(path, name, units):
    with open(path, "a", encoding="utf-8") as stream:
        for item in sorted({item for unit in units for item in unit.findings}):
            print(name, item.file, item.line, item.rule, item.message, sep="\t", file=stream)


def main():
    options = arguments()
    labels = readLabels(options.labels)
    tally = collections.Counter()
    if options.findings:
        options.findings.unlink(missing_ok=True)
    for repository in json.loads(options.repositories.read_text()):
        name = repository["repository"]
        root = checkout(options.checkouts, name)
        if options.only not in name:
            continue
        if root is None:
            print(f"ABSENT\t{name}\t{repository['commit']}")
            tally["ABSENT"] += 1
            continue
        units = lintRepository(options, repository, root)
        for unit in units:
            if unit.problem:
                tally["FAILED"] += 1
                print(f"FAILED\t{name}\t{unit.file}\t{unit.problem}")
            if options.errors and unit.errors:
                print(f"ERRORS\t{name}\t{unit.file}\t{len(unit.errors)}\t{unit.errors[0]}")
        clean = sum(not unit.errors for unit in units)
        times = "" if not options.time else (
            f", {sum(unit.lint for unit in units):.1f} s where a parse alone takes "
            f"{sum(unit.parse for unit in units):.1f} s")
        print(f"LINTED\t{name}\t{len(units)} files, {clean} of them without errors{times}")
        compare(name, units, [label for label in labels if label["repository"] == name], tally)
        if options.findings:
            write(options.findings, name, units)
        sys.stdout.flush()
    print("TOTAL\t" + ", ".join(f"{word} {count}" for word, count in sorted(tally.items())))
    return 1 if tally["FP"] or tally["MISS"] or tally["FAILED"] or tally["NEW"] else 0


if __name__ == "__main__":
    sys.exit(main())
