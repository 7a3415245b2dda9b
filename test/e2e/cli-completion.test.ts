/**
 * Tab in real shells, on a terminal of their own. What the shell then runs is a stand-in that shows its words, so a test
 * sees what was completed and not how it was drawn.
 */
import { spawn, spawnSync } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCommandLine, repository } from './command-line.ts';
import type { CommandLine } from './command-line.ts';

const binary = join(repository, 'packages/cli/dist/main.js');
const description = join(repository, 'examples/shop-api/openapi.yaml');

/** How each shell starts, interactive and with nothing of the machine's own settings. */
const shells: Readonly<
  Record<string, { readonly start: string; readonly rc: string; readonly setUp: string }>
> = {
  bash: {
    start: 'bash --noprofile --rcfile "$HOME/.bashrc" -i',
    rc: '.bashrc',
    setUp: 'source <(oatty completion bash)',
  },
  zsh: {
    start: 'zsh -d -i',
    rc: '.zshrc',
    setUp: 'autoload -U compinit && compinit -u -D && source <(oatty completion zsh)',
  },
};

const lines: readonly (readonly [typed: string, ran: string])[] = [
  ['oatty workflow show fulf\t', 'workflow show fulfil'],
  ['oatty shop orders:li\t--stat\tpai\t', 'shop orders:list --status paid'],
  ['oatty mcp --transport=ht\t', 'mcp --transport=http'],
  ['oatty run ./swe\t', 'run ./sweet.yaml'],
];

/** Each Tab starts a process, and a terminal waits for it. */
const timeoutMs = 60_000;

describe.each(Object.entries(shells))('%s', (shell, { start, rc, setUp }) => {
  it.skipIf(isMissing(shell) || isMissing('script'))(
    'completes commands, options, values and ids',
    async () => {
      await using oatty = await openShop();
      await oatty.write(rc, `PS1='> '\n${setUp}\n`);
      const typed = lines.map(([line]) => `${line}\n`).join('');
      const shown = await type(start, `${typed}exit\n`, oatty);
      expect(shown.match(/(?<=RAN ).*(?= \.)/g)).toEqual(lines.map(([, ran]) => ran));
    },
    timeoutMs,
  );
});

describe('fish', () => {
  it.skipIf(isMissing('fish'))('completes commands, options, values and ids', async () => {
    await using oatty = await openShop();
    const cases = ['oatty workf', 'oatty workflow show fulf', 'oatty shop orders:li', 'oatty run ./swe'];
    const script = cases.map((line) => `complete -C '${line}'`).join('; ');
    const { stdout } = spawnSync('fish', ['--no-config', '-c', `oatty completion fish | source; ${script}`], {
      env: environmentOf(oatty),
      cwd: oatty.home,
      encoding: 'utf8',
    });
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => line.split('\t')[0]),
    ).toEqual(['workflow', 'fulfil', 'orders:list', './sweet.yaml']);
  });
});

describe('what the scripts ask', () => {
  it('is answered with nothing, and no word of complaint, when something is broken', async () => {
    await using oatty = await openCommandLine();
    await oatty.write('registry.json', '{');
    for (const line of ['oatty no such ', 'oatty catalog show ', 'oatty run --input=']) {
      const outcome = await oatty.binary.run('__complete', 'line', line);
      expect(outcome).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    }
    expect(await oatty.binary.run('__complete')).toMatchObject({ exitCode: 0, stderr: '' });
  });
});

// --- internal ---

function isMissing(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0;
}

/** With a catalog, a workflow, and a stand-in first on the path. */
async function openShop(): Promise<CommandLine> {
  const oatty = await openCommandLine();
  await oatty.run('import', description, '--vendor', 'shop');
  await mkdir(join(oatty.home, 'workflows'));
  await oatty.write('workflows/fulfil.yaml', 'workflow: fulfil\nsteps: [{ id: a, run: shop orders:list }]\n');
  await oatty.write('sweet.yaml', '');
  await mkdir(join(oatty.home, 'bin'));
  const real = `"${process.execPath}" "${binary}" "$@"`;
  const standIn = `#!/bin/sh\ncase "$1" in __complete | completion) exec ${real} ;; esac\necho "RAN $* ."\n`;
  await writeFile(join(oatty.home, 'bin/oatty'), standIn);
  await chmod(join(oatty.home, 'bin/oatty'), 0o755);
  return oatty;
}

function environmentOf({ home }: CommandLine): Record<string, string> {
  return {
    HOME: home,
    ZDOTDIR: home,
    TERM: 'xterm',
    PATH: join(home, 'bin') + delimiter + (process.env.PATH ?? ''),
    REGISTRY_CONFIG_PATH: join(home, 'registry.json'),
    OATTY_SECRETS_BACKEND: 'env',
  };
}

/** What a terminal shows when this is typed. */
async function type(command: string, keys: string, oatty: CommandLine): Promise<string> {
  const terminal = spawn('script', ['-qec', command, '/dev/null'], {
    env: environmentOf(oatty),
    cwd: oatty.home,
  });
  let shown = '';
  terminal.stdout.setEncoding('utf8').on('data', (text: string) => (shown += text));
  terminal.stdin.write(keys);
  await new Promise((resolve) => terminal.once('close', resolve));
  return shown;
}
