import { describe, expect, it } from 'vitest';
import { parseYaml } from '../../test/parse-document.ts';
import { createCommands } from '../../test/shop-commands.ts';
import { validateWorkflow } from './validate-workflow.ts';

/** A step `list` (of orders), a step `each` over its items, a step `last`, and one more step with `more`. */
function validate(more: string, rest = '') {
  const text = `workflow: test
${rest}
steps:
  - { id: list, run: shop orders:list }
  - { id: each, run: shop orders:info, for_each: steps.list.items, with: { order: '\${{ item.id }}' } }
  - { id: customers, run: shop customers:list, with: { region: eu } }
  - { id: deleted, run: shop orders:delete, depends_on: [list], with: { order: x } }
  - id: a
    run: shop orders:list
    ${more}`;
  return validateWorkflow(parseYaml(text), { commands: createCommands() });
}

/** Rules of the violations. */
function rulesOf(more: string, rest = '') {
  return validate(more, rest).violations.map(({ rule }) => rule);
}

function pathsOf(more: string, rest = '') {
  return validate(more, rest).violations.map(({ path }) => path);
}

function validateSteps(text: string) {
  const { violations, warnings } = validateWorkflow(parseYaml(`workflow: test\nsteps:\n${text}`), {
    commands: createCommands(),
  });
  return { violations: violations.map(({ rule }) => rule), warnings: warnings.map(({ rule }) => rule) };
}

/** Rules of what is found in the one expression. */
function judge(expression: string, rest = '') {
  const { violations, warnings } = validate(`with: { code: '\${{ ${expression} }}' }`, rest);
  return {
    violations: violations.map(({ rule }) => rule),
    warnings: warnings.map(({ rule }) => rule),
  };
}

const fine = { violations: [], warnings: [] };
const violation = (rule: string) => ({ violations: [rule], warnings: [] });
const warning = (rule: string) => ({ violations: [], warnings: [rule] });

describe('references to responses', () => {
  it.each([
    'responses.list.status',
    'responses.list.headers.location ?? null',
    'responses.list.headers["x-request-id"]',
    'responses.each[0].status',
    'map(responses.each, x, x.headers.etag)',
  ])('%s is known', (expression) => {
    expect(judge(expression)).toEqual(fine);
  });

  it.each([
    [
      'responses.list.body',
      `There are: "steps.list" is its body, "responses.list.status", "responses.list.headers".`,
    ],
    ['responses.list.statu', 'Did you mean "status"?'],
    ['responses.list.status.code', 'Leave out what comes after it.'],
    ['responses.list.headers.Location', `Write "responses.list.headers['location']".`],
    ['responses.each.status', 'Put an index such as [0] there, or use map(responses.each, x, x.status).'],
    ["responses.list.headers['Set-Cookie']", 'Credentials belong to the catalog: "oatty catalog auth".'],
  ])('%s leads nowhere', (expression, suggestion) => {
    expect(
      validate(`with: { code: '\${{ ${expression.replaceAll("'", "''")} }}' }`).violations,
    ).toMatchObject([{ rule: 'step_template_output_path_missing', suggestion }]);
  });

  it('must name a step, and come after it', () => {
    expect(judge('responses.lst.status')).toEqual(violation('step_template_unknown_step'));
    expect(judge('responses.a.status')).toEqual(violation('step_cycle'));
    expect(rulesOf("repeat: { until: 'responses.a.status == 200' }")).toEqual([]);
    expect(
      rulesOf('', "inputs: { n: { default: { from: literal, value: '${{ responses.list.status }}' } } }"),
    ).toEqual(['reference_not_available']);
  });

  it('are suggested for what other languages read of a step', () => {
    expect(validate("if: 'steps.list.status_code == 200'").violations).toMatchObject([
      { suggestion: expect.stringContaining('"responses.list.status" and "responses.list.headers"') },
    ]);
  });
});

