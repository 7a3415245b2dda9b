import { describe, expect, it } from 'vitest';
import { toInstructions } from './instructions.ts';

describe('the instructions', () => {
  it('are the ones that were reviewed', async () => {
    await expect(`${toInstructions('underscore')}\n`).toMatchFileSnapshot('./instructions.golden.md');
  });

  it('take at most 2 kB', () => {
    expect(Buffer.byteLength(toInstructions('underscore'))).toBeLessThanOrEqual(2_048);
  });

  it('name tools as they are listed', () => {
    expect(toInstructions('underscore')).toContain('workflow_validate');
    expect(toInstructions('dotted')).toContain('workflow.validate');
    expect(toInstructions('dotted')).not.toContain('underscore');
  });
});
