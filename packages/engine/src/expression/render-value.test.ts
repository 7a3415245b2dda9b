import { OattyError } from '@oatty/types';
import { describe, expect, it } from 'vitest';
import { defaultExpressionLimits } from './expression-limits.ts';
import { evaluateExpression } from './evaluate-expression.ts';
import { parseCondition } from './parse-template.ts';
import { isTruthy } from './json-values.ts';
import { renderValue, renderWithSecrets } from './render-value.ts';
import type { Scope, StepValue } from './scope.ts';

const fetched = {
  id: 'F1',
  status: 'ready',
  output: { id: 'inner' },
  items: [{ id: 'I0' }, { id: 'I1' }],
  matrix: [
    [1, 2],
    [3, 4],
  ],
};

/** The values with which the templates and conditions of the earlier oatty were recorded. */
const scope: Scope = {
  inputs: {
    svc: 'billing',
    count: 3,
    on: true,
    off: false,
    tags: ['a', 'b'],
    nul: null,
    blank: '',
    zero: 0,
    obj: { zeta: 1, alpha: { id: 'x1' } },
    list: [{ id: 'L0' }, { id: 'L1' }],
    nums: [1, 2, 3],
    quoted: '["p","q"]',
    none: [],
  },
  env: { STAGE: 'qa', BLANK: '' },
  steps: new Map<string, StepValue>([
    ['fetch', { status: 'available', output: fetched }],
    ['arr', { status: 'available', output: [{ svc: { id: 'S0' } }, { svc: { id: 'S1' } }] }],
    ['my-step', { status: 'available', output: { v: 7 } }],
    ['nulled', { status: 'available', output: null }],
  ]),
};

describe('templates of existing manifests', () => {
  it.each([
    ['${{ inputs.svc }}', 'billing'],
    ['${{inputs.svc}}', 'billing'],
    ['${{ inputs.count }}', 3],
    ['n=${{ inputs.count }}', 'n=3'],
    ['${{ inputs.on }}', true],
    ['${{ inputs.off }}', false],
    ['${{ inputs.tags }}', ['a', 'b']],
    ['t=${{ inputs.tags }}', 't=["a","b"]'],
    ['${{ inputs.obj }}', { zeta: 1, alpha: { id: 'x1' } }],
    ['o=${{ inputs.obj }}', 'o={"zeta":1,"alpha":{"id":"x1"}}'],
    ['${{ inputs.obj.alpha.id }}', 'x1'],
    ['${{ inputs.nul }}', null],
    ['x${{ inputs.nul }}y', 'xy'],
    ['${{ inputs.blank }}', ''],
    ['${{ env.BLANK }}', ''],
    ['${{ env.STAGE }}', 'qa'],
    ['${{ steps.fetch.id }}', 'F1'],
    ['${{ steps.fetch.output.id }}', 'F1'],
    ['${{ steps.fetch.output.output.id }}', 'inner'],
    ['${{ steps.fetch.output }}', fetched],
    ['${{ steps.fetch.items[1].id }}', 'I1'],
    ['${{ steps.fetch.items.1.id }}', 'I1'],
    ['${{ steps.fetch.matrix[1][0] }}', 3],
    ['${{ steps.arr.0.svc.id }}', 'S0'],
    ['${{ steps.arr[1].svc.id }}', 'S1'],
    ['${{ steps.arr.output.1.svc.id }}', 'S1'],
    ['${{ steps.arr.output[1].svc.id }}', 'S1'],
    ['${{ steps.my-step.v }}', 7],
    ['${{ steps.nulled }}', null],
    ['${{ inputs.list[0].id }}', 'L0'],
    ['${{ inputs.list.1.id }}', 'L1'],
    ['${{ inputs.svc }} and ${{ inputs.count }}', 'billing and 3'],
    ['${{ inputs.svc == "billing" }}', true],
    ['${{ true }}', true],
    ['${{ 5 }}', 5],
    ["${{ inputs['svc'] }}", 'billing'],
    ['{{ inputs.svc }}', '{{ inputs.svc }}'],
    ['$${{ inputs.svc }}', '${{ inputs.svc }}'],
  ])('%s gives %j', (text, value) => {
    expect(renderValue(text, scope)).toEqual(value);
  });

  it.each([
    ['${{ inputs.missing }}', 'EXPRESSION_FAILED'],
    ['head-${{ inputs.missing }}-tail', 'EXPRESSION_FAILED'],
    ['${{ inputs.missing }}${{ inputs.svc }}', 'EXPRESSION_FAILED'],
    ['${{ inputs.list[9].id }}', 'EXPRESSION_FAILED'],
    ['${{ svc }}', 'EXPRESSION_INVALID'],
    ['text ${{ inputs.svc', 'EXPRESSION_INVALID'],
    ['${{ }}', 'EXPRESSION_INVALID'],
    ['pre ${{ }} post', 'EXPRESSION_INVALID'],
  ])('%s never reaches a request: %s', (text, code) => {
    expect(errorOf(() => renderValue(text, scope)).code).toBe(code);
  });
});

