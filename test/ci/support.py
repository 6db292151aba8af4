"""What the tests of continuous integration share: an installed session-tidy, and a small project to lint.

CTest calls each test as `python3 NAME_test.py --prefix DIR --llvm N`; DIR is where the build was installed.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
DOCS = HERE.parent.parent / 'docs'
RULE = 'session-unfinished-transaction'

#: in stock.cpp of the project
DEFECT = 'stock.cpp:6:3: warning: the transaction begun here is neither committed nor rolled back'

MENDED = ('return false;', '{ sql.rollback(); return false; }')


def read_arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument('--prefix', type=pathlib.Path, required=True)
    parser.add_argument('--llvm', required=True)
    arguments, rest = parser.parse_known_args()
    return arguments, [sys.argv[0], *rest]


ARGUMENTS, UNITTEST_ARGUMENTS = read_arguments()
PREFIX = ARGUMENTS.prefix
LLVM = ARGUMENTS.llvm
PLUGIN = PREFIX / 'lib/session-tidy' / f'llvm-{LLVM}' / 'libsession-tidy.so'


class ProjectTest(unittest.TestCase):
    """Each test has a copy of the project `shop`, as a git repository, in self.folder."""

    def setUp(self):
        home = tempfile.TemporaryDirectory()
        self.addCleanup(home.cleanup)
        self.home = pathlib.Path(home.name)
        self.folder = self.home / 'shop'
        shutil.copytree(HERE / 'shop', self.folder)
        (self.home / '.gitconfig').write_text('[user]\nname = t\nemail = t@example.org\n')
        self.run_shell('git init -q -b main . && git add -A && git commit -qm "as it was"')

    def environment(self):
        kept = {name: value for name, value in os.environ.items()
                if not name.startswith(('SESSION_TIDY_', 'XDG_', 'GITHUB_', 'GIT_', 'CI', 'LC_', 'LANG', 'CMAKE_'))}
        return kept | {'HOME': str(self.home), 'LC_ALL': 'C', 'PATH': f"{PREFIX / 'bin'}:{os.environ['PATH']}"}

    def run_shell(self, commands, expect=0, **environment):
        """Both streams of what bash runs in the project, as CI services run it; `expect`: its exit code."""
        done = subprocess.run(['bash', '-eo', 'pipefail', '-c', commands], cwd=self.folder, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              env=self.environment() | environment, timeout=300, check=False)
        self.assertEqual(done.returncode, expect, f'{commands}\n{done.stdout}')
        return done.stdout

    def configure(self, *options):
        self.run_shell('cmake -S . -B build -DCMAKE_EXPORT_COMPILE_COMMANDS=ON ' + ' '.join(options))

    def mend(self):
        self.replace('stock.cpp', *MENDED)

    def replace(self, name, old, new):
        path = self.folder / name
        text = path.read_text()
        self.assertIn(old, text)
        path.write_text(text.replace(old, new))


def code_blocks(page):
    """(marks, text) of each fenced block of a page in docs/; the language is the first mark."""
    pattern = re.compile(r'^```(\w+)([^\n]*)\n(.*?)^```$', re.M | re.S)
    for language, marks, text in pattern.findall((DOCS / page).read_text()):
        yield [language, *marks.split()], text


def block(page, mark):
    """The text of the one block that has the mark."""
    found = [text for marks, text in code_blocks(page) if mark in marks]
    if len(found) != 1:
        raise AssertionError(f'{page} has {len(found)} blocks marked {mark}')
    return found[0]


def as_installed_here(text):
    """A page speaks of the Debian package: below /usr, of LLVM 22."""
    text = re.sub(r'/usr(?=/(lib|share)/session-tidy/)', str(PREFIX), text)
    return re.sub(r'\b(llvm-|clang-tidy-|clang-tidy-diff-)22\b', rf'\g<1>{LLVM}', text)


def main():
    unittest.main(argv=UNITTEST_ARGUMENTS)
