/** Gives one call of the command line its streams, its signals and its exit code. */
import { detachedMark } from './detached/detached-mark.ts';
import type { Io } from './io.ts';
import { runCli } from './run-cli.ts';

export async function runProcess(args: readonly string[]): Promise<void> {
  if (args[0] === detachedMark && process.send !== undefined) return carryRunOn();
  const exitCode = await runCli(args, openStreams(), listenForInterruption());
  // What stays open (a keep-alive connection, a terminal) must not keep the process.
  await Promise.all([process.stdout, process.stderr].map((stream) => flush(forgiving(stream))));
  process.exit(exitCode);
}

// --- internal ---

async function carryRunOn(): Promise<void> {
  const { runDetached } = await import('./detached/run-detached.ts');
  await runDetached(listenForInterruption());
  process.exit(0);
}

function openStreams(): Io {
  const { env } = process;
  return {
    env,
    cwd: process.cwd(),
    get stdin() {
      return process.stdin;
    },
    get stdout() {
      return forgiving(process.stdout);
    },
    get stderr() {
      return forgiving(process.stderr);
    },
  };
}

/** A reader that has seen enough (`| head`) is no failure. */
function forgiving(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  if (stream.listenerCount('error') === 0)
    stream.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 1));
  return stream;
}

/** The first Ctrl-C stops the work in an orderly way; the second one does not wait for it. */
function listenForInterruption(): AbortSignal {
  const interruption = new AbortController();
  const interrupt = () => {
    if (interruption.signal.aborted) process.exit(130);
    interruption.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return interruption.signal;
}

function flush(stream: NodeJS.WriteStream): Promise<unknown> {
  return new Promise((resolve) => stream.write('', resolve));
}
