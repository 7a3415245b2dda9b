import { describe, expect, it } from 'vitest';
import { parseYaml } from '../../test/parse-document.ts';
import { createCommands } from '../../test/shop-commands.ts';
import { validateWorkflow } from './validate-workflow.ts';

interface Parts {
  readonly name?: string;
  readonly input?: string;
  readonly step?: string;
  readonly top?: string;
}

/** Of a workflow with an input `n`, and a step `a` that lists orders unless `step` runs something else. */
function violationsOf(parts: Parts) {
  const { name = 'test', input = '{}', step = 'if: has(inputs.n)', top = '' } = parts;
  const run = step.includes('run:') ? '' : 'run: shop orders:list, ';
  const text = `workflow: ${name}\n${top}\ninputs: { n: ${input} }\nsteps: [{ id: a, ${run}${step} }]`;
  return validateWorkflow(parseYaml(text), { commands: createCommands() }).violations;
}

describe('advice on a mistake', () => {
  it.each([
    [{ input: '{ type: str }' }, 'Use "string".'],
    [{ input: '{ type: Int }' }, 'Use "integer".'],
    [{ input: '{ type: bolean }' }, 'Did you mean "boolean"?'],
    [{ input: '{ mode: multi }' }, undefined],
    [{ input: '{ default: { from: litteral, value: 1 } }' }, 'Did you mean "literal"?'],
    [{ input: '{ default: [a] }' }, 'Write "default: { from: literal, value: … }".'],
    [{ step: 'on_failure: ignore' }, 'Use "continue".'],
    [{ step: 'retry: { max_attempts: 2, on: [5XX] }' }, 'Did you mean "5xx"?'],
    [{ step: 'retry: { max_attempts: 2, on: ["429"] }' }, 'Write it without quotes: 429.'],
    [{ step: 'timeout: true' }, undefined],
    [{ step: 'for_each: 5' }, undefined],
    [{ step: 'run: null' }, 'Give it a value.'],
    [{ step: 'depends_on: [null]' }, 'Remove it, or give it a value.'],
    [{ step: 'run: workflow shipp' }, 'Did you mean "workflow ship"?'],
    [{ step: 'run: workflow orders' }, 'Save that workflow first.'],
    [{ name: 'ship', step: 'run: workflow shipp' }, 'Save that workflow first.'],
    [{ input: '{ example: { id: 1 } }' }, `Write "example: '{"id":1}'".`],
    [{ step: 'run: shop orders:info' }, 'Give it under "with": order.'],
    [{ step: 'run: shop orders:info, with: { order: "{{ inputs.n }}" }' }, 'Write "${{ inputs.n }}".'],
    [
      { step: 'run: shop orders:info, with: { order: "a ${{ inputs.n }} {{ inputs.n }}" }' },
      'Write "a ${{ inputs.n }} ${{ inputs.n }}".',
    ],
    [
      { top: 'final_output: ${{ steps.a.records }}' },
      'Read "items" or "next" instead; if the answer has it all the same, declare "records" in "output_contract".',
    ],
    [{ input: '{ provider: shop orders:info }' }, 'Give it under "provider_args": order.'],
  ])('in %j is: %s', (parts, suggestion) => {
    expect(violationsOf(parts).map((violation) => violation.suggestion)).toEqual([suggestion]);
  });

  it.each([
    ['order', 'order'],
    ['order_id', 'order_id'],
    ['the_order', 'the_order'],
    ['ordr', 'ordr'],
  ])('fills a missing parameter from the input %s', (input, read) => {
    const text = `workflow: test\ninputs: { ${input}: {} }\nsteps: [{ id: a, run: shop orders:info }]`;
    const { violations } = validateWorkflow(parseYaml(text), { commands: createCommands() });
    expect(violations.map(({ suggestion }) => suggestion)).toEqual([
      `Write "order: '\${{ inputs.${read} }}'" under "with".`,
    ]);
  });

  it('says where parameters belong that stand under a word for them', () => {
    const violations = violationsOf({ step: 'run: shop orders:info, with: { flags: { order: 1 } }' });
    expect(violations.map(({ suggestion }) => suggestion)).toContain(
      'Remove "flags" and put what it holds directly under "with".',
    );
  });

  it('names the key of a duration', () => {
    const [violation] = violationsOf({ step: 'timeout: soon' });
    expect(violation?.message).toBe('"timeout" is "soon", which is no duration.');
  });

  it('quotes a path inside a value as it was written', () => {
    const [violation] = violationsOf({
      input: '{ provider: shop orders:list, select: { value_field: "x.." } }',
    });
    expect(violation?.message).toBe('"x.." is no path such as data.items[0].id.');
  });
});

describe('one mistake is one violation', () => {
  it.each(['null', '5', '{ type: str }', '{ default: 3 }'])(
    'an input that is %s can be read all the same',
    (input) => {
      expect(violationsOf({ input })).toHaveLength(1);
    },
  );

  it('of a manifest that is empty', () => {
    const { violations } = validateWorkflow(parseYaml('# nothing yet'), { commands: createCommands() });
    expect(violations).toMatchObject([{ path: '$', rule: 'schema', message: 'The manifest is empty.' }]);
  });
});

describe('null', () => {
  it('stands for an unset key, maps and lists included', () => {
    expect(
      violationsOf({
        top: 'requires: null\nmax_parallel: null\nfinal_output: null',
        input: '{ enum: null, provider_args: null, depends_on: null, validate: null }',
        step: 'with: null, depends_on: null, output_contract: { fields: [{ name: x, tags: null }] }, if: has(inputs.n)',
      }),
    ).toEqual([]);
    const text = 'workflow: test\ninputs:\nsteps: [{ id: a, run: shop orders:list }]';
    expect(validateWorkflow(parseYaml(text), { commands: createCommands() }).violations).toEqual([]);
  });
});
