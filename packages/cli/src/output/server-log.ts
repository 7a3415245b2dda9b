/**
 * Failures of the server as lines of JSON on stderr, by pino.
 *
 *   L1. `OATTY_LOG_LEVEL` says from which level on; `silent` says nothing. Default `warn`.
 *   L2. pino is loaded when there is something to say: a server that starts has nothing.
 */
import type { Log, LogEntry } from '@oatty/mcp';
import { OattyError } from '@oatty/types';
import type { Logger } from 'pino';
import type { Io } from '../io.ts';

export interface ServerLog {
  readonly write: Log;
  /** Resolves when everything is written. */
  settled(): Promise<void>;
}

export const logLevelVariable = 'OATTY_LOG_LEVEL';

/** @throws {OattyError} `ARGUMENT_INVALID` for a level that there is not */
export function openServerLog({ env, stderr }: Pick<Io, 'env' | 'stderr'>): ServerLog {
  const least = readLevel(env[logLevelVariable]);
  let logger: Promise<Logger> | undefined;
  let written: Promise<void> = Promise.resolve();
  return {
    write({ level, ...entry }: LogEntry) {
      if (levels.indexOf(level) < levels.indexOf(least)) return;
      logger ??= createLogger(stderr);
      const ready = logger;
      written = written.then(async () => (await ready)[level](entry));
    },
    settled: () => written,
  };
}

// --- internal ---

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

function readLevel(text = ''): (typeof levels)[number] {
  const name = text.trim().toLowerCase();
  const level = name === '' ? 'warn' : levels.find((known) => known === name);
  if (level !== undefined) return level;
  throw new OattyError(
    'ARGUMENT_INVALID',
    `${logLevelVariable} is one of ${levels.join(', ')}, not "${name}".`,
  );
}

/** @param stderr - where the lines go; what was chosen is filtered before */
async function createLogger(stderr: Io['stderr']): Promise<Logger> {
  const { pino } = await import('pino');
  return pino(
    {
      level: 'trace',
      base: null,
      timestamp: () => `,"at":"${new Date().toISOString()}"`,
      formatters: { level: (level) => ({ level }) },
    },
    stderr,
  );
}
