import { OattyError } from '@oatty/types';
import { describe, expect, it } from 'vitest';
import { parseArguments } from './parse-arguments.ts';
import { productTools } from './tool-list.ts';
import type { Tool } from './tool.ts';

describe('parseArguments', () => {
  it('gives the arguments of a call that is right', () => {
    expect(parseArguments(tool('command.search'), { query: 'refund', limit: 3 })).toEqual({
      query: 'refund',
      limit: 3,
    });
  });

  it('takes no arguments as an empty object', () => {
    expect(parseArguments(tool('workflow.list'), undefined)).toEqual({});
  });

  it('names every argument that is wrong at once', () => {
    const error = refusal('command.search', { quary: 'refund', limit: 'three' });
    expect(error.code).toBe('ARGUMENT_INVALID');
    expect(error.options.violations).toMatchObject([
      { path: '$.query', rule: 'missing_argument' },
      { path: '$.limit', rule: 'invalid_argument' },
      { path: '$.quary', rule: 'unknown_argument', suggestion: 'Did you mean "query"?' },
    ]);
  });

  it('refuses an unknown argument of a tool without arguments', () => {
    expect(refusal('workflow.list', { filter: 'x' }).options.violations).toMatchObject([
      { path: '$.filter', rule: 'unknown_argument', suggestion: 'Known are: none.' },
    ]);
  });

  it('never takes an argument from __proto__', () => {
    const args: unknown = JSON.parse('{"query": "x", "__proto__": {"vendor": "evil"}}');
    const outcome = attempt('command.search', args);
    const vendor = outcome instanceof OattyError ? undefined : outcome.vendor;
    expect(vendor).toBeUndefined();
  });
});

// --- internal ---

function tool(name: string): Tool {
  const found = productTools.find(name);
  if (!found) throw new Error(`no tool ${name}`);
  return found;
}

function attempt(name: string, args: unknown): Record<string, unknown> | OattyError {
  try {
    return parseArguments(tool(name), args);
  } catch (thrown) {
    return OattyError.from(thrown);
  }
}

function refusal(name: string, args: unknown): OattyError {
  const outcome = attempt(name, args);
  if (outcome instanceof OattyError) return outcome;
  throw new Error('the arguments were accepted');
}
