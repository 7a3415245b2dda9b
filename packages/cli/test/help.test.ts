/** What people read when they ask for help. After a wanted change: `vitest run packages/cli/test/help.test.ts -u`. */
import { describe, expect, it } from 'vitest';
import { commandPaths } from '../src/command-table.ts';
import { runCli } from '../src/run-cli.ts';
import { captureIo } from './captured-io.ts';

describe('--help', () => {
  it('shows every command in the overview', async () => {
    await expect(await help(['--help'])).toMatchFileSnapshot('golden/oatty.txt');
  });

  it.each(['workflow', 'runs', 'catalog', 'schedule', 'secret', 'auth'])(
    'shows the commands of %s',
    async (group) => {
      await expect(await help([group, '--help'])).toMatchFileSnapshot(`golden/${group}.txt`);
    },
  );

  it.each(commandPaths)('explains %s', async (path) => {
    const words = path.split(' ');
    await expect(await help([...words, '--help'])).toMatchFileSnapshot(`golden/${words.join('-')}.txt`);
  });

  it.each([
    [['help'], ['--help']],
    [[], ['--help']],
    [
      ['help', 'run'],
      ['run', '--help'],
    ],
    [
      ['help', 'workflow'],
      ['workflow', '--help'],
    ],
    [
      ['help', 'workflow', 'list'],
      ['workflow', 'list', '--help'],
    ],
    [
      ['--help', 'workflow', 'list'],
      ['workflow', 'list', '--help'],
    ],
    [
      ['run', '-h'],
      ['run', '--help'],
    ],
    [
      ['run', 'x', '--input', 'a=1', '--help'],
      ['run', '--help'],
    ],
    [
      ['exec', '--help'],
      ['help', 'exec'],
    ],
  ])('oatty %j is oatty %j', async (one, other) => {
    expect(await help(one)).toBe(await help(other));
  });

  it('fits into 80 columns', async () => {
    for (const path of commandPaths) {
      const wide = (await help([...path.split(' '), '--help']))
        .split('\n')
        .filter((line) => line.length > 80);
      expect(wide.filter((line) => !line.startsWith('  oatty ') && !line.includes(' | oatty '))).toEqual([]);
    }
  });
});

// --- internal ---

async function help(args: readonly string[]): Promise<string> {
  const io = captureIo();
  const exitCode = await runCli(args, io, new AbortController().signal);
  expect({ exitCode, err: io.err() }).toEqual({ exitCode: 0, err: '' });
  return io.out();
}
