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

/** Of a workflow whose step reads the input `order`. */
function violationsOfInputs(inputs: string) {
  const step = '{ id: a, run: shop orders:info, with: { order: "${{ inputs.order }}" } }';
  const text = `workflow: test\ninputs: ${inputs}\nsteps: [${step}]`;
  return validateWorkflow(parseYaml(text), { commands: createCommands() }).violations;
}

/** Of a step that reads something of the input `n`. */
function adviceOnReading(input: string, read: string) {
  return violationsOf({ input, step: `if: '${read}'` }).map(({ rule, suggestion }) => [rule, suggestion]);
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
    [
      { step: 'for_each: 5' },
      'Write the list itself, such as "${{ steps.<id>.items }}"; one of its items is "item".',
    ],
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
    [{ input: 'string' }, 'Write "n: { type: string }".'],
    [{ input: '5' }, 'Write "n: { default: { from: literal, value: 5 } }".'],
    [{ input: 'null' }, 'Write "n: {}".'],
    [{ input: '{ type: "string[]" }' }, 'Use "array".'],
    [{ input: '{ validate: ^ord }' }, `Write "validate: { pattern: '^ord' }".`],
    [{ input: '{ enum: "a, b" }' }, 'Write "enum: [a, b]".'],
    [{ input: '{ optional: "true" }' }, 'Write it without quotes: true.'],
    [{ input: "{ default: '${{ env.N }}' }" }, 'Write "default: { from: env, value: N }".'],
    [{ input: '{ default: { value: 1 } }' }, 'Write "from: literal" beside "value".'],
    [{ step: 'depends_on: [{ step: b }]' }, 'Write "b".'],
    [{ step: 'retry: { max_attempts: 2, on: 5xx }' }, 'Write "on: [5xx]".'],
    [{ step: 'if: "1 if has(inputs.n) else 2"' }, 'Write condition ? value : other.'],
    [{ step: 'retry: 3' }, 'Write "retry: { max_attempts: 3 }".'],
    [{ step: 'timeout: 5 minutes' }, 'Write "5m".'],
    [{ step: 'timeout: PT90S' }, 'Write "90s".'],
    [{ step: 'timeout: soon' }, 'Write it like 500ms, 10s, 5m or 1h30m.'],
    [{ step: 'with: [{ limit: 1 }]' }, 'Write "with: {"limit":1}".'],
    [{ step: 'depends_on: [b]' }, 'Remove it: there is no other step.'],
    [
      { step: 'run: "shop orders:list --limit 3"' },
      'Write "run: shop orders:list", and what it needs under "with".',
    ],
    [{ step: 'if: "steps[0].id == 1"' }, 'Write "steps.a.id": steps are read by their id.'],
    [{ step: 'if: n == 1' }, 'Write "inputs.n".'],
    [{ step: 'if: params.n == 1' }, 'Did you mean "inputs"?'],
    [{ step: 'if: inputs.n is not None' }, 'Write "!= null".'],
    [{ step: 'if: uppercase(inputs.n) == 1' }, 'Write upper(text).'],
    [{ step: 'if: inputs.n | lower' }, 'There are no filters. Write lower(text).'],
    [{ step: 'if: success()' }, 'Remove it: a step runs when the steps in "depends_on" have succeeded.'],
    [{ input: '{ type: string }', step: 'if: inputs.n.length > 1' }, 'Write "length(inputs.n)".'],
    [
      { top: 'final_output: ${{ steps.a.outputs.items }}' },
      'Write "steps.a.items": the output of a step is read directly.',
    ],
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

  it.each([
    ['status == "paid"', 'steps.a.status == "paid"'],
    ['!(output.items == [])', '!(steps.a.items == [])'],
    ['${{ response.status == 200 }}', '${{ responses.a.status == 200 }}'],
  ])('says how an until reads its own answer: %s', (until, written) => {
    const [violation] = violationsOf({ step: `repeat: { until: '${until}' }` });
    expect(violation?.suggestion).toBe(
      `Write "${written}": the answer of the step itself is read like that of any other.`,
    );
  });

  it('says of a long until only how the name is read', () => {
    const until = `status == "${'x'.repeat(200)}"`;
    const [violation] = violationsOf({ step: `repeat: { until: '${until}' }` });
    expect(violation?.suggestion).toBe('Write "steps.a.status" in its place: the answer of the step itself.');
  });

  it.each([
    ['stps.a.next == null', 'Did you mean "steps"?'],
    ['steps.a.next == None', 'Write null.'],
    ['n == 1', 'Write "inputs.n".'],
  ])('takes %s in an until for what it nearly is', (until, suggestion) => {
    const [violation] = violationsOf({ step: `repeat: { until: '${until}' }` });
    expect(violation?.suggestion).toBe(suggestion);
  });

  it.each([
    ['run.id == “x”', `Write straight quotes: '…' or "…".`],
    ['run.id == ‘x’', `Write straight quotes: '…' or "…".`],
    ['inputs.n ≠ 1', 'Write "!=".'],
    ['inputs.n – 1', 'Write "-", with spaces around a minus.'],
    ['$.steps.a', 'Write steps.<id>.<field> or inputs.<name>; there is no "$".'],
  ])('says how %s is typed', (condition, suggestion) => {
    const [violation] = violationsOf({ step: `if: ${JSON.stringify(condition)}` });
    expect(violation?.suggestion).toBe(suggestion);
  });

  it('points into a key that has a wrong name', () => {
    const text = [
      'workflow: test',
      'tasks:',
      '  - id: a',
      '    uses: shop orders:info',
      '    params:',
      '      order: "${{ steps.b.id }}"',
      '      colour: red',
    ].join('\n');
    const { violations } = validateWorkflow(parseYaml(text), { commands: createCommands() });
    expect(violations.map(({ rule, line }) => [rule, line])).toEqual([
      ['unknown_key', 2],
      ['unknown_key', 4],
      ['unknown_key', 5],
      ['step_template_unknown_step', 6],
      ['parameter_unknown', 7],
    ]);
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

describe('a JSON Schema under inputs', () => {
  it.each([
    [
      '{ type: object, required: [order], properties: { order: { type: string }, n: { type: integer, default: 1 } } }',
      'Write "inputs: {"order":{"type":"string"},"n":{"type":"integer","default":{"from":"literal","value":1},"optional":true}}".',
    ],
    ['{ properties: { order: { enum: [a, b] } } }', 'Write "inputs: {"order":{"enum":["a","b"]}}".'],
    [
      `{ type: object, properties: { order: { description: ${'long '.repeat(50)} } } }`,
      'Write each of its properties directly under "inputs", with "optional: true" for those that are not required.',
    ],
  ])('%s is one mistake', (inputs, suggestion) => {
    expect(violationsOfInputs(inputs)).toMatchObject([
      { path: '$.inputs', rule: 'schema', line: 2, column: 1, suggestion },
    ]);
  });

  it('is not what an input with the name of a keyword is', () => {
    expect(violationsOfInputs('{ properties: { type: string }, order: {} }')).toEqual([]);
    const rules = violationsOfInputs('{ properties: { default: { from: no } }, order: {} }').map(
      ({ path }) => path,
    );
    expect(rules).toEqual(['$.inputs.properties.default.from']);
  });
});

describe('a reference in the words of another language', () => {
  it.each([
    ['inputs.n', '${{ inputs.n }}'],
    ['$.inputs.n', '${{ inputs.n }}'],
    ['$inputs.n', '${{ inputs.n }}'],
    ['{inputs.n}', '${{ inputs.n }}'],
    ['{% inputs.n %}', '${{ inputs.n }}'],
    ['$(inputs.n)', '${{ inputs.n }}'],
    ['$steps.a.outputs.items[0].id', '${{ steps.a.items[0].id }}'],
    ['order ${inputs.n} of ${ steps.a.next }', 'order ${{ inputs.n }} of ${{ steps.a.next }}'],
  ])('%j is plain text, which nobody means', (text, meant) => {
    const violations = violationsOf({ step: `run: shop orders:info, with: { order: '${text}' }` });
    expect(violations).toMatchObject([{ rule: 'template_syntax', suggestion: `Write "${meant}".` }]);
  });

  it.each([
    'inputs',
    'inputs.other',
    '$.items[0].id',
    'see inputs.n for more',
    '${HOME}',
    '$${{ inputs.n }}',
  ])('%j names no input and no step, and is the text that it is', (text) => {
    expect(violationsOf({ step: `run: shop orders:info, with: { order: '${text}' }` })).toEqual([]);
  });
});

describe('one mistake is one violation', () => {
  it.each([
    ['uses: shop orders:list', '$.steps[0].uses'],
    ['tool: shop orders:info, input: { order: x }, id2: 1', '$.steps[0].tool'],
    ['run: shop orders:info, args: { order: x }', '$.steps[0].args'],
    ['run: shop orders:info, with: { ordr: x }', '$.steps[0].with.ordr'],
    ['run: shop orders:info, with: [1]', '$.steps[0].with'],
  ])('%s', (step, path) => {
    const text = `workflow: test\nsteps: [{ id: a, ${step} }]`;
    const { violations } = validateWorkflow(parseYaml(text), { commands: createCommands() });
    expect(violations[0]?.path).toBe(path);
    expect(violations.filter(({ message }) => /is required|needs the parameter/.test(message))).toEqual([]);
  });

  it('of inputs that are no map: those that are read may all be there', () => {
    const text = `workflow: test
inputs: [{ name: n, type: string, required: false }]
steps: [{ id: a, run: shop orders:info, with: { order: '\${{ inputs.n }}' } }]`;
    const { violations } = validateWorkflow(parseYaml(text), { commands: createCommands() });
    expect(violations.map(({ suggestion }) => suggestion)).toEqual([
      'Write "inputs: {"n":{"type":"string","optional":true}}".',
    ]);
  });

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

describe('a loop over what is no list', () => {
  it.each(['steps.a', '${{ steps.a }}'])('%j is told where the list is', (list) => {
    const text = `workflow: test
steps:
  - { id: a, run: shop orders:list }
  - { id: b, run: shop orders:info, for_each: '${list}', with: { order: '\${{ item }}' } }`;
    const { violations } = validateWorkflow(parseYaml(text), { commands: createCommands() });
    expect(violations.map((violation) => [violation.rule, violation.suggestion])).toEqual([
      ['for_each_not_a_list', 'Write "${{ steps.a.items }}".'],
    ]);
  });

  it('is found by nobody where the description does not tell', () => {
    const text = `workflow: test
inputs: { n: { type: array } }
steps:
  - { id: a, run: shop orders:list }
  - { id: b, run: shop orders:info, for_each: steps.a.items, with: { order: '\${{ item.id }}' } }
  - { id: c, run: shop orders:info, for_each: inputs.n, with: { order: '\${{ item }}' } }`;
    const { violations } = validateWorkflow(parseYaml(text), { commands: createCommands() });
    expect(violations).toEqual([]);
  });
});

describe('a document of another kind', () => {
  it.each([
    [
      '- { id: a, run: shop orders:list }',
      'Begin with "workflow: <id>", then "steps:", with what is there under it.',
    ],
    ['look an order up', 'Begin with "workflow: <id>", then "steps:".'],
  ])('%j is told how to begin', (text, suggestion) => {
    const { violations } = validateWorkflow(parseYaml(text), { commands: createCommands() });
    expect(violations).toMatchObject([{ path: '$', suggestion }]);
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

describe('a path inside an input', () => {
  it.each([
    ['{ type: string }', 'inputs.n.length > 1', 'Write "length(inputs.n)".'],
    ['{ type: date }', 'inputs.n.year == 2026', 'Read "inputs.n".'],
  ])('of %s is a mistake: %s', (input, read, suggestion) => {
    expect(adviceOnReading(input, read)).toEqual([['input_path_missing', suggestion]]);
  });

  it.each([
    ['{}', 'inputs.n.a == 1'],
    ['{ type: object }', 'inputs.n.a == 1'],
    ['{ type: array }', 'inputs.n[0] == 1'],
    ['{ type: string, mode: multiple }', 'inputs.n[0] == "a"'],
    ['{ type: string }', 'has(inputs.n.a)'],
  ])('of %s may be there: %s', (input, read) => {
    expect(adviceOnReading(input, read)).toEqual([]);
  });
});
