import type { QueueSummary } from '@oatty/types';
import { warning } from './finding.ts';
import type { Note } from './finding.ts';

/** Runs that wait in queues of no worker. A process that lives long carries them too; whether there is one, nobody can tell. */
export function noteUnservedQueues(queues: readonly QueueSummary[]): Note[] {
  return queues.flatMap(({ name, queued, served }) => {
    if (queued === 0 || served) return [];
    const runs = queued === 1 ? '1 run waits' : `${queued} runs wait`;
    const message = `${runs} in this queue, and no worker has served it of late.`;
    return [
      warning(
        `queue ${name}`,
        message,
        `Start one: oatty worker --queue ${name}. Or keep oatty mcp running.`,
      ),
    ];
  });
}
