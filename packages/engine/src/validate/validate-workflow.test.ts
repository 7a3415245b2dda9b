import { describe, expect, it } from 'vitest';
import { parseYaml } from '../../test/parse-document.ts';
import { createCommands } from '../../test/shop-commands.ts';
import type { SavedWorkflows } from './scene.ts';
import { validateWorkflow } from './validate-workflow.ts';
import type { ValidationContext } from './validate-workflow.ts';

const commands = createCommands();

function validate(text: string, context: Partial<ValidationContext> = {}) {
  return validateWorkflow(parseYaml(text), { commands, ...context });
}

/** `[path, rule]` of each violation. */
function violationsOf(text: string, context: Partial<ValidationContext> = {}) {
  return validate(text, context).violations.map(({ path, rule }) => [path, rule]);
}

/** `[path, rule]` of each warning, without those about the general care that changes deserve. */
function warningsOf(text: string, context: Partial<ValidationContext> = {}) {
  const general = ['workflow_mutation_before_preflight', 'mutating_step_missing_guard'];
  return validate(text, context)
    .warnings.filter(({ rule }) => !general.includes(rule))
    .map(({ path, rule }) => [path, rule]);
}

/** A workflow of steps. */
function steps(text: string, rest = ''): string {
  return `workflow: test\n${rest}\nsteps:\n${text.replaceAll(/^/gm, '  ')}`;
}

/** A step `{ id: a, run: shop orders:list, … }` and what comes before the steps. */
function oneStep(more: string, rest = ''): string {
  return steps(`- id: a\n  run: shop orders:list\n${more.replaceAll(/^/gm, '  ')}`, rest);
}

const orders = '- { id: list, run: shop orders:list }\n';

describe('validateWorkflow', () => {
  it('gives the workflow when nothing is wrong', () => {
    const { workflow, violations, warnings } = validate(`
workflow: fulfil
title: Fulfil an order
requires: { catalogs: [{ vendor: shop, title: shop api }] }
inputs:
  order_id: { type: string, provider: shop orders:list, select: { value_field: id, display_field: status } }
max_parallel: 2
timeout: 10m
steps:
  - { id: order, run: shop orders:info, with: { order: '\${{ inputs.order_id }}' } }
  - id: each
    run: shop orders:create
    depends_on: [order]
    if: \${{ steps.order.status == "open" && length(steps.order.items) > 0 }}
    for_each: steps.order.items
    concurrency: 2
    with: { customer: '\${{ steps.order.customer.id }}', items: ['\${{ item }}'] }
    repeat: { until: 'steps.each.status == "paid"', every: 2s, timeout: 1m }
    retry: { max_attempts: 3, on: [429, 5xx, network] }
  - { id: ship, run: workflow ship, depends_on: [each], with: { order_id: '\${{ steps.each[0].id }}' } }
final_output: { ids: '\${{ map(steps.each ?? [], o, o.id) }}', run: '\${{ run.id }}' }
`);
    expect(violations).toEqual([]);
    expect(warnings.map(({ rule }) => rule)).toEqual(['depends_on_conditional_step']);
    expect(workflow?.steps.map(({ id }) => id)).toEqual(['order', 'each', 'ship']);
  });

  it('takes every field of the earlier oatty, unset ones as null', () => {
    const { violations } = validate(`
workflow: earlier
title: null
description: null
requires: { catalogs: [{ vendor: SHOP, title: null, source: null, source_type: null, version: null }] }
inputs:
  order:
    description: Which one
    name: Order
    type: string
    provider: { id: shop orders:list, field: id }
    select: { value_field: id, display_field: null, id_field: null }
    mode: single
    cache_ttl_sec: 60
    on_error: manual
    default: { from: literal, value: ord_1 }
    provider_args: {}
    depends_on: {}
    join: null
    optional: false
    validate: { required: false, enum: [], pattern: null, min_length: null, max_length: null }
    placeholder: null
    hint: null
    example: null
    enum: []
steps:
  - id: look
    run: shop orders:info
    description: null
    depends_on: []
    with: { order: '\${{ inputs.order }}' }
    body: null
    when: inputs.order != ''
    repeat: { until: 'steps.look.output.status == "paid"', every: 2s, timeout: null, max_attempts: 3 }
    output_contract: { fields: [{ name: id, tags: [identifier], description: null, type: string }] }
  - { id: list, run: shop orders:list, if: null, repeat: null, output_contract: null, depends_on: [look] }
final_output: null
`);
    expect(violations).toEqual([]);
  });

  it('reports everything at once, in the order of the text', () => {
    const { violations } = validate(`workflow: test
titel: typo
inputs:
  n: { type: integr, default: 3 }
steps:
  - id: a
    run: shop orders:lst
    with: { x: '\${{ inputs.m }}' }
  - id: a
    run: shop orders:list
    condition: true
    with: { limit: ten, stat: open }
    timeout: soon
`);
    expect(violations.map(({ line, rule }) => [line, rule])).toEqual([
      [2, 'unknown_key'],
      [4, 'schema'],
      [4, 'schema'],
      [7, 'WORKFLOW_STEP_COMMAND_NOT_FOUND'],
      [8, 'unknown_input'],
      [9, 'duplicate_step_id'],
      [11, 'unknown_key'],
      [12, 'parameter_type'],
      [12, 'parameter_unknown'],
      [13, 'duration_invalid'],
    ]);
  });

  it('reads a long chain of steps', () => {
    const many = Array.from(
      { length: 1_000 },
      (
        _,
        index,
      ) => `- { id: s${index}, run: shop orders:info, depends_on: [${index > 0 ? `s${index - 1}` : ''}],
  with: { order: '\${{ steps.s${Math.max(0, index - 1)}.id }}' } }`,
    );
    expect(violationsOf(steps(many.join('\n')))).toEqual([['$.steps[0].with.order', 'step_cycle']]);
  });
});

