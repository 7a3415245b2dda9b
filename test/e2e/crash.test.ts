import { describe, expect, it } from 'vitest';
import { sharedPostgresUrl } from '@oatty/store/testing';
import { crashOnce } from './crash-once.ts';
import type { Crash } from './crash-once.ts';

const serverUrl = await sharedPostgresUrl();

/** `test/crash/sweep.ts` tries every write of a long run. */
describe.each([
  { name: 'a state file', server: undefined, isThere: true, writes: [1, 2, 3, 5, 6, 8, 9, 11] },
  { name: 'PostgreSQL', server: serverUrl, isThere: serverUrl !== undefined, writes: [2, 4, 7, 10] },
])('a run whose process is killed at a write to $name', ({ server, isThere, writes }) => {
  it.skipIf(!isThere)(
    'is carried on without repeating what was committed',
    { timeout: 120_000 },
    async () => {
      const crashes = writes.map((diesAt, index): Crash => {
        return { diesAt, moment: index % 2 === 0 ? 'before' : 'after' };
      });
      // Several at a time: most of it is waiting for leases to run out.
      const ends = await Promise.all(crashes.map((crash) => crashOnce(server, crash)));
      expect(ends.map(({ run, wrongs }) => [run.status, wrongs])).toEqual(
        crashes.map(() => ['succeeded', []]),
      );
      // Steps that end together are written together, so one run may have fewer writes than another.
      expect(ends.filter(({ hasDied }) => hasDied).length).toBeGreaterThan(writes.length / 2);
    },
  );
});
