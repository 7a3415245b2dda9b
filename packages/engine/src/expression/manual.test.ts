/** Runs every example of `specs/EXPRESSIONS.md`, so that the page cannot go stale. */
import { readFileSync } from 'node:fs';
import { OattyError } from '@oatty/types';
import { describe, expect, it } from 'vitest';
import { evaluateExpression } from './evaluate-expression.ts';
import { defaultExpressionLimits } from './expression-limits.ts';
import { functionNames, signatureOf } from './functions/function-signatures.ts';
import { parseExpression } from './parse-expression.ts';
import { renderValue } from './render-value.ts';
import type { RunFacts, Scope, StepValue } from './scope.ts';

const page = readFileSync(new URL('../../../../specs/EXPRESSIONS.md', import.meta.url), 'utf8');

describe('the examples of specs/EXPRESSIONS.md', () => {
  const scope = toScope(fences('json')[0] ?? '');

  it.each(examples('oatty'))('%s → %s', (text, result) => {
    expect(outcome(() => evaluateExpression(parseExpression(text), scope))).toBe(result);
  });

  it.each(examples('template'))('%s → %s', (text, result) => {
    expect(outcome(() => renderValue(text, scope))).toBe(result);
  });
});

describe('the page', () => {
  it.each(functionNames)('has the signature of %s and an example', (name) => {
    expect(page).toContain(`\`${signatureOf(name)}\``);
    expect(examples('oatty').some(([text]) => text.includes(`${name}(`))).toBe(true);
  });

  it('names the limits as they are', () => {
    const numbers = [...page.slice(page.indexOf('## Limits')).matchAll(/\| ([\d,]+) \|/g)];
    const limits = numbers.map((match) => Number(match[1]?.replaceAll(',', '')));
    expect(limits).toEqual(Object.values(defaultExpressionLimits));
  });
});

// --- internal ---

function fences(language: string): readonly string[] {
  return page
    .split(`\`\`\`${language}\n`)
    .slice(1)
    .map((rest) => rest.split('\n```')[0] ?? '');
}

function examples(language: string): readonly (readonly [text: string, result: string])[] {
  const lines = fences(language).flatMap((fence) => fence.split('\n'));
  return lines.map((line) => {
    const arrow = line.lastIndexOf(' → ');
    return [line.slice(0, arrow), line.slice(arrow + 3)];
  });
}

function outcome(compute: () => unknown): string {
  try {
    return JSON.stringify(compute());
  } catch (error) {
    return `error ${OattyError.from(error).code}`;
  }
}

interface Values {
  readonly inputs: Record<string, unknown>;
  readonly steps: Record<string, unknown>;
  readonly skipped: readonly string[];
  readonly responses: Record<string, unknown>;
  readonly env: Record<string, string>;
  readonly run: RunFacts;
  readonly item: unknown;
  readonly index: number;
}

function toScope(json: string): Scope {
  const { steps, skipped, responses, ...values } = JSON.parse(json) as Values; // the page is ours
  const lookup = toLookup(steps);
  for (const id of skipped) lookup.set(id, { status: 'unavailable', reason: 'was skipped' });
  return { ...values, steps: lookup, responses: toLookup(responses) };
}

function toLookup(outputs: Record<string, unknown>): Map<string, StepValue> {
  const available = Object.entries(outputs).map(([id, output]): [string, StepValue] => [
    id,
    { status: 'available', output },
  ]);
  return new Map(available);
}