describe('the place of a violation', () => {
  it('is the key for an unknown key and the value for a wrong value', () => {
    const [key, value] = validate('workflow: test\nsteps:\n  - id: a\n    runs: x\n    run: 5\n').violations;
    expect([key?.line, key?.column]).toEqual([4, 5]);
    expect([value?.line, value?.column]).toEqual([5, 10]);
  });

  it('is the nearest thing around for what is missing', () => {
    const [missing] = validate('workflow: test\nsteps:\n  - id: a\n').violations;
    expect(missing).toMatchObject({ path: '$.steps[0].run', line: 3, column: 5 });
  });

  it('is inside a quoted template where the expression is wrong', () => {
    const [bad] = validate(oneStep("with: { limit: '${{ 1 +* 2 }}' }")).violations;
    const column = "    with: { limit: '${{ 1 +".length + 1;
    expect(bad).toMatchObject({ rule: 'expression_invalid', line: 6, column });
  });

  it('is absent when the document cannot tell', () => {
    const document = { value: { workflow: 'x' }, locate: () => undefined };
    const [violation] = validateWorkflow(document, { commands }).violations;
    expect(violation).toEqual({
      path: '$.steps',
      rule: 'schema',
      message: '"steps" is required.',
      expected: 'array',
      suggestion: 'Write "steps:" with a list: each step begins with "- id: …".',
    });
  });
});