describe('references to inputs', () => {
  it('must name a declared input', () => {
    expect(judge('inputs.regio', 'inputs: { region: {} }')).toEqual({
      violations: ['unknown_input'],
      warnings: ['unused_input'],
    });
    const found = validate("if: inputs.regio == ''", 'inputs: { region: {} }').violations[0];
    expect(found).toMatchObject({
      path: '$.steps[4].if',
      actual: 'regio',
      suggestion: 'Did you mean "region"?',
    });
  });

  it('are checked wherever an expression may stand', () => {
    expect(pathsOf("body: { a: [{ b: '${{ inputs.x }}' }] }")).toContain('$.steps[4].body.a[0].b');
    expect(pathsOf('when: inputs.x')).toEqual(['$.steps[4].when']);
    expect(pathsOf('for_each: inputs.x')).toEqual(['$.steps[4].for_each']);
    expect(pathsOf("for_each: ['${{ inputs.x }}']")).toEqual(['$.steps[4].for_each[0]']);
    expect(pathsOf('repeat: { until: inputs.x }')).toEqual(['$.steps[4].repeat.until']);
    expect(pathsOf('if: true', "final_output: { o: '${{ inputs.x }}' }")).toEqual(['$.final_output.o']);
  });

  it('to secret ones stand only in what is sent', () => {
    const rest = 'inputs: { key: { secret: true } }';
    expect(judge('inputs.key', rest)).toEqual(fine);
    expect(rulesOf('if: inputs.key != null', rest)).toEqual(['secret_not_allowed']);
    expect(rulesOf('if: true', `${rest}\nfinal_output: '\${{ inputs.key }}'`)).toEqual([
      'secret_not_allowed',
    ]);
    const copy = `default: { from: literal, value: '\${{ inputs.key }}' }`;
    const open = `inputs: { key: { secret: true }, other: { ${copy} } }`;
    expect(rulesOf('if: has(inputs)', open)).toEqual(['secret_not_allowed']);
    const hidden = `inputs: { key: { secret: true }, other: { secret: true, ${copy} } }`;
    expect(rulesOf('if: has(inputs)', hidden)).toEqual([]);
  });
});

describe('references to outputs of steps', () => {
  it.each([
    'steps.list.items[0].id',
    'steps.list.output.items[0].id',
    'steps.list.items.0.customer.name',
    'steps.list.items[0].metadata',
    'steps.list.items[length(steps.list.items) - 1].id',
    'steps.each[0].id',
    'steps.each',
    'steps.deleted',
    'first(steps.customers).name',
    'map(steps.each, order, order.anything)',
    'has(steps.list.next)',
  ])('%s is fine', (expression) => {
    expect(judge(expression)).toEqual(fine);
  });

  it.each([
    ['steps.lst.items', 'step_template_unknown_step'],
    ['steps.list.orders', 'step_template_output_path_missing'],
    ['steps.list.items[0].number', 'step_template_output_path_missing'],
    ['steps.list.items[0].id.x', 'step_template_output_path_missing'],
    ['steps.each.id', 'step_template_output_path_missing'],
    ['steps.each[0].number', 'step_template_output_path_missing'],
  ])('%s is refused', (expression, rule) => {
    expect(judge(expression)).toEqual(violation(rule));
  });

  it.each([
    ['steps.list.items.id', 'step_template_array_output_missing_index'],
    ['steps.customers.name', 'step_template_array_output_missing_index'],
    ['steps.list.items[0].metadata.colour', 'step_template_output_unverifiable'],
    ['steps.deleted.id', 'step_template_output_unverifiable'],
    ['steps.list.orders ?? []', 'step_template_output_unverifiable'],
  ])('%s is doubtful', (expression, rule) => {
    expect(judge(expression)).toEqual(warning(rule));
  });

  it('that lead nowhere name what is there, and what was probably meant', () => {
    const [missing] = validate("with: { code: '${{ steps.list.items[0].customer.nam }}' }").violations;
    expect(missing).toMatchObject({
      expected: ['id', 'name'],
      actual: 'nam',
      suggestion: 'Did you mean "name"?',
    });
    const [nested] = validate("with: { code: '${{ steps.list.status }}' }").violations;
    expect(nested?.suggestion).toBe('Did you mean "steps.list.items[0].status"?');
  });

  it.each([
    ['steps.list.number', []],
    ['steps.list.total.gross', []],
    ['steps.each[0].number', []],
    ['steps.list.nummer', ['step_template_output_path_missing']],
  ])('%s may be declared in an output_contract', (path, rules) => {
    const contract = 'output_contract: { fields: [{ name: number }, { name: total.gross }] }';
    const { violations } = validateSteps(`
  - { id: list, run: shop orders:info, with: { order: x }, ${contract} }
  - { id: each, run: shop orders:info, with: { order: x }, for_each: [1], ${contract} }
  - { id: a, run: shop orders:list, with: { code: '\${{ ${path} }}' } }`);
    expect(violations).toEqual(rules);
  });

  it('read one answer in the own "until", and the list everywhere else', () => {
    const { violations } = validateSteps(`
  - { id: a, run: shop orders:info, for_each: [x], with: { order: '\${{ item }}' }, repeat: { until: 'steps.a.status == "paid"' } }
final_output: '\${{ steps.a[0].status }}'`);
    expect(violations).toEqual([]);
  });

  it.each([
    ["with: { code: '${{ steps.maybe.next }}' }", ['step_template_conditional_step']],
    ["with: { code: '${{ steps.after.next }}' }", ['step_template_conditional_step']],
    ["with: { code: '${{ steps.fragile.next }}' }", ['step_template_conditional_step']],
    ["with: { code: '${{ steps.maybe.next ?? 1 }}' }", []],
    ["with: { code: '${{ has(steps.maybe) ? steps.maybe.next : 1 }}' }", []],
    ["if: has(steps.maybe), with: { code: '${{ steps.maybe.next }}' }", []],
    ["depends_on: [maybe], with: { code: '${{ steps.maybe.next }}' }", ['depends_on_conditional_step']],
    ["depends_on: [after], with: { code: '${{ steps.maybe.next }}' }", []],
    ["if: run.id != '', with: { code: '${{ steps.maybe.next }}' }", []],
  ])('reading a step that may have no output with %s', (more, rules) => {
    const { warnings } = validateSteps(`
  - { id: maybe, run: shop orders:list, if: run.id != '' }
  - { id: fragile, run: shop orders:list, on_failure: continue }
  - { id: a, run: shop orders:list, ${more} }
  - { id: after, run: shop orders:list, depends_on: [maybe] }`);
    expect(warnings).toEqual([...rules, 'depends_on_conditional_step']);
  });

  it('final_output is careful with steps that may have no output', () => {
    const { warnings } = validateSteps(`
  - { id: maybe, run: shop orders:list, if: run.id != '' }
final_output: { a: '\${{ steps.maybe.next }}', b: '\${{ steps.maybe.next ?? null }}' }`);
    expect(warnings).toEqual(['step_template_conditional_step']);
  });
});

