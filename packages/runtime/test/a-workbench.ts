/** Commands of a module that fail, wait and count as a test wants it, and workflows over them. */
import { OattyError } from '@oatty/types';
import * as z from 'zod';
import { defineCatalog, defineCommand } from '../src/index.ts';
import type { ModuleCatalog } from '../src/index.ts';

export interface Workbench {
  readonly module: ModuleCatalog;
  /** Every call, as `name argument`. */
  readonly calls: string[];
  /** Names of commands that fail. */
  readonly broken: Set<string>;
  /** What `echo` puts before its text. */
  prefix: string;
}

export function createWorkbench(): Workbench {
  const bench = { calls: [] as string[], broken: new Set<string>(), prefix: '', polls: 0, flaky: 0 };
  const call = (name: string, argument: unknown = ''): void => {
    bench.calls.push(`${name} ${String(argument)}`.trim());
    if (bench.broken.has(name))
      throw new OattyError('NETWORK_ERROR', `${name} is broken.`, { retryable: true });
  };
  const module = defineCatalog({
    title: 'Bench',
    vendor: 'bench',
    commands: {
      echo: defineCommand({
        summary: 'Gives back a text.',
        effect: 'standard',
        input: z.object({ text: z.unknown() }),
        handler: async ({ text }) => {
          call('echo', text);
          return { text: `${bench.prefix}${String(text)}` };
        },
      }),
      drop: defineCommand({
        summary: 'Removes a thing.',
        effect: 'destructive',
        input: z.object({}),
        handler: async () => {
          call('drop');
          return { dropped: true };
        },
      }),
      poll: defineCommand({
        summary: 'Counts.',
        effect: 'safe',
        input: z.object({}),
        handler: async () => {
          call('poll');
          bench.polls += 1;
          return { n: bench.polls };
        },
      }),
      flaky: defineCommand({
        summary: 'Fails twice.',
        effect: 'safe',
        input: z.object({}),
        handler: async () => {
          call('flaky');
          bench.flaky += 1;
          if (bench.flaky < 3) throw new OattyError('NETWORK_ERROR', 'not yet', { retryable: true });
          return { ok: true };
        },
      }),
    },
  });
  return Object.assign(bench, { module });
}
