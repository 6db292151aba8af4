"""find_package(SessionTidy) and session_tidy_check(), configured and built for real, as docs/cmake.md has them."""
import shutil
import unittest

import support
from support import DEFECT, LLVM, PLUGIN, PREFIX

GENERATORS = ['Unix Makefiles', 'Ninja']


class SessionTidyCheck(support.ProjectTest):
    def setUp(self):
        super().setUp()
        (self.folder / 'CMakeLists.txt').write_text(support.block('cmake.md', 'file=CMakeLists.txt'))

    def cmake(self, options='', expect=0):
        return self.run_shell(f'cmake -S . -B build -DCMAKE_PREFIX_PATH={PREFIX} {options}', expect)

    def build(self, options='', failing=False):
        return self.run_shell(f'if cmake --build build {options}; then exit 0; else exit 9; fi', expect=9 if failing else 0)

    def test_fails_the_build_until_it_is_mended(self):
        for generator in GENERATORS:
            with self.subTest(generator):
                shutil.rmtree(self.folder / 'build', ignore_errors=True)
                self.cmake(f'-G "{generator}"')
                said = self.build(failing=True)
                self.assertIn(DEFECT, said)
                self.assertIn('Looking at the database sessions in shop', said)
                self.mend()
                self.assertNotIn('warning', self.build())
                self.replace('stock.cpp', *reversed(support.MENDED))

    def test_warn_only_shows_and_goes_on(self):
        self.replace('CMakeLists.txt', 'session_tidy_check(shop)', 'session_tidy_check(shop WARN_ONLY)')
        self.cmake()
        self.assertIn(DEFECT, self.build())
        # What could not be checked is no finding.
        self.replace('CMakeLists.txt', 'WARN_ONLY', 'WARN_ONLY OPTIONS --config nowhere.json')
        self.assertIn('nowhere.json', self.build(failing=True))

    def test_on_request_only(self):
        self.replace('CMakeLists.txt', 'session_tidy_check(shop)',
                     'add_library(tools STATIC orders.cpp)\n'
                     'session_tidy_check(shop tools ON_REQUEST OPTIONS --output-format concise)')
        self.cmake()
        self.assertNotIn(DEFECT, self.build())
        said = self.build('--target session-tidy', failing=True)
        self.assertIn(DEFECT, said)
        self.assertNotIn('^~~~', said)
        self.assertNotIn(DEFECT, self.build('--target session-tidy-tools'))

    def test_sources_of_all_kinds(self):
        (self.folder / 'generated.in').write_text('#include "sql.h"\nvoid made(soci::session& s) { soci::transaction{s}; }\n')
        self.replace('CMakeLists.txt', 'stock.cpp orders.cpp',
                     'sql.h orders.cpp $<1:stock.cpp> ${CMAKE_CURRENT_BINARY_DIR}/generated.cpp')
        self.replace('CMakeLists.txt', 'session_tidy_check',
                     'target_include_directories(shop PRIVATE ${CMAKE_SOURCE_DIR})\n'
                     'add_custom_command(OUTPUT generated.cpp DEPENDS generated.in\n'
                     '  COMMAND ${CMAKE_COMMAND} -E copy ${CMAKE_SOURCE_DIR}/generated.in generated.cpp)\n'
                     'session_tidy_check')
        self.cmake()
        said = self.build(failing=True)
        self.assertIn(DEFECT, said)
        self.assertIn('build/generated.cpp:2:', said)

    def test_where_the_parts_are(self):
        (self.folder / 'CMakeLists.txt').write_text(
            'cmake_minimum_required(VERSION 3.24)\nproject(p NONE)\nfind_package(SessionTidy 0.1 REQUIRED)\n'
            'message(STATUS "got ${SessionTidy_COMMAND} ${SessionTidy_PLUGIN} ${SessionTidy_LLVM}")\n')
        self.assertIn(f'got {PREFIX}/bin/session-tidy {PLUGIN} {LLVM}', self.cmake())
        self.replace('CMakeLists.txt', '0.1', '99')
        self.assertIn('99', self.cmake(expect=1))

    def test_what_cannot_be_is_said(self):
        self.replace('CMakeLists.txt', 'session_tidy_check(shop)', 'session_tidy_check(shopp)')
        self.assertIn("there is no target 'shopp'", self.cmake(expect=1))
        optional = support.block('cmake.md', 'optional')
        self.replace('CMakeLists.txt', 'session_tidy_check(shopp)', optional)
        self.replace('CMakeLists.txt', 'find_package(SessionTidy REQUIRED)\n', '')
        self.run_shell('cmake -S . -B elsewhere -DCMAKE_FIND_USE_CMAKE_SYSTEM_PATH=OFF && cmake --build elsewhere')
        self.cmake()
        self.assertIn(DEFECT, self.build())


if __name__ == '__main__':
    support.main()