describe('conditions of existing manifests', () => {
  it.each([
    ['inputs.on', true],
    ['inputs.off', false],
    ['!inputs.off', true],
    ['inputs.zero', false],
    ['inputs.none', false],
    ['inputs.nul', false],
    ['inputs.blank', false],
    ['inputs.off == false', true],
    ['inputs.on == "true"', false],
    ['inputs.count == 3', true],
    ['inputs.count == "3"', false],
    ['inputs.count == 3.0', true],
    ['"billing" == inputs.svc', true],
    ["inputs.svc == 'billing'", true],
    ['inputs.blank == null', false],
    ['inputs.blank == ""', true],
    ['inputs.tags == ["a","b"]', true],
    ['true', true],
    ['"abc"', true],
    ['["a","b"].includes("a")', true],
    ['inputs.tags.includes("z")', false],
    ['inputs.nums.includes("2")', false],
    ['inputs.nums.includes(2)', true],
    ['inputs.svc.includes("bill")', true],
    ['!inputs.svc == "billing"', false],
    ['(inputs.off || inputs.on) && inputs.count > 2', true],
    ['steps.arr[0].svc.id == "S0"', true],
    ['inputs.svc == "a && b"', false],
    ['${{ inputs.off }}', false],
    ['${{ inputs.on }}', true],
  ])('%s is %s', (text, truth) => {
    expect(isTruthy(evaluateExpression(parseCondition(text), scope))).toBe(truth);
  });

  it.each(['inputs.missing', 'inputs.missing == null', '[""].includes(inputs.missing)', 'env.NOPE == null'])(
    '%s fails, where the earlier oatty guessed',
    (text) => {
      const error = errorOf(() => evaluateExpression(parseCondition(text), scope));
      expect(error.code).toBe('EXPRESSION_FAILED');
    },
  );
});

describe('renderValue', () => {
  it('renders the strings of lists and objects, and no keys', () => {
    const value = { n: '${{ inputs.count }}', '${{ inputs.svc }}': ['k', '${{ inputs.tags[0] }}', { x: 1 }] };
    expect(renderValue(value, scope)).toEqual({ n: 3, '${{ inputs.svc }}': ['k', 'a', { x: 1 }] });
  });

  it.each([null, 1, true, '', [], {}])('leaves %j as it is', (value) => {
    expect(renderValue(value, scope)).toEqual(value);
  });

  it('leaves the manifest as it is', () => {
    const value = { list: ['${{ inputs.count }}'] };
    renderValue(value, scope);
    expect(value).toEqual({ list: ['${{ inputs.count }}'] });
  });

  it('keeps a key named __proto__ a plain key', () => {
    const value: unknown = JSON.parse('{"__proto__": {"a": "${{ inputs.count }}"}}');
    expect(JSON.stringify(renderValue(value, scope))).toBe('{"__proto__":{"a":3}}');
  });

  it('says where the string is that failed', () => {
    const error = errorOf(() => renderValue({ items: [{ 'a b': 'x ${{ inputs.misspelt }}' }] }, scope));
    expect(error.code).toBe('EXPRESSION_FAILED');
    expect(error.options.context).toMatchObject({ location: '$.items[0]["a b"]', position: 13 });
  });

  it('bounds the depth of the value and the length of a text', () => {
    let deep: unknown = 'x';
    for (let level = 0; level < 5_000; level += 1) deep = { deep };
    expect(errorOf(() => renderValue(deep, scope)).code).toBe('LIMIT_EXCEEDED');
    const limits = { ...defaultExpressionLimits, maxTextLength: 20 };
    expect(renderValue('${{ inputs.svc }}-${{ inputs.svc }}', scope, limits)).toBe('billing-billing');
    const error = errorOf(() =>
      renderValue('${{ inputs.svc }}-${{ inputs.svc }}-${{ inputs.svc }}', scope, limits),
    );
    expect(error.code).toBe('LIMIT_EXCEEDED');
  });

  it('gives the same string other values in another scope', () => {
    const values = [1, 2, 3].map((item) => renderValue('${{ item }}', { item }));
    expect(values).toEqual([1, 2, 3]);
  });

  it('holds to the limits of each call, also for a string that it has seen', () => {
    const text = '${{ 1 + 1 + 1 + 1 }}';
    expect(renderValue(text, {})).toBe(4);
    const error = errorOf(() => renderValue(text, {}, { ...defaultExpressionLimits, maxDepth: 2 }));
    expect(error.code).toBe('LIMIT_EXCEEDED');
  });
});

