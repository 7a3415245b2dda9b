import { describe, expect, it } from 'vitest';
import type { Workflow } from '@oatty/types';
import { previewInputs } from './preview-inputs.ts';

const workflow: Workflow = {
  workflow: 'test',
  inputs: {
    order: {
      name: 'Order',
      description: 'Which order',
      type: 'string',
      provider: 'shop orders:list',
      depends_on: { customer: '${{ inputs.customer }}' },
      select: { value_field: 'id' },
      validate: { pattern: '^o_' },
    },
    customer: { enum: ['a', 'b'], hint: 'One of two', example: 'a', placeholder: '…' },
    key: { secret: true, default: { from: 'env', value: 'KEY' } },
    tags: { optional: true, mode: 'multiple' },
  },
  steps: [{ id: 'a', run: 'shop orders:list' }],
};

describe('previewInputs', () => {
  it('shows what each input asks for', () => {
    expect(previewInputs(workflow).inputs).toEqual([
      {
        input: 'order',
        label: 'Order',
        description: 'Which order',
        type: 'string',
        required: true,
        secret: false,
        mode: 'single',
        validate: { pattern: '^o_' },
        provider: 'shop orders:list',
        select: { value_field: 'id' },
        depends_on: { customer: '${{ inputs.customer }}' },
      },
      {
        input: 'customer',
        label: 'customer',
        description: null,
        type: null,
        required: true,
        secret: false,
        mode: 'single',
        enum: ['a', 'b'],
        hint: 'One of two',
        example: 'a',
        placeholder: '…',
      },
      {
        input: 'key',
        label: 'key',
        description: null,
        type: null,
        required: true,
        secret: true,
        mode: 'single',
        default: { from: 'env', value: 'KEY' },
      },
      {
        input: 'tags',
        label: 'tags',
        description: null,
        type: null,
        required: false,
        secret: false,
        mode: 'multiple',
      },
    ]);
  });

  it('lists required inputs that have neither a value nor a default', () => {
    expect(previewInputs(workflow).required_missing).toEqual(['order', 'customer']);
    expect(previewInputs(workflow, { order: 'o_1', customer: null }).required_missing).toEqual(['customer']);
  });

  it('does not show a secret default', () => {
    const inputs = { key: { secret: true, default: { from: 'literal', value: 's3cret' } } } as const;
    expect(JSON.stringify(previewInputs({ ...workflow, inputs }))).not.toContain('s3cret');
  });

  it('gives an empty list for a workflow without inputs', () => {
    expect(previewInputs({ workflow: 'test', steps: workflow.steps })).toEqual({
      workflow_id: 'test',
      inputs: [],
      required_missing: [],
    });
  });
});