describe('shape', () => {
  it.each([
    ['null', [['$', 'schema']]],
    ['[]', [['$', 'schema']]],
    ['just text', [['$', 'schema']]],
    ['workflow: test', [['$.steps', 'schema']]],
    ['workflow: test\nsteps: []', [['$.steps', 'schema']]],
    ['workflow: test\nsteps: {}', [['$.steps', 'schema']]],
    ['workflow: a b\nsteps: [{ id: a, run: shop orders:list }]', [['$.workflow', 'schema']]],
    ['workflow: test\nsteps: [nothing]', [['$.steps[0]', 'schema']]],
    ['workflow: test\nsteps: [{ id: a b, run: shop orders:list }]', [['$.steps[0].id', 'schema']]],
  ])('%j is refused', (text, expected) => {
    expect(violationsOf(text)).toEqual(expected);
  });

  it.each([
    ['with: [1]', 'with'],
    ['depends_on: list', 'depends_on'],
    ['if: [1]', 'if'],
    ['for_each: 3', 'for_each'],
    ['concurrency: 0', 'concurrency'],
    ['retry: { max_attempts: 0 }', 'retry.max_attempts'],
    ['retry: { max_attempts: 2, on: [1000] }', 'retry.on[0]'],
    ['on_failure: stop', 'on_failure'],
    ['output_contract: { fields: [{ type: string }] }', 'output_contract.fields[0].name'],
  ])('%s is refused at its own place', (more, path) => {
    expect(violationsOf(oneStep(more))).toEqual([[`$.steps[0].${path}`, 'schema']]);
  });

  it('says what was expected and what is there', () => {
    const [violation] = validate(oneStep('retry: { max_attempts: many }')).violations;
    expect(violation).toMatchObject({ expected: 'number', actual: 'string' });
    const [choice] = validate(oneStep('on_failure: stop')).violations;
    expect(choice).toMatchObject({ expected: ['fail', 'continue'], actual: 'stop' });
  });

  it('takes null for an unset key, and true and false as conditions', () => {
    expect(violationsOf(oneStep('if: true\nwhen: null\nretry: null\ntimeout: null\nbody: null'))).toEqual([]);
  });

  it('refuses both names of the condition', () => {
    expect(violationsOf(oneStep('if: "true"\nwhen: "true"'))).toEqual([['$.steps[0].when', 'if_and_when']]);
  });

  it('explains a default that is a bare value', () => {
    const [violation] = validate(oneStep('if: inputs.n', 'inputs: { n: { default: 3 } }')).violations;
    expect(violation).toMatchObject({
      path: '$.inputs.n.default',
      suggestion: 'Write "default: { from: literal, value: 3 }".',
    });
    expect(violationsOf(oneStep('if: inputs.n', 'inputs: { n: { default: { value: 3 } } }'))).toEqual([
      ['$.inputs.n.default.from', 'schema'],
    ]);
  });

  it.each([
    ['condition: "true"', 'Use "if".'],
    ['flags: {}', 'Use "with": it holds the parameters of the command by name.'],
    ['positional_args: []', 'Use "with": it holds the parameters of the command by name.'],
    ['needs: []', 'Use "depends_on" with a list of step ids.'],
    ['foreach: "[1]"', 'Use "for_each".'],
    ['retries: 3', 'Write "retry: { max_attempts: 4 }": it counts the first attempt too.'],
    ['uses: shop orders:list', 'Use "run" with the id of a command: "<vendor> <command>".'],
    ['wiht: {}', 'Did you mean "with"?'],
    ['zzz: 1', expect.stringMatching(/^Remove it\. There are: id, run, /)],
  ])('advises on the key of "%s"', (more, suggestion) => {
    const [violation] = validate(oneStep(more)).violations;
    expect(violation?.rule).toBe('unknown_key');
    expect(violation?.suggestion).toEqual(suggestion);
  });

  it('advises on keys in every part of the manifest', () => {
    const { violations } = validate(
      oneStep(
        'if: inputs.n\nrepeat: { until: "true", interval: 1s }\nretry: { max_attempts: 2, max_atempts: 3 }',
        `parallel: 3
queue: { name: x, dedup: x, rate: { limit: 1, per: 1s, max: 2 } }
priority: 2
inputs: { n: { required: true, hints: x, validate: { regex: x }, select: { value: x }, provider_args: { a: { from_input: m, pth: x } } }, m: {} }
requires: { catalogs: [{ vendor: shop, tittle: x }] }`,
      ),
    );
    expect(violations.map(({ path, suggestion }) => [path, suggestion])).toEqual([
      ['$.parallel', 'Use "max_parallel".'],
      ['$.queue.dedup', 'Use "dedup_key".'],
      ['$.queue.rate.max', 'Use "limit".'],
      ['$.priority', 'Put it under "queue".'],
      ['$.inputs.n.required', 'Remove it: inputs are required unless they say "optional: true".'],
      ['$.inputs.n.hints', 'Use "hint".'],
      ['$.inputs.n.validate.regex', 'Use "pattern".'],
      ['$.inputs.n.select.value', 'Use "value_field".'],
      ['$.inputs.n.provider_args.a.pth', 'Did you mean "path"?'],
      ['$.requires.catalogs[0]', 'Import the catalog of "shop".'],
      ['$.requires.catalogs[0].tittle', 'Did you mean "title"?'],
      ['$.steps[0].repeat.interval', 'Use "every".'],
      ['$.steps[0].retry.max_atempts', 'Did you mean "max_attempts"?'],
    ]);
  });

  it('says what is wrong with a queue, and where', () => {
    const key = '${{ inputs.pin }}${{ inputs.m }}${{ steps.a }}${{ run.id }}${{ env.HOME }}${{ secrets.X }}';
    const { violations } = validate(
      oneStep(
        '',
        `queue: { name: two words, concurrency: 0, priority: 1001, rate: { limit: 1, per: 0s }, dedup_key: '${key}' }
inputs: { pin: { secret: true } }`,
      ),
    );
    expect(violations.map(({ path, rule, line }) => [path, rule, line])).toEqual([
      ['$.queue.name', 'schema', 2],
      ['$.queue.concurrency', 'schema', 2],
      ['$.queue.priority', 'schema', 2],
      ['$.queue.rate.per', 'duration_invalid', 2],
      ['$.queue.dedup_key', 'secret_not_allowed', 2],
      ['$.queue.dedup_key', 'unknown_input', 2],
      ['$.queue.dedup_key', 'reference_not_available', 2],
      ['$.queue.dedup_key', 'reference_not_available', 2],
      ['$.queue.dedup_key', 'reference_not_available', 2],
      ['$.queue.dedup_key', 'reference_not_available', 2],
    ]);
    expect(
      validate(oneStep('', "queue: { name: q, dedup_key: '{{ inputs.m }}' }\ninputs: { m: {} }")).violations,
    ).toMatchObject([{ path: '$.queue.dedup_key', rule: 'template_syntax' }]);
    expect(validate(oneStep('', 'queue: { concurrency: 2, rate: { limit: 2 } }')).violations).toMatchObject([
      { path: '$.queue.name' },
      { path: '$.queue.rate.per' },
    ]);
  });

  it('knows what an input that is not required is called', () => {
    const { violations } = validate(oneStep('if: has(inputs.n)', 'inputs: { n: { required: false } }'));
    expect(violations.map(({ path, suggestion }) => [path, suggestion])).toEqual([
      ['$.inputs.n.required', 'Write "optional: true".'],
    ]);
  });

  it('checks the rest of a step that has a mistake', () => {
    expect(violationsOf(oneStep('retries: 2\nwith: { limit: ten }\ndepends_on: [nobody]'))).toEqual([
      ['$.steps[0].retries', 'unknown_key'],
      ['$.steps[0].with.limit', 'parameter_type'],
      ['$.steps[0].depends_on[0]', 'unknown_dependency'],
    ]);
  });

  it('refuses names that reach into objects', () => {
    const text = `{"workflow": "test", "inputs": {"__proto__": {}, "constructor": {"optional": true}},
      "steps": [{"id": "__proto__", "run": "shop orders:list", "with": {"__proto__": 1}}]}`;
    const document = { value: JSON.parse(text) as unknown, locate: () => undefined };
    const { violations } = validateWorkflow(document, { commands });
    expect(violations.map(({ path, rule }) => [path, rule])).toEqual([
      ['$.inputs.__proto__', 'name_not_allowed'],
      ['$.inputs.constructor', 'name_not_allowed'],
      ['$.steps[0].with.__proto__', 'name_not_allowed'],
      ['$.steps[0].id', 'name_not_allowed'],
    ]);
  });

  it('refuses what JSON cannot carry', () => {
    expect(violationsOf(oneStep('with: { limit: .inf }'))).toEqual([['$.steps[0].with.limit', 'schema']]);
  });

  it.each([
    ['maxSteps', '$.steps', steps('- { id: a, run: shop orders:list }\n- { id: b, run: shop orders:list }')],
    ['maxInputs', '$.inputs', oneStep('', 'inputs: { a: {}, b: {} }')],
    ['maxDepth', '$.steps[0]', oneStep('')],
    ['maxValues', '$', oneStep('')],
    ['maxTextLength', '$.workflow', oneStep('')],
  ])('%s stops a manifest that is too large', (limit, path, text) => {
    expect(violationsOf(text, { limits: { [limit]: 1 } })[0]).toEqual([path, 'limit_exceeded']);
  });
});

