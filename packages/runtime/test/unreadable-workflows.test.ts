import { describe, expect, it } from 'vitest';
import { createOatty } from '../src/index.ts';

describe('validating a text that cannot be read', () => {
  it.each([
    ['workflow: a\nsteps: [', { rule: 'parse', line: 2, column: 9 }],
    [
      'workflow: a\nif: !b',
      { rule: 'parse', suggestion: 'At line 2: Put a text that begins with "!" into quotes.' },
    ],
    [`a: ${'['.repeat(200)}${']'.repeat(200)}`, { rule: 'limit_exceeded' }],
    ['a'.repeat(1_000_000), { rule: 'limit_exceeded' }],
  ])('gives one violation', async (manifest, expected) => {
    const oatty = await createOatty({ env: {} });
    expect(await oatty.workflows.validate({ manifest })).toMatchObject({
      valid: false,
      workflow_id: null,
      violations: [{ path: '$', ...expected }],
    });
  });
});