describe('items of a for_each', () => {
  it.each([
    ["for_each: steps.list.items\n    with: { code: '${{ item.id }}-${{ index }}' }", []],
    ['for_each: steps.list.items\n    repeat: { until: index > 0 }', []],
    ['for_each: steps.list.items\n    if: item.id != null', ['item_outside_for_each']],
    ["for_each: ['${{ item }}']", ['item_outside_for_each']],
    ["with: { code: '${{ item }}' }", ['item_outside_for_each']],
  ])('%j', (more, rules) => {
    expect(rulesOf(more)).toEqual(rules);
  });

  it('are not there in final_output', () => {
    expect(rulesOf('if: true', "final_output: '${{ item }}'")).toEqual(['item_outside_for_each']);
  });

  it('have the fields of the list that is gone through', () => {
    const list = 'for_each: ${{ steps.list.items }}\n    with:';
    expect(rulesOf(`${list} { code: '\${{ item.customer.name }}' }`)).toEqual([]);
    expect(rulesOf(`${list} { code: '\${{ item.number }}' }`)).toEqual(['step_template_output_path_missing']);
  });
});

describe('other roots', () => {
  it.each([
    ['run.id', fine],
    ['run.started_at', fine],
    ['run.user', violation('unknown_run_field')],
    ['env.HOME', warning('env_not_declared')],
    ['secrets.SHOP_TOKEN', fine],
    ['secrets.OTHER', violation('secret_not_bound')],
  ])('%s', (expression, expected) => {
    expect(judge(expression)).toEqual(expected);
  });

  it('a variable that an input names is declared', () => {
    const rest = 'inputs: { home: { default: { from: env, value: HOME } } }';
    expect(judge('env.HOME + inputs.home', rest)).toEqual(fine);
  });

  it('secrets stand only in what is sent', () => {
    expect(rulesOf('if: secrets.SHOP_TOKEN != null')).toEqual(['secret_not_allowed']);
    expect(rulesOf('if: true', "final_output: '${{ secrets.SHOP_TOKEN }}'")).toEqual(['secret_not_allowed']);
  });
});

describe('expressions', () => {
  it.each(['inputs.', 'nothing.x', '1 +', 'steps.list.items[', 'nosuch(1)', "matches('a')", '=== 1'])(
    '%s does not parse',
    (expression) => {
      expect(judge(expression).violations).toEqual(['expression_invalid']);
    },
  );

  it('an unclosed template does not parse', () => {
    expect(rulesOf("with: { code: '${{ run.id' }")).toEqual(['expression_invalid']);
  });

  it.each([
    ["with: { code: 'c_{{ steps.list.next }}' }", ['template_syntax']],
    ["with: { code: '${{ run.id }} {{run.id}}' }", ['template_syntax']],
    ["body: ['{{ inputs.x }}']", ['body_not_accepted', 'template_syntax']],
    ["with: { code: 'c_{{ mustache }}' }", []],
    ["with: { code: '$${{ run.id }}' }", []],
  ])('a wrapper needs its dollar: %s', (more, rules) => {
    expect(rulesOf(more)).toEqual(rules);
  });
});