const requiring = (catalog: string) => oneStep('', `requires: { catalogs: [${catalog}] }`);

describe('requirements', () => {
  it.each(['{ vendor: shop }', '{ vendor: " SHOP " }', '{ vendor: shop, title: shop API, version: "9" }'])(
    '%s is there',
    (catalog) => {
      expect(violationsOf(requiring(catalog))).toEqual([]);
    },
  );

  it('a catalog that is missing or has another title is a violation', () => {
    expect(violationsOf(requiring('{ vendor: shop, title: Other }, { vendor: "" }'))).toEqual([
      ['$.requires.catalogs[0]', 'catalog_requirement'],
      ['$.requires.catalogs[1]', 'catalog_requirement'],
    ]);
  });

  it('says what to import', () => {
    const text = requiring('{ vendor: x, source: https://x.test/api.yaml, source_type: url, version: "2" }');
    expect(validate(text).violations[0]?.suggestion).toBe(
      'Import version 2 of it from the url https://x.test/api.yaml with the vendor "x".',
    );
  });

  it('another version of a catalog is a warning that says which one is there', () => {
    expect(validate(requiring('{ vendor: shop, version: "1.4" }')).warnings).toEqual([]);
    expect(validate(requiring('{ vendor: shop, version: "2.0" }')).warnings).toMatchObject([
      { path: '$.requires.catalogs[0].version', rule: 'catalog_version', expected: '2.0', actual: '1.4' },
    ]);
  });

  it('a disabled catalog is a violation', () => {
    expect(violationsOf(requiring('{ vendor: old }'))).toEqual([
      ['$.requires.catalogs[0]', 'catalog_disabled'],
    ]);
  });
});

