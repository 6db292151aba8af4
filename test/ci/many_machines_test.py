"""Parts of the work on several machines, as docs/many-machines.md has it: GNU parallel over network namespaces, one of which is
lost while it lints; job arrays; matrices of CI jobs. What comes out is what one machine finds."""
import itertools
import json
import os
import re
import shutil
import stat
import subprocess
import sys

import yaml

import support

PAGE = 'many-machines.md'
UNITS = 6

UNIT = '''{includes}#include "sql.h"
void unit{number}(soci::session& sql) {{ {body} }}
'''

# What ssh is for GNU parallel: `remote HOST -- COMMAND`. The lost host's processes are all killed as soon as session-tidy has a
# worker; from then on nobody answers there.
REMOTE = '''#!/bin/bash
host=$1
shift
[[ $1 == -- ]] && shift
[[ -e $STATE/$host.lost ]] && exit 255
inside=()
[[ $NAMESPACES ]] && inside=(ip netns exec "$NAMESPACES-$host")
"${inside[@]}" readlink /proc/self/ns/net >>"$STATE/networks"
if [[ $host != "$LOST" ]]; then
  exec "${inside[@]}" bash -c "$*"
fi
setsid "${inside[@]}" bash -c "$*" &
session=$!
while kill -0 "$session" 2>/dev/null; do
  if (($(pgrep --session "$session" -x session-tidy | wc -l) > 1)); then
    mapfile -t all < <(pgrep --session "$session")
    kill -KILL "${all[@]}"
    touch "$STATE/$host.lost"
    exit 255
  fi
done
wait "$session"
'''

SBATCH = '''#!/bin/bash
# Runs a job array's tasks one after the other, and --wrap's command.
for argument; do
  case $argument in
    --parsable) echo 17 ;;
    --wrap) bash -c "${!#}" >session-tidy.log; exit ;;
  esac
done
script=${!#}
range=$(sed -n 's/^#SBATCH --array=//p' "$script")
export SLURM_CPUS_PER_TASK=$(sed -n 's/^#SBATCH --cpus-per-task=//p' "$script")
export SLURM_ARRAY_TASK_MIN=${range%-*} SLURM_ARRAY_TASK_MAX=${range#*-}
export SLURM_ARRAY_TASK_COUNT=$((SLURM_ARRAY_TASK_MAX - SLURM_ARRAY_TASK_MIN + 1))
for ((task = SLURM_ARRAY_TASK_MIN; task <= SLURM_ARRAY_TASK_MAX; ++task)); do
  SLURM_ARRAY_TASK_ID=$task bash "$script" >"parts/$task.log" 2>&1
done
'''


def write_program(path, text):
    path.write_text(text)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


class ManyMachines(support.ProjectTest):
    """The project, with more units; one in three has a defect."""

    includes = ''

    def setUp(self):
        super().setUp()
        names = [f'unit{number}.cpp' for number in range(UNITS)]
        for number, name in enumerate(names):
            body = 'soci::transaction{sql};' if number % 3 == 0 else 'soci::transaction tr(sql); tr.commit();'
            (self.folder / name).write_text(UNIT.format(includes=self.includes, number=number, body=body))
        self.replace('CMakeLists.txt', 'orders.cpp', 'orders.cpp ' + ' '.join(names))
        self.configure()
        self.tools = self.home / 'tools'
        self.tools.mkdir()

    def environment(self):
        return super().environment() | {'SESSION_TIDY_CACHE_DIR': str(self.home / 'cache')}

    def whole(self, output):
        """What one machine finds, with nothing of what the others have kept."""
        return self.run_shell(f'session-tidy -p build --no-cache {output}', expect=1)

    def command(self, mark):
        return support.block(PAGE, mark)


