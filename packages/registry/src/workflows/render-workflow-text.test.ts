import { describe, expect, it } from 'vitest';
import { parseWorkflowText } from './parse-workflow-text.ts';
import { renderWorkflowText } from './render-workflow-text.ts';

describe('renderWorkflowText', () => {
  it('gives text that says the same when it is read', async () => {
    const step = {
      id: 's',
      run: 'shop get',
      with: { a: '${{ inputs.a }}', no: 'no', n: '007', d: '2026-01-01' },
    };
    const manifest = {
      workflow: 'a',
      description: 'two\nlines: here #1',
      steps: [step, step],
      final_output: null,
    };
    const text = await renderWorkflowText(manifest);
    expect((await parseWorkflowText(text)).value).toEqual(manifest);
    expect(text).not.toMatch(/[&*]\w/);
  });
});