const running = (run: string, more = '') => steps(`- { id: a, run: "${run}"${more} }`);

describe('commands of steps', () => {
  it.each([
    ['shop', 'WORKFLOW_STEP_RUN_INVALID'],
    ['shop  orders:list', 'WORKFLOW_STEP_RUN_INVALID'],
    ['shop ${{ inputs.x }}', 'WORKFLOW_STEP_RUN_INVALID'],
    ['shop orders:lisst', 'WORKFLOW_STEP_COMMAND_NOT_FOUND'],
    ['workflow shipp', 'WORKFLOW_STEP_COMMAND_NOT_FOUND'],
    ['old things:list', 'catalog_disabled'],
  ])('"%s" cannot be run', (run, rule) => {
    expect(violationsOf(running(run))).toEqual([['$.steps[0].run', rule]]);
  });

  it('offers the nearest ids', () => {
    expect(validate(running('shop orders:lisst')).violations[0]?.suggestion).toContain('"shop orders:list"');
    expect(validate(running('workflow shipp')).violations[0]?.suggestion).toContain('"workflow ship"');
  });

  it('warns about a deprecated command', () => {
    expect(warningsOf(running('old things:list'))).toEqual([['$.steps[0].run', 'command_deprecated']]);
  });

  it.each([
    ['shop orders:info', '', [['with.order', 'parameter_missing']]],
    ['shop orders:info', 'with: { order: 42 }', [['with.order', 'parameter_type']]],
    ['shop orders:info', 'with: { order: x }, body: {}', [['body', 'body_not_accepted']]],
    ['shop orders:list', 'with: { status: opne }', [['with.status', 'parameter_value']]],
    [
      'shop orders:list',
      'with: { limit: 101, code: x }',
      [
        ['with.limit', 'parameter_value'],
        ['with.code', 'parameter_value'],
      ],
    ],
    [
      'shop orders:create',
      'body: { customer: c, items: [{ sku: 1, colour: red }] }',
      [
        ['body.items[0].sku', 'body_type'],
        ['body.items[0].colour', 'body_value'],
      ],
    ],
    ['shop orders:create', 'body: { customer: c }', [['body', 'body_value']]],
    [
      'shop orders:create',
      'with: { customer: c }, body: { customer: c, items: [] }',
      [['body', 'body_conflict']],
    ],
    ['shop files:create', '', [['body', 'body_missing']]],
    [
      'workflow ship',
      'with: { order: x }',
      [
        ['with.order', 'parameter_unknown'],
        ['with.order_id', 'parameter_missing'],
      ],
    ],
  ])('%s with %s is refused', (run, more, expected) => {
    const found = violationsOf(running(run, more === '' ? '' : `, ${more}`));
    expect(found).toHaveLength(expected.length);
    expect(found).toEqual(
      expect.arrayContaining(expected.map(([path, rule]) => [`$.steps[0].${path}`, rule])),
    );
  });

  it('leaves templates to the run', () => {
    const text = steps(
      `${orders}- { id: a, run: shop orders:create, with: { customer: '\${{ run.id }}', items: '\${{ steps.list.items }}' } }`,
    );
    expect(violationsOf(text)).toEqual([]);
  });

  it('warns where a template inside text meets a parameter that is no text', () => {
    expect(warningsOf(oneStep(`with: { limit: '"\${{ 1 + 1 }}"', code: 'c_\${{ 2 }}' }`))).toEqual([
      ['$.steps[0].with.limit', 'template_expression_quoted_non_string_input'],
    ]);
  });
});

