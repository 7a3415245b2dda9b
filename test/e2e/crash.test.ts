import { describe, expect, it } from 'vitest';
import { sharedPostgresUrl } from '@oatty/store/testing';
import { crashForSure, crashOnce } from './crash-once.ts';
import type { Crash } from './crash-once.ts';

const serverUrl = await sharedPostgresUrl();

/** `pnpm crash` tries every write of a long run. */
describe.concurrent.each([
  { name: 'a state file', server: undefined, isThere: true, count: 8 },
  { name: 'PostgreSQL', server: serverUrl, isThere: serverUrl !== undefined, count: 4 },
])('a run whose process is killed at a write to $name', ({ server, isThere, count }) => {
  it.skipIf(!isThere)(
    'is carried on without repeating what was committed',
    { timeout: 120_000 },
    async () => {
      const { writes = 0 } = await crashOnce(server, { diesAt: Infinity, moment: 'after' });
      const crashes = Array.from({ length: count }, (_, index): Crash => {
        const diesAt = 1 + Math.round((index * (writes - 1)) / (count - 1));
        return { diesAt, moment: index % 2 === 0 ? 'before' : 'after' };
      });
      // Several at a time: most of it is waiting for leases to run out.
      const ends = await Promise.all(crashes.map((crash) => crashForSure(server, crash)));
      expect(ends.map(({ run, wrongs }) => [run.status, wrongs])).toEqual(
        crashes.map(() => ['succeeded', []]),
      );
    },
  );
});
