import { describe, expect, it, vi } from 'vitest';
import { startPostgres } from '@oatty/store/testing';
import { openSharedState } from './shared-state.ts';

describe('a PostgreSQL that restarts in the middle of a run', () => {
  it('loses no step, whether the process lives or not', { timeout: 90_000 }, async ({ skip }) => {
    const server = await startPostgres();
    if (server === undefined) return skip();
    try {
      await using state = await openSharedState(server.url);
      const waits = await state.start(aWait);
      await vi.waitFor(
        async () => expect((await state.oatty.runs.get(waits.runId)).status).toBe('waiting'),
        7_000,
      );
      await waits.kill();
      const [lives, dies] = await Promise.all([state.start(aRun('lives')), state.start(aRun('dies'))]);
      const bodies = () => state.shop.calls().map(({ body }) => body);
      await vi.waitFor(() => expect(bodies()).toEqual(expect.arrayContaining(['lives 3', 'dies 3'])), 20_000);
      state.oatty.runs.takeOver();
      await Promise.all([server.restart(), dies.kill()]);
      const runs = await Promise.all([lives, dies].map(({ runId }) => state.oatty.runs.wait(runId)));
      expect(runs.map(({ status }) => status)).toEqual(['succeeded', 'succeeded']);
      expect(await state.oatty.runs.wait(waits.runId)).toMatchObject({
        status: 'succeeded',
        final_output: 'reject',
      });
      await vi.waitFor(() => expect(lives.lines.at(-1)).toBe('succeeded'), 5_000);
      for (const [name, run] of [
        ['lives', runs[0]],
        ['dies', runs[1]],
      ] as const) {
        const calls = items.map((item) => bodies().filter((body) => body === `${name} ${item}`).length);
        expect(Math.min(...calls)).toBe(1);
        // What was in flight at that moment may have been called again, nothing else.
        expect(calls.filter((count) => count > 1).length).toBeLessThanOrEqual(1);
        expect(run?.steps.map(({ status }) => status)).toEqual(items.map(() => 'succeeded'));
      }
    } finally {
      await server.stop();
    }
  });
});

// --- internal ---

const items = Array.from({ length: 60 }, (_, index) => index + 1);

/** Its time is over some seconds after the restart. */
const aWait = `workflow: waits
steps:
  - id: ok
    run: oatty approval
    with: { message: 'Go on?', timeout: 8s, on_timeout: reject }
final_output: \${{ steps.ok.choice }}
`;

/** One note after the other, so at most one is in flight. */
function aRun(name: string): string {
  const steps = items.map(
    (item) => `  - id: note_${item}
    run: shop orders:note:update
    with: { order: ord_1 }
    body: ${name} ${item}
${item === 1 ? '' : `    depends_on: [note_${item - 1}]\n`}`,
  );
  return `workflow: notes\nsteps:\n${steps.join('')}`;
}
