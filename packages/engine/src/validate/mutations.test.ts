/** Breaks a good manifest at every place, in many ways: validation answers every time, and never with an exception. */
import { describe, expect, it } from 'vitest';
import { parseYaml } from '../../test/parse-document.ts';
import { createCommands } from '../../test/shop-commands.ts';
import type { ManifestPath } from './manifest-document.ts';
import { validateWorkflow } from './validate-workflow.ts';

const good = parseYaml(`
workflow: test
requires: { catalogs: [{ vendor: shop, title: Shop API, source: x, source_type: path, version: "1" }] }
timeout: 1h
inputs:
  customer:
    type: string
    provider: { id: shop customers:list, field: id }
    provider_args: { region: eu }
    depends_on: { region: { from_input: region, path: code, required: true, on_missing: skip } }
    select: { value_field: id, display_field: name, id_field: id }
    cache_ttl_sec: 1
    on_error: cached
  region: { type: object, default: { from: literal, value: { code: '\${{ env.REGION }}' } } }
  last: { optional: true, default: { from: workflow_output, value: { workflow: ship, path: id } } }
  tags: { mode: multiple, join: { separator: ",", wrap_each: "'" }, enum: [a], default: { from: literal, value: [a] } }
  code: { secret: true, default: { from: env, value: CODE }, validate: { pattern: ^c, min_length: 1, max_length: 9 } }
steps:
  - { id: list, run: shop orders:list, with: { status: open, code: '\${{ inputs.code }}', limit: 3 } }
  - id: make
    run: shop orders:create
    depends_on: [list]
    if: steps.list.items[0].status == "open"
    for_each: \${{ steps.list.items }}
    concurrency: 2
    body: { customer: '\${{ inputs.customer }}', items: [{ sku: '\${{ item.id }}', quantity: 1 }], note: n }
    repeat: { until: 'steps.make.id != null', every: 1s, timeout: 1m, max_attempts: 3 }
    retry: { max_attempts: 2, backoff: linear, delay: 1s, max_delay: 2s, on: [429, 5xx] }
    timeout: 10s
    on_failure: continue
    output_contract: { fields: [{ name: total, type: number, description: d, tags: [t] }] }
final_output: { ids: '\${{ map(steps.make, o, o.id) }}', all: ['\${{ inputs.last }}', '\${{ inputs.tags }}'] }
`).value;

const junk: readonly unknown[] = [
  undefined,
  null,
  '',
  '${{',
  '${{ inputs.nobody.x }}',
  '${{ steps.list.items[0].customer.nobody }}',
  'workflow test',
  -1,
  true,
  [],
  [[null]],
  {},
  { __proto__: null, constructor: 1, id: { id: [] } },
];

describe('validateWorkflow', () => {
  it('finds nothing wrong with the manifest that is broken here', () => {
    expect(validate(good).violations).toEqual([]);
  });

  it.each(junk.map((value) => [value]))('answers with %j at any place', (value) => {
    for (const path of listPaths(good)) {
      const { violations, warnings } = validate(replaceAt(good, path, value));
      for (const { path: place, rule, message } of [...violations, ...warnings]) {
        expect([place.startsWith('$'), rule !== '', message !== '']).toEqual([true, true, true]);
      }
    }
  });
});

// --- internal ---

function validate(value: unknown) {
  return validateWorkflow({ value, locate: () => undefined }, { commands: createCommands() });
}

function listPaths(value: unknown, path: ManifestPath = []): readonly ManifestPath[] {
  if (value === null || typeof value !== 'object') return [path];
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((item: unknown, index) => [index, item] as const)
    : Object.entries(value);
  return [path, ...entries.flatMap(([key, item]) => listPaths(item, [...path, key]))];
}

/** `undefined` takes the key away. */
function replaceAt(value: unknown, path: ManifestPath, replacement: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return replacement;
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    return list.flatMap((item, index) => {
      if (index !== key) return [item];
      const replaced = replaceAt(item, rest, replacement);
      return replaced === undefined ? [] : [replaced];
    });
  }
  const entries = Object.entries(value as object).flatMap(([name, item]) => {
    if (name !== key) return [[name, item] as const];
    const replaced = replaceAt(item, rest, replacement);
    return replaced === undefined ? [] : [[name, replaced] as const];
  });
  return Object.fromEntries(entries);
}
