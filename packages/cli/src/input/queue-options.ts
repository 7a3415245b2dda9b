/** The place of a run in a queue as the command line gives it; what is not given is as the manifest says. */
import { OattyError } from '@oatty/types';
import type { RunQueueOptions } from '@oatty/runtime';
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
};

export function readQueue(input: ParsedInput): RunQueueOptions {
  const name = textOption(input, 'queue');
  const priority = textOption(input, 'priority');
  const dedupKey = textOption(input, 'dedup-key');
  return {
    ...(name !== undefined && { name }),
    ...(priority !== undefined && { priority: toPriority(priority) }),
    ...(dedupKey !== undefined && { dedupKey }),
  };
}

// --- internal ---

function toPriority(text: string): number {
  if (/^[+-]?\d+$/.test(text.trim())) return Number(text);
  throw new OattyError('ARGUMENT_INVALID', `--priority takes a whole number, not "${text}".`, {
    suggestedAction: 'Write --priority 10, for example; the greater goes first.',
  });
}
