/**
 * What the scripts of the shells call at each Tab: `__complete line TEXT`, or `__complete words WORD…`.
 *
 * Fast, since somebody waits; and silent, since nobody asked for an error in the middle of a line.
 */
import { writeSync } from 'node:fs';
import { completeCall } from './complete-call.ts';
import { formatCompletion } from './completion.ts';
import { createLiveValues } from './live-values.ts';
import { splitLine } from './split-line.ts';

export async function printCompletions([form, ...words]: readonly string[]): Promise<void> {
  try {
    const line = form === 'line' ? splitLine(words[0] ?? '') : words;
    const completion = await completeCall(line.slice(1), createLiveValues(open));
    writeSync(1, formatCompletion(completion));
  } catch {
    // Nothing is offered.
  }
  process.exit(0);
}

// --- internal ---

async function open() {
  const { createOatty } = await import('@oatty/runtime');
  return createOatty();
}
