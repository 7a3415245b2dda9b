import { expect, it } from 'vitest';
import { z } from 'zod';
import { defineCatalog, defineCommand } from '../src/index.ts';
import { openOatty } from './open-oatty.ts';

it('a run that waits for time goes on by itself', async () => {
  let calls = 0;
  const jobs = defineCatalog({
    title: 'Jobs',
    vendor: 'jobs',
    commands: {
      state: defineCommand({
        summary: 'State of a job.',
        effect: 'safe',
        input: z.object({}),
        handler: async () => {
          calls += 1;
          return { n: calls };
        },
      }),
    },
  });
  const oatty = await openOatty({ modules: [jobs], limits: { run: { parkAfterMs: 10 } } });
  const repeat = { until: 'steps.poll.n >= 3', every: '200ms' };
  const manifest = { workflow: 'w', steps: [{ id: 'poll', run: 'jobs state', repeat }] };
  const run = await oatty.runs.start({ workflow: { manifest } });
  const ended = await run.wait();
  expect(ended).toMatchObject({ status: 'succeeded', steps: [{ attempts: 3 }] });
  const waits: unknown[] = [];
  for await (const event of run.events()) if (event.type === 'run_waiting') waits.push(event.until);
  // A busy machine may be late for one of the two.
  expect(waits.length).toBeGreaterThan(0);
});
