/** What every call of the command line has in common. */
import { describe, expect, it } from 'vitest';
import { errorOf, openCommandLine, outcomeOf, repository } from './command-line.ts';
import type { CommandLine } from './command-line.ts';

describe('oatty', () => {
  it('prints its version and its help', async () => {
    await using oatty = await openCommandLine();
    expect(await oatty.binary.run('--version')).toMatchObject({ exitCode: 0, stdout: '0.1.0\n', stderr: '' });
    expect(await oatty.binary.run()).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^oatty turns/),
    });
  });

  it('says what was meant by a mistyped word', async () => {
    await using oatty = await openCommandLine();
    const { exitCode, stderr } = await oatty.binary.run('improt', 'x.yaml');
    expect([exitCode, stderr]).toEqual([
      2,
      'error: "improt" is neither a command of oatty nor a vendor.\nhelp:  Did you mean oatty import?\n',
    ]);
  });

  it('ends with one line of ErrorData on stderr when there is no result', async () => {
    await using oatty = await openCommandLine();
    const outcome = await oatty.binary.run('--json', 'workflow', 'show', 'nope');
    expect([outcome.exitCode, outcome.stdout, outcome.stderr.trimEnd().split('\n').length]).toEqual([
      2,
      '',
      1,
    ]);
    expect(errorOf(outcome)).toMatchObject({
      error_code: 'WORKFLOW_NOT_FOUND',
      category: 'not_found',
      retryable: false,
      suggested_action: expect.any(String),
      correlation_id: expect.any(String),
    });
  });

  it('tells the causes of an error with --verbose', async () => {
    await using oatty = await openCommandLine();
    expect((await oatty.run('import', 'nope.yaml')).stderr).not.toContain('ENOENT');
    expect((await oatty.binary.run('import', 'nope.yaml', '--verbose')).stderr).toMatch(
      /code SOURCE_NOT_FOUND[^]*ENOENT/,
    );
  });

  it('writes no colours into a pipe', async () => {
    await using oatty = await openCommandLine();
    const { stdout, stderr } = await oatty.binary.runWith(
      { env: { TERM: 'xterm-256color' } },
      'workflow',
      'show',
      'nope',
    );
    expect(stdout + stderr).not.toContain('\u001B');
  });
});

describe('a light command', () => {
  it.each([
    ['--version', ['cli', 'zod', 'yaml', 'engine', 'http']],
    ['workflow list', ['zod', 'yaml', 'engine', 'http', 'clack', 'mcp']],
    ['catalog list', ['zod', 'yaml', 'engine', 'http', 'clack', 'mcp']],
    ['--help', ['zod', 'yaml', 'engine', 'http', 'clack', 'mcp']],
  ])('%s does not load %j', async (call, unwanted) => {
    await using oatty = await openCommandLine();
    const loaded = await chunksOf(oatty, call.split(' '));
    const known = Object.entries(markers).filter(([name]) => unwanted.includes(name));
    expect(known.filter(([, marker]) => loaded.some((text) => text.includes(marker)))).toEqual([]);
  });

  it('is told apart by what a heavy one loads', async () => {
    await using oatty = await openCommandLine();
    const loaded = await chunksOf(oatty, [
      'workflow',
      'validate',
      `${repository}workflows/charge_and_wait.yaml`,
    ]);
    const { cli, zod, yaml, engine } = markers;
    for (const marker of [cli, zod, yaml, engine])
      expect(loaded.some((text) => text.includes(marker))).toBe(true);
  });
});

// --- internal ---

/** Something that stands in the code of each and nowhere else. */
const markers = {
  cli: 'oatty turns any API into commands',
  zod: 'Invalid input: expected',
  yaml: 'Unresolved alias (the anchor must be set before the alias)',
  engine: 'step_template_unknown_step',
  http: 'HPE_HEADER_OVERFLOW',
  clack: 'S_BAR_START',
  mcp: 'CreateTaskResult',
} as const;

/** The texts of our own files that one call loads. */
async function chunksOf(oatty: CommandLine, args: readonly string[]): Promise<readonly string[]> {
  const script = await oatty.write(
    'list-modules.cjs',
    `const { registerHooks } = require('node:module');
     const { readFileSync, writeFileSync } = require('node:fs');
     const texts = [];
     registerHooks({ load(url, context, next) {
       if (url.startsWith('file:') && url.includes('/dist/')) texts.push(readFileSync(new URL(url), 'utf8'));
       return next(url, context);
     } });
     process.on('exit', () => writeFileSync(${JSON.stringify(`${oatty.home}/modules.json`)}, JSON.stringify(texts)));`,
  );
  await outcomeOf(oatty.start({ node: ['--require', script] }, ...args));
  return JSON.parse(await oatty.read('modules.json')) as string[];
}
