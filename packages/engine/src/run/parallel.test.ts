import { describe, expect, it } from 'vitest';
import type { Step, Workflow } from '@oatty/types';
import { aStep, aWorkflow } from '../testing/builders.ts';
import { httpError } from '../testing/fake-api.ts';
import { createHandClock } from '../testing/hand-clock.ts';
import { createTestEngine } from '../testing/test-engine.ts';
import { createRandom } from '../../test/random.ts';
import type { Random } from '../../test/random.ts';

describe('steps side by side', () => {
  it('give the same results as one after the other, whatever the workflow', async () => {
    for (let seed = 1; seed <= 150; seed += 1) {
      const workflow = aRandomWorkflow(createRandom(seed));
      const alone = await resultsOf({ ...workflow, max_parallel: 1 }, seed);
      const together = await resultsOf({ ...workflow, max_parallel: 8 }, seed);
      expect(together, `seed ${seed}`).toEqual(alone);
    }
  });

  it('never begin before what they wait for has ended', async () => {
    for (let seed = 1; seed <= 50; seed += 1) {
      const workflow = aRandomWorkflow(createRandom(seed));
      const { run } = await runRandom({ ...workflow, max_parallel: 8 }, seed);
      const steps = new Map(run.steps.map((step) => [step.id, step]));
      const early = workflow.steps.filter(({ id, depends_on }) => {
        const begin = steps.get(id)?.started_at;
        return (
          begin !== undefined &&
          (depends_on ?? []).some((other) => begin < (steps.get(other)?.finished_at ?? ''))
        );
      });
      expect(early, `seed ${seed}`).toEqual([]);
    }
  });
});

/** Steps in random order that gate each other, read each other, loop, poll, are conditional and fail softly. */
function aRandomWorkflow(random: Random): Workflow {
  const count = 2 + random(10);
  const steps = Array.from({ length: count }, (_, index) => aRandomStep(index, random));
  const declared = steps.toSorted(() => random(3) - 1);
  const final_output = Object.fromEntries(steps.map(({ id }) => [id, `\${{ steps.${id} ?? 'none' }}`]));
  return aWorkflow({ steps: declared, final_output });
}

function aRandomStep(index: number, random: Random): Step {
  const earlier = () => `s${random(index)}`;
  const fails = random(6) === 0;
  return aStep(`s${index}`, fails ? 'shop fail' : 'shop get', {
    on_failure: 'continue',
    with: { value: index > 0 && random(2) === 0 ? `\${{ steps.${earlier()} ?? ${index} }}` : index },
    ...(index > 0 && random(3) === 0 && { depends_on: [earlier()] }),
    ...(index > 0 && random(4) === 0 && { if: `(steps.${earlier()} ?? 0) != 3` }),
    ...(random(4) === 0 && { for_each: `range(${random(4)})`, concurrency: 1 + random(3) }),
    ...(random(5) === 0 && { repeat: { until: `steps.s${index}.n >= 0`, every: '1s' } }),
    ...(random(4) === 0 && { retry: { max_attempts: 2, delay: '100ms' } }),
  });
}

async function runRandom(workflow: Workflow, seed: number) {
  const clock = createHandClock();
  const random = createRandom(seed);
  const engine = createTestEngine(
    {
      'shop get': async (call) => {
        await clock.sleep(random(50), call.signal);
        return { n: JSON.stringify(call.arguments.with['value']).length, of: call.step?.stepId };
      },
      'shop fail': async (call) => {
        await clock.sleep(random(50), call.signal);
        throw httpError(503);
      },
    },
    { clock },
  );
  return { engine, run: await engine.run(workflow) };
}

async function resultsOf(workflow: Workflow, seed: number) {
  const { run } = await runRandom(workflow, seed);
  return {
    status: run.status,
    final_output: run.final_output,
    steps: run.steps.map(({ id, status, output, reason, attempts, error }) => {
      return { id, status, output, reason, attempts, error: error?.error_code };
    }),
  };
}
