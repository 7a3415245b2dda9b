import { describe, expect, it } from 'vitest';
import type { Workflow } from '@oatty/types';
import { renderPlan } from './render-plan.ts';

const workflow: Workflow = {
  workflow: 'test',
  inputs: { name: {}, key: { secret: true }, note: { optional: true } },
  steps: [
    {
      id: 'find',
      run: 'shop customers:list',
      with: { name: '${{ inputs.name }}', limit: '${{ 1 + 1 }}', key: '${{ inputs.key }}' },
    },
    {
      id: 'write',
      run: 'shop notes:create',
      depends_on: ['find'],
      if: 'steps.find.id != null',
      with: { customer: '${{ steps.find.id }}', token: 'Bearer ${{ secrets.TOKEN }}' },
      body: { note: 'To ${{ inputs.name }}, ${{ steps.find.id }}: ${{ inputs.note }}' },
    },
  ],
  final_output: { id: '${{ steps.write.id }}', at: '${{ run.started_at }}', name: '${{ inputs.name }}' },
};

const inputs = { name: 'Ada', key: 's3cret', note: null };

describe('renderPlan', () => {
  it('fills in what is known and lists what is not', () => {
    expect(renderPlan(workflow, { inputs })).toEqual({
      workflow_id: 'test',
      rendered_steps: [
        {
          step_id: 'find',
          run: 'shop customers:list',
          depends_on: [],
          condition: null,
          with: { name: 'Ada', limit: 2, key: '[secret]' },
          body: null,
        },
        {
          step_id: 'write',
          run: 'shop notes:create',
          depends_on: ['find'],
          condition: 'steps.find.id != null',
          with: { customer: '${{ steps.find.id }}', token: 'Bearer [secret]' },
          body: { note: 'To Ada, ${{ steps.find.id }}: ' },
        },
      ],
      rendered_final_output: { id: '${{ steps.write.id }}', at: '${{ run.started_at }}', name: 'Ada' },
      unresolved: [
        { path: '$.steps[1].with.customer', expression: 'steps.find.id' },
        { path: '$.steps[1].body.note', expression: 'steps.find.id' },
        { path: '$.final_output.id', expression: 'steps.write.id' },
        { path: '$.final_output.at', expression: 'run.started_at' },
      ],
    });
  });

  it('uses outputs that are there', () => {
    const rendered = renderPlan(workflow, { inputs, stepOutputs: new Map([['find', { id: 'c1' }]]) });
    expect(rendered.rendered_steps[1]?.with.customer).toBe('c1');
    expect(rendered.unresolved.map(({ path }) => path)).toEqual(['$.final_output.id', '$.final_output.at']);
  });

  it('leaves what the inputs do not allow to render', () => {
    const rendered = renderPlan(workflow, { inputs: { key: 'x', note: null } });
    expect(rendered.rendered_steps[0]?.with).toEqual({
      name: '${{ inputs.name }}',
      limit: 2,
      key: '[secret]',
    });
    expect(rendered.unresolved[0]).toEqual({ path: '$.steps[0].with.name', expression: 'inputs.name' });
  });

  it('fills in each item of a list that is known', () => {
    const { rendered_steps, unresolved } = renderPlan(each('inputs.ids'), { inputs: { ids: ['a', 'b'] } });
    expect(rendered_steps[1]).toMatchObject({
      for_each: ['a', 'b'],
      with: { order: '${{ item }}', at: '${{ index }}', by: '${{ steps.find.id }}' },
      items: [
        { with: { order: 'a', at: 0, by: '${{ steps.find.id }}' }, body: null },
        { with: { order: 'b', at: 1, by: '${{ steps.find.id }}' }, body: null },
      ],
    });
    expect(unresolved).toEqual([{ path: '$.steps[1].with.by', expression: 'steps.find.id' }]);
  });

  it('fills in the first twenty items of a long list', () => {
    const ids = Array.from({ length: 1_000 }, (_, index) => index);
    const step = renderPlan(each('${{ inputs.ids }}'), { inputs: { ids } }).rendered_steps[1];
    expect([step?.items?.length, step?.items?.at(-1)?.with['order'], step?.for_each]).toEqual([20, 19, ids]);
  });

  it.each(['inputs.ids', ' ${{ inputs.ids }}\n', '\n${{inputs.ids}}'])(
    'takes the list as a run does, with the wrapper or without: %j',
    (list) => {
      const step = renderPlan(each(list), { inputs: { ids: [7] } }).rendered_steps[1];
      expect(step).toMatchObject({ for_each: [7], items: [{ with: { order: 7 } }] });
    },
  );

  it('lists a list that only the run can tell', () => {
    const { rendered_steps, unresolved } = renderPlan(each('steps.find.items'), { inputs: { ids: [] } });
    expect(rendered_steps[1]).toMatchObject({
      for_each: 'steps.find.items',
      with: { order: '${{ item }}' },
    });
    expect(rendered_steps[1]).not.toHaveProperty('items');
    expect(unresolved[0]).toEqual({ path: '$.steps[1].for_each', expression: 'steps.find.items' });
  });
});

const each = (list: string): Workflow => ({
  workflow: 'each',
  inputs: { ids: {} },
  steps: [
    { id: 'find', run: 'shop customers:list' },
    {
      id: 'write',
      run: 'shop orders:info',
      for_each: list,
      with: { order: '${{ item }}', at: '${{ index }}', by: '${{ steps.find.id }}' },
    },
  ],
});