class Parallel(ManyMachines):
    includes = '#include <functional>\n#include <regex>\n'  # enough to be killed while it is linted

    def setUp(self):
        super().setUp()
        self.state = self.home / 'state'
        self.state.mkdir()
        write_program(self.tools / 'remote', REMOTE)
        hosts = support.block(PAGE, 'file=hosts')
        (self.folder / 'hosts').write_text(hosts)
        self.hosts = re.findall(r'^1/(\w+)$', hosts, re.M)
        self.namespaces = f'st{os.getpid()}'
        for host in self.hosts:
            try:
                subprocess.run(['ip', 'netns', 'add', f'{self.namespaces}-{host}'], capture_output=True, check=True)
            except (OSError, subprocess.CalledProcessError) as error:
                print(f'NOTE: no network namespaces here, the hosts are plain processes: {error}', file=sys.stderr)
                self.namespaces = ''
                break
            self.addCleanup(subprocess.run, ['ip', 'netns', 'delete', f'{self.namespaces}-{host}'], check=True)

    def run_lossy(self, commands, lost, expect):
        # SHELL: a login has it, what CI services start may not, and GNU parallel then runs nothing and says nothing
        return self.run_shell(commands, expect, PARALLEL_SSH=str(self.tools / 'remote'), STATE=str(self.state),
                              LOST=lost, NAMESPACES=self.namespaces, SHELL='/bin/bash')

    def test_a_machine_is_lost_and_nothing_with_it(self):
        commands = self.command('run=parallel').replace('merge', 'merge --output-format json')
        said = self.run_lossy(commands, lost='beta', expect=1)
        self.assertTrue((self.state / 'beta.lost').exists(), 'it was not lost while it linted')
        self.assertEqual(json.loads(said), json.loads(self.whole('--output-format json')))
        networks = set((self.state / 'networks').read_text().split())
        self.assertEqual(len(networks), len(self.hosts) if self.namespaces else 1)

    def test_without_retries_it_is_noticed(self):
        start, end = self.command('run=parallel').replace('--retries 3', '').split('session-tidy merge', 1)
        self.run_lossy('set +e\n' + start + 'true', lost='gamma', expect=0)
        self.assertTrue((self.state / 'gamma.lost').exists(), 'it was not lost while it linted')
        merge = 'session-tidy merge' + end
        said = self.run_shell(merge, expect=2)
        missing = re.findall(r'(\d)/6', re.search(r'missing: (.*); nothing was written', said)[1])
        self.assertTrue(missing)
        for part in missing:
            self.assertFalse((self.folder / f'parts/{part}.json').exists())
            self.run_shell(f'session-tidy -p build --shard {part}/6 --output-format json:parts/{part}.json')
        self.assertEqual(self.run_shell(merge, expect=1), self.whole(''))


class OtherEngines(ManyMachines):
    def test_by_hand(self):
        self.run_shell('mkdir parts')
        self.assertEqual(self.run_shell(self.command('run=parts'), expect=1), self.whole(''))
        self.run_shell('rm parts/2.json')
        shown = re.search(r'console shown\n\$ (.*)\n(.*\n)', (support.DOCS / PAGE).read_text())
        self.assertEqual(self.run_shell(shown[1], expect=2), shown[2])

    def test_slurm(self):
        write_program(self.tools / 'sbatch', SBATCH)
        (self.folder / 'session-tidy.sbatch').write_text(support.block(PAGE, 'file=session-tidy.sbatch'))
        self.run_shell(f'PATH={self.tools}:$PATH\n' + self.command('run=slurm'), expect=1)
        self.assertEqual(len(list((self.folder / 'parts').glob('*.json'))), 8)
        self.assertEqual((self.folder / 'session-tidy.log').read_text(), self.whole(''))

    def test_github(self):
        jobs = yaml.safe_load(support.block(PAGE, 'file=.github/workflows/session-tidy.yml'))['jobs']
        steps = {name: [step['run'] for step in job['steps'] if 'run' in step] for name, job in jobs.items()}
        for part in jobs['part']['strategy']['matrix']['part']:
            for step in steps['part']:
                self.run_shell(step.replace('${{ matrix.part }}', str(part)))
        [merge] = steps['whole']
        self.run_shell(merge, expect=1)
        whole = json.loads(self.whole('--output-format sarif'))
        self.assertEqual(json.loads((self.folder / 'session-tidy.sarif').read_text()), whole)
        self.run_shell('rm part-3.json session-tidy.sarif')
        self.assertIn('missing: 3/4', self.run_shell(merge, expect=2))
        self.assertFalse((self.folder / 'session-tidy.sarif').exists(), 'half a report would close alerts')

    def test_gitlab(self):
        jobs = yaml.safe_load(support.block(PAGE, 'file=.gitlab-ci.yml'))
        count = jobs['part']['parallel']
        for index, step in itertools.product(range(1, count + 1), jobs['part']['script']):
            self.run_shell(step, CI_NODE_INDEX=str(index), CI_NODE_TOTAL=str(count))
        for step in jobs['whole']['script']:
            self.run_shell(step, expect=1)
        whole = json.loads(self.whole('--output-format gitlab'))
        self.assertEqual(json.loads((self.folder / 'session-tidy.json').read_text()), whole)


if __name__ == '__main__':
    if not shutil.which('parallel'):
        raise SystemExit('GNU parallel is missing')
    support.main()