describe('order', () => {
  it('names unknown steps, and what was probably meant', () => {
    const { violations } = validate(steps(`${orders}- { id: b, run: shop orders:list, depends_on: [lst] }`));
    expect(violations).toMatchObject([
      { path: '$.steps[1].depends_on[0]', rule: 'unknown_dependency', suggestion: 'Did you mean "list"?' },
    ]);
  });

  it('never suggests that a step depends on itself', () => {
    const { violations } = validate(steps('- { id: lst2, run: shop orders:list, depends_on: [lst] }'));
    expect(violations).toMatchObject([{ rule: 'unknown_dependency', expected: [] }]);
    expect(violations[0]?.suggestion).toBe('Remove it: there is no other step.');
  });

  it('names all steps of a cycle', () => {
    const { violations } = validate(
      steps(`- { id: a, run: shop orders:list, depends_on: [c] }
- { id: b, run: shop orders:list, depends_on: [a] }
- { id: c, run: shop orders:list, depends_on: [b] }
- { id: d, run: shop orders:list, depends_on: [c] }`),
    );
    expect(violations).toMatchObject([
      { path: '$.steps[0].depends_on', rule: 'step_cycle', actual: ['a', 'b', 'c'] },
    ]);
  });

  it('counts references as order', () => {
    const { violations } = validate(
      steps(`- { id: a, run: shop orders:info, with: { order: '\${{ steps.b.id }}' } }
- { id: b, run: shop orders:info, with: { order: x }, if: steps.a.id != null }`),
    );
    expect(violations).toMatchObject([{ path: '$.steps[0]', rule: 'step_cycle', actual: ['a', 'b'] }]);
  });

  it('lets only "until" read the step itself', () => {
    expect(violationsOf(oneStep("repeat: { until: 'steps.a.next == null' }"))).toEqual([]);
    expect(violationsOf(oneStep("if: 'steps.a.next == null'"))).toEqual([['$.steps[0].if', 'step_cycle']]);
    expect(violationsOf(oneStep('depends_on: [a]'))).toEqual([['$.steps[0].depends_on[0]', 'step_cycle']]);
  });

  it('lets a step read one that is declared later', () => {
    expect(
      violationsOf(
        steps(`- { id: a, run: shop orders:info, with: { order: '\${{ steps.b.items[0].id }}' } }
- { id: b, run: shop orders:list }`),
      ),
    ).toEqual([]);
  });

  it('refuses a workflow that runs itself, directly or through others', () => {
    const calls: Readonly<Record<string, readonly string[]>> = { ship: ['pack'], pack: ['label', 'test'] };
    const workflows: SavedWorkflows = {
      has: (id) => Object.hasOwn(calls, id),
      callsOf: (id) => calls[id] ?? [],
    };
    const through = validate(steps('- { id: a, run: workflow ship, with: { order_id: x } }'), { workflows });
    expect(through.violations).toMatchObject([{ path: '$.steps[0].run', rule: 'workflow_recursion' }]);
    expect(through.violations[0]?.message).toContain('test → ship → pack → test');
    expect(violationsOf(steps('- { id: a, run: workflow test }'))).toEqual([
      ['$.steps[0].run', 'workflow_recursion'],
    ]);
  });
});