describe('renderWithSecrets', () => {
  const secret: Scope = {
    inputs: { token: 'inp-1234', pin: 123_456, keys: { a: 'deep-5678', n: 9 }, plain: 'visible', bad: null },
    secretInputs: new Set(['token', 'pin', 'keys', 'bad']),
    secrets: new Map([
      ['KEY', 'Sk-live'],
      ['SHORT', 'ab'],
    ]),
  };

  it.each([
    ['${{ secrets.KEY }}', ['Sk-live']],
    ['Bearer ${{ secrets.KEY }}', ['Sk-live']],
    ['${{ secrets.SHORT }}', ['ab']],
    ['${{ inputs.token }}', ['inp-1234']],
    ["${{ inputs['token'] }}", ['inp-1234']],
    ['${{ inputs.pin }}', ['123456']],
    ['${{ inputs.keys.a }}', ['deep-5678']],
    ['${{ inputs }}', ['inp-1234', '123456', 'deep-5678', 'visible']],
    ['${{ upper(secrets.KEY) }}', ['Sk-live', 'SK-LIVE']],
    ['${{ "x-" + secrets.KEY }}', ['Sk-live', 'x-Sk-live']],
    ['${{ split(inputs.token, "-")[1] }}', ['inp-1234', '1234']],
    ['${{ split(inputs.token, "-")[0] }}', ['inp-1234']],
    ['${{ {auth: secrets.KEY + "!"} }}', ['Sk-live', 'Sk-live!']],
    ['${{ secrets.NONE ?? secrets.KEY }}', ['Sk-live']],
    ['${{ inputs.plain }}', []],
    ['${{ inputs.bad }}', []],
    ['${{ inputs.bad ?? "visible" }}', []],
  ])('%s reports %j', (text, secrets) => {
    expect([...renderWithSecrets(text, secret).secrets]).toEqual(secrets);
  });

  it.each([
    ['${{ secrets.KEY == "x" ? "left" : inputs.plain }}'],
    ['${{ secrets.KEY && true ? "left" : "right" }}'],
    ['${{ [secrets.KEY == "Sk-live", has(secrets.KEY), "a" in secrets.KEY, "word"] }}'],
    ['${{ filter(["left", "right"], x, x != secrets.KEY) }}'],
  ])('%s lets a secret decide, which makes nothing else a secret', (text) => {
    expect([...renderWithSecrets(text, secret).secrets]).toEqual(['Sk-live']);
  });

  it('gives the value beside the secrets of all its strings', () => {
    const { value, secrets } = renderWithSecrets(
      { a: ['${{ secrets.KEY }}'], b: '${{ inputs.token }}' },
      secret,
    );
    expect(value).toEqual({ a: ['Sk-live'], b: 'inp-1234' });
    expect(secrets).toEqual(new Set(['Sk-live', 'inp-1234']));
  });

  it('tells the scope too, and so does a condition', () => {
    const heard: string[] = [];
    const listening: Scope = { ...secret, onSecret: (value) => heard.push(value) };
    renderWithSecrets('${{ secrets.KEY }}', listening);
    evaluateExpression(parseCondition('inputs.token == "x"'), listening);
    expect(new Set(heard)).toEqual(new Set(['Sk-live', 'inp-1234']));
  });

  it('reads no secret that is nested without end', () => {
    let deep: unknown = 'x';
    for (let level = 0; level < 20_000; level += 1) deep = [deep];
    const nested: Scope = { inputs: { deep }, secretInputs: new Set(['deep']) };
    expect(errorOf(() => renderWithSecrets('${{ inputs.deep }}', nested)).code).toBe('LIMIT_EXCEEDED');
  });

  it('names no secret value in an error', () => {
    for (const text of [
      '${{ to_number(secrets.KEY) }}',
      '${{ from_json(inputs.token) }}',
      '${{ secrets.KEY.x }}',
      '${{ {a: 1}[secrets.KEY] }}',
      '${{ {a: 1}[upper(inputs.token)] }}',
      '${{ map([secrets.KEY], x, {a: 1}[x]) }}',
      '${{ [1][inputs.pin] }}',
      '${{ from_json(replace(\'{"KEY": 1}\', "KEY", secrets.KEY)).x }}',
    ]) {
      const error = errorOf(() => renderWithSecrets(text, secret));
      expect(JSON.stringify(error.toPayload())).not.toMatch(/Sk-live|inp-1234|INP-1234|123456/);
    }
  });
});

// --- internal ---

function errorOf(render: () => unknown): OattyError {
  try {
    render();
  } catch (error) {
    return OattyError.from(error);
  }
  throw new Error('nothing was thrown');
}
