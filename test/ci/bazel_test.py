"""The Bazel aspect of docs/many-machines.md, with Debian's Bazel and without network."""
import os
import shutil

import support
from support import DEFECT, PREFIX

RULES_JAVA = '/usr/share/bazel/rules/java'  # of Debian's bazel-rules-java

# Debian's Bazel would load these from the network: C++ rules, which are its own in this version, and tools for coverage.
STAND_INS = {
    'rules_cc/WORKSPACE': '',
    'rules_cc/cc/BUILD': '',
    'rules_cc/cc/defs.bzl': ''.join(
        f'def {name}(**arguments):\n    native.{name}(**arguments)\n'
        for name in ['cc_binary', 'cc_import', 'cc_library', 'cc_test', 'cc_toolchain', 'cc_toolchain_suite']),
    'remote_coverage_tools/WORKSPACE': '',
    'remote_coverage_tools/BUILD':
        '[filegroup(name = name, visibility = ["//visibility:public"])\n'
        ' for name in ["Main", "coverage_report_generator", "lcov_merger"]]\n',
}

LIBRARIES = '''
cc_library(name = "sql", hdrs = ["sql.h"], visibility = ["//visibility:public"])
cc_library(name = "shop", srcs = ["stock.cpp", "orders.cpp"], deps = [":sql", "//lib"])
'''

HEADER = '''#pragma once
#include "sql.h"
inline void seen(soci::session& sql) { soci::transaction{sql}; }
'''


class Bazel(support.ProjectTest):
    def setUp(self):
        super().setUp()
        for name, text in STAND_INS.items():
            self.write(self.home / name, text)
        repositories = {name: self.home / name for name in [file.split('/')[0] for file in STAND_INS]}
        repositories['rules_java'] = RULES_JAVA
        self.write(self.folder / '.bazelrc', f'startup --output_user_root={self.home}/bazel\n'
                   'common --color=no --curses=no\n' + ''.join(
                       f'common --override_repository={name}={path}\n' for name, path in repositories.items()))
        self.write(self.folder / 'WORKSPACE', '')
        self.write(self.folder / 'tools/BUILD', '')
        shutil.copy(PREFIX / 'share/session-tidy/session_tidy.bzl', self.folder / 'tools')
        self.write(self.folder / 'BUILD', support.block('many-machines.md', 'file=BUILD') + LIBRARIES)
        self.write(self.folder / 'lib/BUILD', 'cc_library(name = "lib", srcs = ["a.cpp", "b.cpp"], hdrs = ["lib.h"], '
                   'deps = ["//:sql"], visibility = ["//visibility:public"])\n')
        self.write(self.folder / 'lib/lib.h', HEADER)
        for name in ['a', 'b']:
            self.write(self.folder / f'lib/{name}.cpp', f'#include "lib/lib.h"\nvoid {name}(soci::session& sql) {{ seen(sql); }}\n')
        self.addCleanup(self.run_shell, f'bazel shutdown; chmod -R u+w {self.home}')

    @staticmethod
    def write(path, text):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def test_finds_until_all_is_mended(self):
        command = support.block('many-machines.md', 'run=bazel').strip()
        said = self.run_shell(command, expect=3)  # Bazel's word for failed tests
        self.assertIn(DEFECT, said)
        self.assertEqual(said.count('lib/lib.h:3:40: warning'), 1, said)
        self.mend()
        self.replace('lib/lib.h', 'soci::transaction{sql};', 'soci::transaction tr(sql); tr.commit();')
        said = self.run_shell(command)
        self.assertNotIn(' warning: ', said)
        # Bazel keeps what has not changed, and does not keep what could not be looked at.
        self.replace('orders.cpp', 'void order', '// a word\nvoid order')
        said = self.run_shell(command + ' --subcommands')
        self.assertEqual(said.count("[action 'Looking at the database sessions in "), 1, said)
        self.replace('orders.cpp', '// a word', '#error broken')
        said = self.run_shell(command + ' --keep_going', expect=1)
        self.assertIn('#error broken', said)


if __name__ == '__main__':
    if not shutil.which('bazel') or not os.path.isdir(RULES_JAVA):
        print('SKIPPED: bazel-bootstrap or bazel-rules-java is not installed')
        raise SystemExit(77)
    support.main()
