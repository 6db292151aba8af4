"""The plugin under clang-tidy, run-clang-tidy, clang-tidy-diff and CMake's CXX_CLANG_TIDY, as docs/ci.md and docs/cmake.md have it."""
import re
import shutil

import support
from support import DEFECT, LLVM, PLUGIN, PREFIX, RULE


def command(mark):
    return support.as_installed_here(support.block('ci.md', mark))


class ClangTidy(support.ProjectTest):
    def test_one_file(self):
        self.configure()
        said = self.run_shell(command('run=clang-tidy'))
        self.assertIn(DEFECT, said)
        self.assertIn('note: returns here with the transaction open', said)

    def test_all_files(self):
        self.configure()
        said = self.run_shell(command('run=run-clang-tidy'), expect=1)
        self.assertIn(DEFECT.replace('warning', 'error'), said)
        self.mend()
        self.assertNotIn(RULE, self.run_shell(command('run=run-clang-tidy')))

    def test_changed_lines(self):
        self.configure()
        branch = 'git update-ref refs/remotes/origin/main HEAD\n'
        self.replace('orders.cpp', '#include "sql.h"\n', '#include "sql.h"\n// a word\n')
        self.replace('stock.cpp', '#include "sql.h"\n', '#include "sql.h"\n// a word\n')
        self.run_shell(branch + command('run=clang-tidy-diff'))
        self.replace('stock.cpp', '  sql.begin();\n', '  sql.begin(); // changed\n')
        said = self.run_shell(command('run=clang-tidy-diff'), expect=1)
        self.assertIn('stock.cpp:7:3: error: the transaction begun here', said)

    def test_as_part_of_the_compilation(self):
        (self.folder / 'CMakeLists.txt').write_text(support.block('cmake.md', 'file=clang-tidy/CMakeLists.txt'))
        self.run_shell(f'cmake -S . -B build -DCMAKE_PREFIX_PATH={PREFIX}')
        said = self.run_shell('cmake --build build', expect=2)
        self.assertIn(DEFECT.replace('warning', 'error'), said)
        self.mend()
        self.assertNotIn(RULE, self.run_shell('cmake --build build'))


class Canary(support.ProjectTest):
    def test_sings_while_the_plugin_looks(self):
        said = self.run_shell(command('run=canary'))
        self.assertRegex(said, r'canary\.cpp:\d+:3: warning: the guard .*\[session-temporary-guard\]')

    def test_is_silent_when_nothing_looks(self):
        for good, bad in [(str(PLUGIN), '/nowhere/libsession-tidy.so'), ("'-*,session-*'", "'-*,bugprone-*'")]:
            with self.subTest(bad):
                self.assertIn(good, command('run=canary'))
                broken = command('run=canary').replace(good, bad)
                self.assertNotIn('session-temporary-guard', self.run_shell(broken, expect=1))
                # What makes the canary worth its while: clang-tidy itself does not mind.
                self.run_shell(re.sub(r'-- \| grep.*', '--', broken).replace("'-*,session-*'", "'-*,session-*,misc-*'"))

    def test_has_one_defect(self):
        said = self.run_shell(f'session-tidy {PREFIX}/share/session-tidy/canary.cpp --output-format concise --', expect=1)
        self.assertEqual(len(said.splitlines()), 1, said)


if __name__ == '__main__':
    if not shutil.which(f'clang-tidy-{LLVM}'):
        raise SystemExit(f'clang-tidy-{LLVM} is missing')
    support.main()
