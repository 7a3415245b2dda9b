/** Streams of a call that remember what was written, as a terminal or as pipes. */
import { PassThrough, Writable } from 'node:stream';
import type { CliContext, GlobalFlags } from '../src/cli-command.ts';
import type { Io } from '../src/io.ts';
import { openSession } from '../src/session.ts';

export interface CapturedIo extends Io {
  out(): string;
  err(): string;
}

export interface IoOptions {
  /** Columns and rows of a terminal; pipes when absent. */
  readonly terminal?: { readonly columns: number; readonly rows: number };
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

export function captureIo({ terminal, stdin = '', env = {}, cwd = '/' }: IoOptions = {}): CapturedIo {
  const stdout = captureStream(terminal);
  const stderr = captureStream(terminal);
  const input = Object.assign(new PassThrough(), { isTTY: terminal !== undefined });
  input.end(stdin);
  return {
    stdin: input as unknown as NodeJS.ReadStream, // as much of it as is used
    stdout: stdout.stream,
    stderr: stderr.stream,
    env,
    cwd,
    out: stdout.text,
    err: stderr.text,
  };
}

/** A context without a command; `flags` are all off unless given. */
export function aContext(
  io: Io,
  flags: Partial<GlobalFlags> = {},
  signal = new AbortController().signal,
): CliContext {
  const off = { json: false, quiet: false, verbose: false, noColor: true, yes: false };
  return openSession(io, { ...off, ...flags }, signal).context;
}

// --- internal ---

function captureStream(terminal: IoOptions['terminal']) {
  const texts: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write(text: string, _encoding, done) {
      texts.push(text);
      done();
    },
  });
  return {
    stream: Object.assign(stream, terminal === undefined ? {} : { isTTY: true, ...terminal }),
    text: () => texts.join(''),
  };
}
