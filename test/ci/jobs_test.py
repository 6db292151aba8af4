"""The jobs of docs/ci.md for GitHub, GitLab and Jenkins: their shell commands are run, and what they write is what is uploaded."""
import json
import re
import xml.etree.ElementTree

import yaml

import support
from support import RULE


def github():
    """(commands, environment) of the job; what is in braces is GitHub's business and not in them."""
    job = yaml.safe_load(support.block('ci.md', 'file=.github/workflows/session-tidy.yml'))['jobs']['session-tidy']
    return [step['run'] for step in job['steps'] if 'run' in step], job['env'], job['steps']


def gitlab():
    job = yaml.safe_load(support.block('ci.md', 'file=.gitlab-ci.yml'))['session-tidy']
    return job['script'], job['variables'], job


def jenkins():
    """Groovy is not parsed here; its `sh` steps are quoted strings."""
    text = support.block('ci.md', 'file=Jenkinsfile')
    steps = re.findall(r"^ *sh (?:'''(.*?)'''|'([^'\n]*)')", text, re.M | re.S)
    return [long or short for long, short in steps], text


class Jobs(support.ProjectTest):
    def run_steps(self, steps, last, environment):
        """Each in a shell of its own; the last one ends with `last`. What it says is returned."""
        for step in steps:
            self.assertNotIn('${{', step)
        for step in steps[:-1]:
            self.run_shell(step, **environment)
        return self.run_shell(steps[-1], expect=last, **environment)

    def test_github(self):
        commands, environment, steps = github()
        said = self.run_steps(commands, 1, environment)
        self.assertRegex(said, r'::error file=stock\.cpp,line=6,.*title=' + RULE)
        upload = next(step for step in steps if 'upload-sarif' in step.get('uses', ''))
        self.assertIn('failure()', upload['if'])
        sarif = json.loads((self.folder / upload['with']['sarif_file']).read_text())
        [result] = sarif['runs'][0]['results']
        self.assertEqual(result['ruleId'], RULE)
        self.assertEqual(result['locations'][0]['physicalLocation']['artifactLocation']['uri'], 'stock.cpp')
        kept = next(step for step in steps if 'cache@' in step.get('uses', ''))['with']['path']
        self.assertTrue(any((self.folder / kept).iterdir()))
        self.mend()
        self.run_steps(commands, 0, environment)

    def test_gitlab(self):
        commands, environment, job = gitlab()
        self.assertIn(support.DEFECT, self.run_steps(commands, 1, environment))
        self.assertEqual(job['artifacts']['when'], 'always')
        [issue] = json.loads((self.folder / job['artifacts']['reports']['codequality']).read_text())
        self.assertEqual((issue['check_name'], issue['location']['path']), (RULE, 'stock.cpp'))
        for kept in job['cache']['paths']:
            self.assertTrue(any((self.folder / kept).iterdir()))
        self.mend()
        self.run_steps(commands, 0, environment)

    def test_jenkins(self):
        commands, text = jenkins()
        self.assertEqual(len(commands), 2)
        cache = re.search(r'SESSION_TIDY_CACHE_DIR = "\$\{WORKSPACE\}(.*)"', text)[1]
        self.run_steps(commands, 0, {'SESSION_TIDY_CACHE_DIR': f'{self.folder}{cache}'})
        checkstyle, sarif = re.search(r"checkStyle\(pattern: '(.*?)'", text)[1], re.search(r"sarif\(pattern: '(.*?)'", text)[1]
        [file] = xml.etree.ElementTree.parse(self.folder / checkstyle).getroot()
        self.assertEqual((file.get('name'), len(file)), ('stock.cpp', 1))
        self.assertEqual(len(json.loads((self.folder / sarif).read_text())['runs'][0]['results']), 1)
        self.replace('stock.cpp', '#include', '#error broken\n#include')
        self.run_steps(commands, 3, {'SESSION_TIDY_CACHE_DIR': f'{self.folder}{cache}'})

    def test_only_what_a_branch_changed(self):
        self.configure()
        since = support.block('ci.md', 'run=since')
        self.run_shell('git update-ref refs/remotes/origin/main HEAD')
        self.run_shell(since)
        self.replace('stock.cpp', '  sql.begin();', '  sql.begin(); // changed')
        self.assertIn(support.DEFECT, self.run_shell(since, expect=1))


if __name__ == '__main__':
    support.main()
