/** What one call of the command line works with. The library is opened by whoever needs it first. */
import type { Oatty, Telemetry } from '@oatty/runtime';
import type { OattyError } from '@oatty/types';
import type { CliContext, GlobalFlags } from './cli-command.ts';
import type { Io } from './io.ts';
import { styleOf } from './output/text-style.ts';
import { version } from './version.ts';

export interface Session {
  readonly context: CliContext;
  close(): Promise<void>;
}

export function openSession(io: Io, flags: GlobalFlags, signal: AbortSignal): Session {
  let opened: Promise<Oatty> | undefined;
  const unheard: OattyError[] = [];
  let hear = (error: OattyError): void => void unheard.push(error);
  let listening: Promise<Telemetry | undefined> | undefined;
  const listen = async () => {
    const { isTelemetryConfigured } = await import('@oatty/runtime');
    if (!isTelemetryConfigured(io.env)) return undefined;
    const { openTelemetry } = await import('@oatty/runtime');
    return openTelemetry({ version });
  };
  const open = async () => {
    const telemetry = await context.telemetry();
    const { createOatty } = await import('@oatty/runtime');
    return createOatty({
      env: io.env,
      cwd: io.cwd,
      onBackgroundError: (error) => hear(error),
      ...(telemetry && { telemetry }),
    });
  };
  const wishes = { noColor: flags.noColor, env: io.env };
  const context: CliContext = {
    io,
    flags,
    signal,
    get stdoutStyle() {
      return styleOf(io.stdout, wishes);
    },
    get stderrStyle() {
      return styleOf(io.stderr, wishes);
    },
    oatty: () => (opened ??= open()),
    telemetry: () => (listening ??= listen()),
    onTrouble(listener) {
      hear = listener;
      for (const error of unheard.splice(0)) listener(error);
    },
    print(document, toText) {
      const text = flags.json ? JSON.stringify(document, null, 2) : toText(document, context.stdoutStyle);
      if (text !== '') io.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
    },
    note(text) {
      if (!flags.quiet) io.stderr.write(`${text}\n`);
    },
  };
  return {
    context,
    async close() {
      const oatty = await opened?.catch(() => undefined);
      await oatty?.close();
      await (await listening)?.close();
    },
  };
}
