import { describe, expect, it } from 'vitest';
import { parseYaml } from '../../test/parse-document.ts';
import { createCommands } from '../../test/shop-commands.ts';
import { validateWorkflow } from './validate-workflow.ts';
import type { SavedWorkflows } from './scene.ts';

/** Inputs in flow style, all of them read by the only step. */
function validate(inputs: string, workflows?: SavedWorkflows) {
  const text = `workflow: test
inputs: { ${inputs} }
steps:
  - { id: a, run: shop orders:list, if: has(inputs) }`;
  return validateWorkflow(parseYaml(text), { commands: createCommands(), ...(workflows && { workflows }) });
}

function violationsOf(inputs: string) {
  return validate(inputs).violations.map(({ path, rule }) => [path, rule]);
}

function warningsOf(inputs: string, workflows?: SavedWorkflows) {
  return validate(inputs, workflows).warnings.map(({ path, rule }) => [path, rule]);
}

function fromOutput(value: string): string {
  return `n: { default: { from: workflow_output, value: ${value} } }`;
}

describe('rules of an input', () => {
  it.each([
    ['n: { type: integer, enum: [1, two] }', 'enum[1]'],
    ['n: { type: integer, enum: ["1"] }', 'enum[0]'],
    ['n: { type: date, validate: { enum: [2026-13-01] } }', 'validate.enum[0]'],
    ['n: { validate: { min_length: 3, max_length: 2 } }', 'validate'],
    ['n: { validate: { minimum: 3, maximum: 2 } }', 'validate'],
    ['n: { type: integer, default: { from: literal, value: x } }', 'default.value'],
    ['n: { enum: [a, b], default: { from: literal, value: c } }', 'default.value'],
    ['n: { default: { from: env, value: "" } }', 'default.value'],
    ['n: { default: { from: env, value: "${{ inputs.n }}" } }', 'default.value'],
    ['n: { validate: { pattern: ^a }, default: { from: literal, value: b } }', 'default.value'],
    ['n: { mode: multiple, type: integer, default: { from: literal, value: [1, x] } }', 'default.value'],
  ])('%s contradicts itself', (inputs, path) => {
    expect(violationsOf(inputs)).toEqual([[`$.inputs.n.${path}`, 'input_value_invalid']]);
  });

  it.each([
    'n: { type: integer, enum: [1, 2], default: { from: literal, value: "2" } }',
    'n: { type: array, mode: multiple, enum: [a, b], default: { from: literal, value: [a] } }',
    'n: { type: integer, default: { from: literal, value: "${{ env.N }}" } }',
    'n: { type: integer, default: { from: literal, value: null } }',
  ])('%s is fine', (inputs) => {
    expect(violationsOf(inputs)).toEqual([]);
  });

  it('patterns are those of RE2', () => {
    expect(violationsOf('n: { validate: { pattern: "(?=a)" } }')).toEqual([
      ['$.inputs.n.validate.pattern', 'pattern_invalid'],
    ]);
  });

  it('keeps the default of a secret out of the report', () => {
    const [violation] = validate(
      'n: { secret: true, type: integer, default: { from: literal, value: s3cret } }',
    ).violations;
    expect(JSON.stringify(violation)).not.toContain('s3cret');
  });
});

describe('defaults', () => {
  it('cannot read what only a run has', () => {
    expect(violationsOf('n: { default: { from: literal, value: "${{ steps.a.next }}" } }')).toEqual([
      ['$.inputs.n.default.value', 'reference_not_available'],
    ]);
    expect(violationsOf('n: { default: { from: literal, value: "${{ run.id }}" } }')).toEqual([
      ['$.inputs.n.default.value', 'reference_not_available'],
    ]);
    expect(violationsOf('n: { default: { from: literal, value: "${{ secrets.SHOP_TOKEN }}" } }')).toEqual([
      ['$.inputs.n.default.value', 'secret_not_allowed'],
    ]);
  });

  it('may read other inputs, but not in a circle', () => {
    expect(violationsOf('a: {}, b: { default: { from: literal, value: "${{ inputs.a }}" } }')).toEqual([]);
    expect(
      validate(`a: { default: { from: literal, value: "\${{ inputs.b }}" } },
        b: { default: { from: literal, value: "\${{ inputs.a }}" } }`).violations,
    ).toMatchObject([{ path: '$.inputs.a', rule: 'input_cycle', actual: ['a', 'b'] }]);
    expect(violationsOf('a: { default: { from: literal, value: "${{ inputs.a }}" } }')).toEqual([
      ['$.inputs.a', 'input_cycle'],
    ]);
  });

  it('from another workflow need a path, and a workflow that is saved', () => {
    expect(violationsOf(fromOutput('{ workflow: ship, path: "a[" }'))).toEqual([
      ['$.inputs.n.default.value.path', 'expression_invalid'],
    ]);
    expect(violationsOf(fromOutput('text'))).toEqual([['$.inputs.n.default.value', 'schema']]);
    const workflows = { has: (id: string) => id === 'ship', callsOf: () => [] };
    expect(warningsOf(fromOutput('{ workflow: ship, path: id }'), workflows)).toEqual([]);
    expect(warningsOf(fromOutput('{ workflow: other, path: id }'), workflows)).toEqual([
      ['$.inputs.n.default.value.workflow', 'workflow_not_found'],
    ]);
  });
});

