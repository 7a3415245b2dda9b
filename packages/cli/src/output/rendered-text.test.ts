import { expect, it } from 'vitest';
import { toRenderedText } from './rendered-text.ts';

it('a step with for_each is shown by what it sends for its first items', () => {
  const request = { method: 'GET', url: 'http://shop/orders/a', headers: {}, body: null };
  const step = { run: 'shop orders:info', depends_on: [], condition: null, body: null };
  const text = toRenderedText({
    workflow_id: 'each',
    rendered_steps: [
      {
        ...step,
        step_id: 'known',
        with: {},
        for_each: ['a', 'b'],
        items: [{ with: { order: 'a' }, body: null, request }],
      },
      { ...step, step_id: 'unknown', with: { order: '${{ item }}' }, for_each: 'steps.known.ids' },
    ],
    rendered_final_output: null,
    unresolved: [{ path: '$.steps[1].for_each', expression: 'steps.known.ids' }],
  });
  expect(text.replaceAll(/\n {4}.*\n {2}}/g, '')).toBe(
    [
      'known: shop orders:info\n  for each 2 items, of which the first 1\n  request  GET http://shop/orders/a',
      '  with     {\n\nunknown: shop orders:info\n  for each steps.known.ids\n  with     {',
      '\nKnown only when it runs:\n  $.steps[1].for_each: steps.known.ids',
    ].join('\n'),
  );
});
