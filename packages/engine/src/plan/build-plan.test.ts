import { describe, expect, it } from 'vitest';
import type { Step, Workflow } from '@oatty/types';
import { createCommands } from '../../test/shop-commands.ts';
import { buildPlan } from './build-plan.ts';

const commands = createCommands();

function aWorkflow(steps: readonly Partial<Step>[], parts: Partial<Workflow> = {}): Workflow {
  return {
    workflow: 'test',
    steps: steps.map((step, index) => ({ id: `s${index}`, run: 'shop orders:list', ...step })),
    ...parts,
  };
}

describe('buildPlan', () => {
  it('puts the steps in the order in which they run', async () => {
    const workflow = aWorkflow([
      { id: 'a', depends_on: ['c'] },
      { id: 'b' },
      { id: 'c', with: { code: '${{ steps.b.next }}' } },
    ]);
    const { steps, workflow_id } = await buildPlan(workflow, {}, commands);
    expect(workflow_id).toBe('test');
    expect(steps.map(({ index, step_id, depends_on, after }) => [index, step_id, depends_on, after])).toEqual(
      [
        [0, 'b', [], []],
        [1, 'c', [], ['b']],
        [2, 'a', ['c'], ['c']],
      ],
    );
  });

  it.each([
    [['shop orders:list'], 'safe'],
    [['shop orders:list', 'shop orders:create'], 'standard'],
    [['shop orders:delete', 'shop orders:list'], 'destructive'],
    [['workflow ship'], 'standard'],
  ])('the effect of %j is %s', async (runs, effect) => {
    const plan = await buildPlan(aWorkflow(runs.map((run) => ({ run }))), {}, commands);
    expect(plan.effect).toBe(effect);
  });

  it.each<[Partial<Step>, boolean | null]>([
    [{}, true],
    [{ if: true }, true],
    [{ if: false }, false],
    [{ if: 'inputs.on' }, true],
    [{ if: '${{ inputs.off }}' }, false],
    [{ when: 'inputs.off' }, false],
    [{ if: 'inputs.off && steps.first.next' }, false],
    [{ if: 'steps.first.next' }, null],
    [{ if: 'env.HOME == ""' }, null],
    [{ depends_on: ['maybe'] }, null],
    [{ depends_on: ['never'] }, false],
    [{ depends_on: ['never', 'maybe'], if: 'inputs.on' }, false],
    [{ depends_on: ['maybe'], if: 'inputs.off' }, false],
  ])('%j will run: %s', async (parts, expected) => {
    const workflow = aWorkflow([
      { id: 'first' },
      { id: 'maybe', if: 'steps.first.next' },
      { id: 'never', if: 'inputs.off' },
      { id: 'asked', ...parts },
    ]);
    const { steps } = await buildPlan(workflow, { on: true, off: false }, commands);
    expect(steps.find(({ step_id }) => step_id === 'asked')?.will_run).toBe(expected);
  });

  it('leaves a condition that does too much to the run', async () => {
    const workflow = aWorkflow([{ if: 'length(range(10000000)) > 0' }]);
    const { steps } = await buildPlan(workflow, {}, commands);
    expect(steps[0]?.will_run).toBeNull();
  });

  it('shows the condition as it was written', async () => {
    const workflow = aWorkflow([{ if: '${{ inputs.x }}' }, { when: 'inputs.x' }, { if: false }, {}]);
    const { steps } = await buildPlan(workflow, { x: 1 }, commands);
    expect(steps.map(({ condition }) => condition)).toEqual(['${{ inputs.x }}', 'inputs.x', 'false', null]);
  });

  it('refuses a step that runs no command', async () => {
    await expect(buildPlan(aWorkflow([{ run: 'shop nothing' }]), {}, commands)).rejects.toMatchObject({
      code: 'COMMAND_NOT_FOUND',
    });
  });
});

async function hash(workflow: Workflow, inputs: Readonly<Record<string, unknown>> = {}): Promise<string> {
  return (await buildPlan(workflow, inputs, commands)).plan_hash;
}

describe('the hash of a plan', () => {
  it('is the SHA-256 of what is agreed to, whatever the order of keys', async () => {
    const one = await hash(aWorkflow([{ with: { limit: 1, code: 'x' } }]), { a: 1, b: { c: 2, d: 3 } });
    const same = await hash(aWorkflow([{ with: { code: 'x', limit: 1 } }]), { b: { d: 3, c: 2 }, a: 1 });
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(same).toBe(one);
  });

  it('changes with the manifest, the inputs and the effects', async () => {
    const workflow = aWorkflow([{ run: 'shop orders:info' }]);
    const hashes = [
      await hash(workflow, { a: 1 }),
      await hash(workflow, { a: 2 }),
      await hash(aWorkflow([{ run: 'shop orders:info', with: { order: 'x' } }]), { a: 1 }),
    ];
    const changed = createCommands([{ ...createdCommand, id: 'shop orders:info', effect: 'destructive' }]);
    hashes.push((await buildPlan(workflow, { a: 1 }, changed)).plan_hash);
    expect(new Set(hashes).size).toBe(4);
  });

  it('does not depend on the values of secret inputs', async () => {
    const workflow = aWorkflow([{}], { inputs: { key: { secret: true } } });
    expect(await hash(workflow, { key: 'one' })).toBe(await hash(workflow, { key: 'two' }));
    expect(await hash(workflow, { key: null })).not.toBe(await hash(workflow, { key: 'two' }));
  });
});

const createdCommand = {
  id: 'shop orders:info',
  summary: '',
  parameters: [],
  execution: { kind: 'http', method: 'GET', path: '/' },
} as const;