describe('providers', () => {
  it.each([
    ['provider: shop orders:lst', 'provider', 'provider_not_found'],
    ['provider: { id: shop orders:lst }', 'provider.id', 'provider_not_found'],
    ['provider: workflow ship', 'provider', 'provider_not_found'],
    ['provider: shop files:create', 'provider', 'provider_not_safe'],
    ['provider: old things:list', 'provider', 'catalog_disabled'],
    ['provider: shop customers:list', 'provider_args.region', 'provider_argument_missing'],
    [
      'provider: shop orders:list, provider_args: { stat: open }',
      'provider_args.stat',
      'provider_argument_unknown',
    ],
    ['provider: shop orders:list, provider_args: { status: x }', 'provider_args.status', 'parameter_value'],
    [
      'provider: shop orders:list, provider_args: { status: { path: x } }',
      'provider_args.status',
      'provider_argument_binding',
    ],
    [
      'provider: shop orders:list, depends_on: { status: open }',
      'depends_on.status',
      'depends_on_not_upstream',
    ],
    [
      'provider: shop orders:list, select: { value_field: number }',
      'select.value_field',
      'provider_select_value_field_missing',
    ],
    [
      'provider: shop orders:list, select: { display_field: number }',
      'select.display_field',
      'provider_select_value_field_missing',
    ],
    [
      'provider: shop orders:list, select: { value_field: customer }',
      'select.value_field',
      'provider_select_value_field_non_scalar',
    ],
    [
      'provider: { id: shop orders:list, field: number }',
      'provider.field',
      'provider_select_value_field_missing',
    ],
    ['provider: shop orders:list, select: { value_field: "a[" }', 'select.value_field', 'expression_invalid'],
  ])('%s is refused', (more, path, rule) => {
    const found = violationsOf(`n: { ${more} }`);
    expect(found).toContainEqual([`$.inputs.n.${path}`, rule]);
  });

  it.each([
    'provider: shop orders:list, provider_args: { status: open, limit: "5" }, select: { value_field: id, display_field: customer.name }',
    'provider: shop customers:list, provider_args: { region: eu }, select: { value_field: id }',
    'provider: shop customers:list, depends_on: { region: "${{ inputs.region }}" }',
    'provider: shop customers:list, depends_on: { region: { from_input: region, path: code } }',
    'provider: shop customers:list, provider_args: { region: "${{ inputs.region }}" }, depends_on: { region: "${{ inputs.region }}" }',
  ])('%s is fine', (more) => {
    expect(violationsOf(`region: {}, n: { ${more} }`)).toEqual([]);
  });

  it('must say in depends_on which inputs they need', () => {
    const more = 'provider: shop customers:list, provider_args: { region:';
    expect(violationsOf(`region: {}, n: { ${more} "\${{inputs.region}}" } }`)).toEqual([
      ['$.inputs.n.provider_args.region', 'provider_argument_missing_depends_on'],
    ]);
    expect(violationsOf(`region: {}, n: { ${more} { from_input: region } } }`)).toEqual([
      ['$.inputs.n.provider_args.region', 'provider_argument_missing_depends_on'],
    ]);
  });

  it('bind inputs and steps that exist', () => {
    const more = 'provider: shop customers:list, depends_on: { region:';
    expect(violationsOf(`region: {}, n: { ${more} { from_input: regio } } }`)).toEqual([
      ['$.inputs.n.depends_on.region.from_input', 'unknown_input'],
    ]);
    expect(violationsOf(`n: { ${more} { from_step: b } } }`)).toEqual([
      ['$.inputs.n.depends_on.region.from_step', 'step_template_unknown_step'],
    ]);
    expect(warningsOf(`n: { ${more} { from_step: a } } }`)).toEqual([
      ['$.inputs.n.depends_on.region.from_step', 'provider_argument_from_step'],
    ]);
  });

  it('that wait for each other are refused', () => {
    const of = 'provider: shop customers:list, depends_on: { region: { from_input:';
    expect(violationsOf(`a: { ${of} b } } }, b: { ${of} a } } }`)).toEqual([['$.inputs.a', 'input_cycle']]);
  });

  it('offer fields that are deeper', () => {
    const [violation] = validate(
      'n: { provider: shop orders:list, select: { value_field: name } }',
    ).violations;
    expect(violation?.suggestion).toBe('Did you mean "customer.name"?');
  });
});