describe('timings', () => {
  it.each([
    ['timeout: 5 minutes', 'timeout', 'duration_invalid'],
    ['timeout: 0', 'timeout', 'duration_invalid'],
    ['repeat: { until: "true", every: 1w }', 'repeat.every', 'duration_invalid'],
    ['repeat: { until: "true", timeout: 0s }', 'repeat.timeout', 'duration_invalid'],
    ['retry: { max_attempts: 2, delay: -1 }', 'retry.delay', 'duration_invalid'],
    ['retry: { max_attempts: 2, max_delay: x }', 'retry.max_delay', 'duration_invalid'],
    ['retry: { max_attempts: 2, on: [nework] }', 'retry.on[0]', 'retry_on_invalid'],
    ['retry: { max_attempts: 2, on: ["429"] }', 'retry.on[0]', 'retry_on_invalid'],
  ])('%s is refused', (more, path, rule) => {
    expect(violationsOf(oneStep(more))).toEqual([[`$.steps[0].${path}`, rule]]);
  });

  it('the timeout of the workflow is checked too', () => {
    expect(violationsOf(oneStep('', 'timeout: soon'))).toEqual([['$.timeout', 'duration_invalid']]);
  });
});

describe('settings', () => {
  it('warns about keys that change nothing', () => {
    expect(warningsOf(oneStep('concurrency: 3\nrepeat: { every: 1s }'))).toEqual([
      ['$.steps[0].concurrency', 'setting_without_effect'],
      ['$.steps[0].repeat', 'setting_without_effect'],
    ]);
    const inputs = 'inputs: { n: { select: { value_field: id }, on_error: fail, join: { separator: "," } } }';
    expect(warningsOf(oneStep('if: inputs.n', inputs))).toEqual([
      ['$.inputs.n.select', 'setting_without_effect'],
      ['$.inputs.n.on_error', 'setting_without_effect'],
      ['$.inputs.n.join', 'setting_without_effect'],
    ]);
  });

  it('warns about inputs that nothing reads', () => {
    expect(warningsOf(oneStep('if: inputs.a', 'inputs: { a: {}, b: {} }'))).toEqual([
      ['$.inputs.b', 'unused_input'],
    ]);
    expect(warningsOf(oneStep('if: has(inputs)', 'inputs: { a: {}, b: {} }'))).toEqual([]);
  });

  it('warns about a history of a secret', () => {
    const inputs = 'inputs: { key: { secret: true, default: { from: history } } }';
    expect(warningsOf(oneStep("with: { code: '${{ inputs.key }}' }", inputs))).toEqual([
      ['$.inputs.key.default', 'setting_without_effect'],
    ]);
  });

  it('warns about a secret in clear', () => {
    const inputs = 'inputs: { key: { secret: true, default: { from: literal, value: abc } } }';
    expect(warningsOf(oneStep("with: { code: '${{ inputs.key }}' }", inputs))).toEqual([
      ['$.inputs.key.default.value', 'secret_in_manifest'],
    ]);
  });
});

describe('changes', () => {
  it('warns about a change that nothing prepares or guards', () => {
    const { warnings } = validate(
      steps('- { id: a, run: shop orders:create, with: { customer: c, items: [] } }'),
    );
    expect(warnings.map(({ path, rule }) => [path, rule])).toEqual([
      ['$.steps[0]', 'workflow_mutation_before_preflight'],
      ['$.steps[0]', 'mutating_step_missing_guard'],
      ['$.steps[0]', 'provision_step_without_existence_check'],
    ]);
  });

  it('is content when a step looks first and the change depends on it', () => {
    const text = steps(
      `${orders}- { id: a, run: shop orders:create, depends_on: [list], with: { customer: c, items: [] } }`,
    );
    expect(validate(text).warnings).toEqual([]);
  });

  it('follows the order of running, not of declaration', () => {
    const text = steps(
      `- { id: a, run: shop orders:delete, depends_on: [list], with: { order: x } }\n${orders}`,
    );
    expect(validate(text).warnings).toEqual([]);
  });

  it('warns about an id without the context that the workflow has', () => {
    const info = createCommands([
      {
        id: 'shop things:info',
        summary: '',
        effect: 'safe',
        parameters: [{ name: 'thing_id', in: 'path', required: true, schema: {} }],
        execution: { kind: 'http', method: 'GET', path: '/{thing_id}' },
      },
    ]);
    const text = `workflow: test
inputs: { project: {} }
steps: [{ id: a, run: shop things:info, with: { thing_id: ID } }]
final_output: '\${{ inputs.project }}'`;
    expect(warningsOf(text, { commands: info })).toEqual([['$.steps[0]', 'endpoint_context_mismatch']]);
    expect(warningsOf(text.replace('ID', "'${{ inputs.project }}/x'"), { commands: info })).toEqual([]);
  });
});
