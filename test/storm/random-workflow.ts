/** Workflows of every kind of step, put together by chance. */
import { aStep, aWorkflow } from '@oatty/engine/testing';
import type { Step, Workflow } from '@oatty/types';
import type { Random } from '../../packages/engine/test/random.ts';

/** Saved, so that steps can run them. */
export const savedWorkflows: readonly Workflow[] = [
  aWorkflow({ workflow: 'leaf', steps: [aStep('get', 'shop get'), aStep('post', 'shop post')] }),
  aWorkflow({
    workflow: 'asks',
    steps: [aStep('post', 'shop post'), anApproval('ask'), aStep('put', 'shop put')],
  }),
  aWorkflow({ workflow: 'hurries', steps: [anApproval('ask', { timeout: '15s', on_timeout: 'reject' })] }),
  aWorkflow({
    workflow: 'polls',
    steps: [
      aStep('poll', 'shop poll', { repeat: { until: 'steps.poll >= 3', every: '8s' } }),
      aStep('post', 'shop post'),
    ],
  }),
  aWorkflow({ workflow: 'fails', steps: [aStep('post', 'shop post'), aStep('broken', 'shop broken')] }),
  aWorkflow({
    workflow: 'nests',
    max_parallel: 2,
    steps: [aStep('a', 'workflow asks'), aStep('b', 'workflow polls'), aStep('c', 'workflow leaf')],
  }),
  aWorkflow({ workflow: 'ticks', steps: [aStep('post', 'shop post')] }),
];

export function randomWorkflow(random: Random): Workflow {
  const count = 1 + random(4);
  const steps: Step[] = [];
  for (let index = 0; index < count; index += 1) {
    const id = `s${index}`;
    const before = steps.at(-1);
    const depends = before !== undefined && random(3) === 0 ? { depends_on: [before.id] } : {};
    const onFailure = random(3) === 0 ? { on_failure: 'continue' as const } : {};
    steps.push({ ...randomStep(id, random), ...depends, ...onFailure });
  }
  return aWorkflow({
    max_parallel: 1 + random(3),
    ...(random(6) === 0 && { timeout: '40s' }),
    steps,
  });
}

// --- internal ---

function randomStep(id: string, random: Random): Step {
  const kind = random(12);
  const child = `workflow ${savedWorkflows[random(savedWorkflows.length)]?.workflow ?? ''}`;
  const every = pick(random, ['1s', '20s']);
  const forEach = { for_each: '[1, 2, 3]', concurrency: 1 + random(3) };
  const retry = { retry: { max_attempts: 3, delay: every } };
  switch (kind) {
    case 0:
      return aStep(id, 'shop get');
    case 1:
      return aStep(id, 'shop post');
    case 2:
      return aStep(id, 'shop put', retry);
    case 3:
      return aStep(id, 'shop flaky', retry);
    case 4:
      return aStep(id, 'shop post', forEach);
    case 5:
      return aStep(id, 'shop poll', { repeat: { until: `steps.${id} >= 2`, every } });
    case 6:
      return anApproval(
        id,
        random(2) === 0 ? {} : { timeout: '10s', on_timeout: pick(random, ['fail', 'reject']) },
      );
    case 7:
      return { ...anApproval(id), ...forEach };
    case 8:
      return aStep(id, child, forEach);
    case 9:
      return aStep(id, child, { repeat: { until: 'false', every: '5s', max_attempts: 2, timeout: '12s' } });
    case 10:
      return aStep(id, child, { retry: { max_attempts: 2, delay: every } });
    default:
      return aStep(id, child);
  }
}

function anApproval(id: string, more: Readonly<Record<string, unknown>> = {}): Step {
  return aStep(id, 'oatty approval', { with: { message: 'Go on?', ...more } });
}

function pick<Value>(random: Random, values: readonly [Value, ...Value[]]): Value {
  return values[random(values.length)] ?? values[0];
}
