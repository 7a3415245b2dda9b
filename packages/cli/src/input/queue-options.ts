/** The place of a run in a queue as the command line gives it; what is not given is as the manifest says. */
import { OattyError } from '@oatty/types';
import type { RunQueueOptions } from '@oatty/runtime';
import { parseCount } from '../arguments/option-values.ts';
import { textOption } from '../cli-command.ts';
import type { OptionSpec, ParsedInput } from '../cli-command.ts';

export const queueOptions: Readonly<Record<string, OptionSpec>> = {
  queue: {
    type: 'string',
    value: 'NAME',
    description: 'Let it wait for its turn in this queue, in place of the one that the manifest names.',
  },
  priority: { type: 'string', value: 'N', description: 'In the queue: the greater goes first.' },
  'dedup-key': {
    type: 'string',
    value: 'KEY',
    description: 'In the queue: no second run while one with the same key has not ended.',
  },
  'queue-concurrency': {
    type: 'string',
    value: 'N',
    description: 'In the queue: begin while fewer runs than this have begun and not ended.',
  },
  'queue-worker-concurrency': {
    type: 'string',
    value: 'N',
    description: 'In the queue: the same for the runs that one process carries.',
  },
  'queue-rate': {
    type: 'string',
    value: 'N/TIME',
    description: 'In the queue: so many runs may begin in that time, such as 10/1m.',
  },
};

export function readQueue(input: ParsedInput): RunQueueOptions {
  const name = textOption(input, 'queue');
  const priority = textOption(input, 'priority');
  const dedupKey = textOption(input, 'dedup-key');
  const concurrency = textOption(input, 'queue-concurrency');
  const workerConcurrency = textOption(input, 'queue-worker-concurrency');
  const rate = textOption(input, 'queue-rate');
  return {
    ...(name !== undefined && { name }),
    ...(priority !== undefined && { priority: toPriority(priority) }),
    ...(dedupKey !== undefined && { dedupKey }),
    ...(concurrency !== undefined && { concurrency: parseCount('queue-concurrency', concurrency) }),
    ...(workerConcurrency !== undefined && {
      workerConcurrency: parseCount('queue-worker-concurrency', workerConcurrency),
    }),
    ...(rate !== undefined && { rate: toRate(rate) }),
  };
}

// --- internal ---

function toPriority(text: string): number {
  if (/^[+-]?\d+$/.test(text.trim())) return Number(text);
  throw new OattyError('ARGUMENT_INVALID', `--priority takes a whole number, not "${text}".`, {
    suggestedAction: 'Write --priority 10, for example; the greater goes first.',
  });
}

function toRate(text: string): NonNullable<RunQueueOptions['rate']> {
  const [, limit, per] = /^([1-9]\d*)\/(.+)$/.exec(text.trim()) ?? [];
  if (limit !== undefined && per !== undefined) return { limit: parseCount('queue-rate', limit), per };
  throw new OattyError('ARGUMENT_INVALID', `--queue-rate takes a number and a time, not "${text}".`, {
    suggestedAction: 'Write --queue-rate 10/1m, for example: ten runs in any minute.',
  });
}
