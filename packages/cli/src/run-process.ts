/** Gives one call of the command line its streams, its signals and its exit code. */
import { runCli } from './run-cli.ts';

export async function runProcess(args: readonly string[]): Promise<void> {
  const interrupt = new AbortController();
  const onSignal = () => {
    // The first Ctrl-C stops the work in an orderly way; the second one does not wait for it.
    if (interrupt.signal.aborted) process.exit(130);
    interrupt.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  // A reader that has seen enough (`| head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

  const { stdin, stdout, stderr, env } = process;
  process.exitCode = await runCli(args, { stdin, stdout, stderr, env, cwd: process.cwd() }, interrupt.signal);
  // What stays open (a keep-alive connection, a terminal) must not keep the process.
  await Promise.all([stdout, stderr].map((stream) => new Promise((resolve) => stream.write('', resolve))));
  process.exit();
}
