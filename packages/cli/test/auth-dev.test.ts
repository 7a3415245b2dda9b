import { describe, expect, it } from 'vitest';
import { runCli } from '../src/run-cli.ts';
import { captureIo } from './captured-io.ts';

describe('oatty auth dev', () => {
  it('does not start in production', async () => {
    const { exitCode, out, err } = await run([], { NODE_ENV: 'production' });
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(err).toMatch(/^error: oatty auth dev asks for no password/);
    expect(err).toContain('oatty mcp --auth-issuer https://');
  });

  it.each([
    ['0.0.0.0', ['--host', '0.0.0.0']],
    ['10.1.2.3', ['--host', '10.1.2.3']],
    ['https://oatty.example.com/mcp', ['--resource', 'https://oatty.example.com/mcp']],
    ['http://127.0.0.1:1/', ['--resource', 'http://127.0.0.1:1/']],
    ['alice:root', ['--user', 'alice:root']],
    ['a b:member', ['--user', 'a b:member']],
    ['"alice" twice', ['--user', 'alice', '--user', 'alice:admin']],
    ['70000', ['--port', '70000']],
  ])('does not start with %s', async (named, args) => {
    const { exitCode, out, err } = await run(args);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toContain(named);
  });

  it('says how to serve MCP at the address that tokens are for', async () => {
    const { out } = await run(['--resource', 'http://[::1]:7000/mcp', '--port', '0', '--json']);
    expect(JSON.parse(out).next).toMatch(/^oatty mcp --transport http --host ::1 --port 7000 --auth-issuer /);
  });

  it('says who can log in, and what to start next', async () => {
    const { exitCode, out, err } = await run(['--user', 'ann', '--user', 'vera:viewer', '--port', '0']);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: 'Serving logins (Ctrl-C stops it)\n' });
    expect(out.replaceAll(/:\d{4,5}$/gm, ':PORT')).toBe(
      `Logins for development at http://127.0.0.1:PORT

USER  ROLE    GIVES AT MOST
ann   member  oatty:read oatty:write oatty:destructive
vera  viewer  oatty:read

Next: oatty mcp --transport http --auth-issuer http://127.0.0.1:PORT
Then connect a client to http://127.0.0.1:62889/mcp
`,
    );
  });
});

// --- internal ---

/** It is stopped as soon as it has begun. */
async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const io = captureIo({ env });
  const stopped = new AbortController();
  const output = io.stdout.write.bind(io.stdout);
  io.stdout.write = ((text: string) => {
    stopped.abort();
    return output(text);
  }) as typeof io.stdout.write; // the program writes text
  const exitCode = await runCli(['auth', 'dev', ...args], io, stopped.signal);
  return { exitCode, out: io.out(), err: io.err() };
}
