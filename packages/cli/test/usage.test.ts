/** Calls that go wrong before anything is opened. */
import { describe, expect, it } from 'vitest';
import { runCli } from '../src/run-cli.ts';
import { captureIo } from './captured-io.ts';

async function run(...args: readonly string[]) {
  const io = captureIo();
  const exitCode = await runCli(args, io, new AbortController().signal);
  return { exitCode, out: io.out(), err: io.err().trimEnd().split('\n') };
}

describe('a call that names no command', () => {
  it.each([
    [['workflow'], 'oatty workflow needs a command.', /^Use one of: list, show, validate, /],
    [['workflow', 'lsit'], 'oatty workflow has no command "lsit".', /^Did you mean oatty workflow list\?$/],
    [
      ['workflow', 'charge'],
      'oatty workflow has no command "charge".',
      /^To run a workflow of .*: oatty run charge$/,
    ],
    [
      ['catalog', 'frobnicate'],
      'oatty catalog has no command "frobnicate".',
      /^Use one of: list, show, preview, /,
    ],
    [['--jsno'], 'oatty has no option --jsno.', /^Did you mean --json\?$/],
    [['--verison'], 'oatty has no option --verison.', /^Did you mean --version\?$/],
    [['--json=true', 'search', 'x'], 'oatty has no option --json=true.', /^Did you mean --json\?$/],
    [['-x', 'run'], 'oatty has no option -x.', /^See oatty --help\.$/],
    [['--quiet'], 'oatty needs a command.', /^See oatty --help\.$/],
  ])('%j is refused with exit code 2', async (args, message, help) => {
    const { exitCode, out, err } = await run(...args);
    expect({ exitCode, out, first: err[0] }).toEqual({ exitCode: 2, out: '', first: `error: ${message}` });
    expect(err[1]?.replace('help:  ', '')).toMatch(help);
  });

  it('is one line of JSON on stderr with --json', async () => {
    const { exitCode, out, err } = await run('--json', 'workflow');
    expect({ exitCode, out, lines: err.length }).toEqual({ exitCode: 2, out: '', lines: 1 });
    expect(JSON.parse(err[0] ?? '')).toMatchObject({
      message: 'ARGUMENT_INVALID: oatty workflow needs a command.',
      data: { error_code: 'ARGUMENT_INVALID', category: 'validation', retryable: false },
    });
  });
});

describe('options', () => {
  it.each([
    [['search'], 'oatty search needs QUERY.'],
    [['search', 'x', '--limit', '0'], '--limit takes a whole number from 1, not "0".'],
    [['workflow', 'rename', 'a'], 'oatty workflow rename needs NEW.'],
    [['workflow', 'list', 'all'], 'oatty workflow list does not take "all".'],
    [
      ['workflow', 'export', 'a', 'b', '--format', 'toml'],
      '--format is one of yaml, json, arazzo, not "toml".',
    ],
    [['run', 'a', '--detached'], 'oatty run has no option --detached.'],
    [['run', 'a', '--follow'], '--follow prints events as JSON, and needs --json.'],
    [['run', 'a', '--priority', 'high'], '--priority takes a whole number, not "high".'],
    [['run', 'a', '--queue-concurrency', '0'], '--queue-concurrency takes a whole number from 1, not "0".'],
    [['run', 'a', '--queue-rate', '10'], '--queue-rate takes a number and a time, not "10".'],
    [['exec'], 'oatty exec needs VENDOR and COMMAND.'],
    [['mcp', '--port', '1'], '--port is for --transport http.'],
    [['mcp', '--transport', 'http', '--port', 'x'], '--port takes a number from 0 to 65535, not "x".'],
  ])('%j is refused with exit code 2', async (args, message) => {
    const { exitCode, out, err } = await run(...args);
    expect({ exitCode, out, first: err[0] }).toEqual({ exitCode: 2, out: '', first: `error: ${message}` });
  });
});

it('--version after other flags is a document with --json', async () => {
  const { exitCode, out } = await run('--json', '--version');
  expect({ exitCode, keys: Object.keys(JSON.parse(out) as object) }).toEqual({
    exitCode: 0,
    keys: ['version'],
  });
});
