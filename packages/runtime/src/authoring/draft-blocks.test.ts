import { describe, expect, it } from 'vitest';
import { findProviderCandidates, isWhole, mergeBlock, violationsOf } from './draft-blocks.ts';

const head = { workflow: 'a', inputs: { order: { type: 'string' }, n: { type: 'integer' } } };
const steps = [{ id: 's', run: 'shop get', with: { order: '${{ inputs.order }}', n: 'no ${{ inputs.n }}' } }];

describe('mergeBlock', () => {
  it('brings the keys of a block and keeps the others', () => {
    expect(mergeBlock('inputs', { steps }, { ...head, steps: [] })).toEqual({ ...head, steps });
    expect(mergeBlock('steps', head, { workflow: 'other', steps })).toEqual({ ...head, steps });
  });

  it('takes of providers what provides, for inputs that are there', () => {
    const written = { order: { provider: 'shop list', type: 'integer' }, other: { provider: 'shop list' } };
    expect(mergeBlock('providers', head, { inputs: written })).toEqual({
      ...head,
      inputs: { ...head.inputs, order: { type: 'string', provider: 'shop list' } },
    });
    expect(mergeBlock('providers', head, written)).toEqual(
      mergeBlock('providers', head, { inputs: written }),
    );
  });

  it('survives parts of any shape', () => {
    for (const odd of [null, 7, 'text', []]) {
      expect(mergeBlock('providers', { inputs: odd }, { inputs: odd })).toMatchObject({ inputs: {} });
      expect(findProviderCandidates({ inputs: odd, steps: [odd] }, () => 'shop list')).toEqual([]);
    }
  });
});

describe('isWhole', () => {
  it('is what has an id and steps, whatever was asked for', () => {
    expect(isWhole('steps', { ...head, steps })).toBe(true);
    expect([isWhole('steps', { steps }), isWhole('inputs', head)]).toEqual([false, false]);
  });
});

describe('violationsOf', () => {
  it('keeps those that the block can mend', () => {
    const all = ['$.inputs.a', '$.steps', '$.steps[0].run', '$.final_output.x', '$.title'].map(aViolation);
    const pathsOf = (block: 'inputs' | 'steps' | 'providers' | 'manifest') =>
      violationsOf(block, all).map(({ path }) => path);
    expect(pathsOf('inputs')).toEqual(['$.inputs.a', '$.title']);
    expect(pathsOf('steps')).toEqual(['$.steps', '$.steps[0].run', '$.final_output.x']);
    expect(pathsOf('providers')).toEqual(['$.inputs.a']);
    expect(pathsOf('manifest')).toHaveLength(5);
  });
});

describe('findProviderCandidates', () => {
  it('finds inputs that are a parameter as they are', () => {
    const draft = { ...head, steps };
    expect(findProviderCandidates(draft, (id, name) => `${id} for ${name}`)).toEqual([
      { input: 'order', provider: 'shop get for order' },
    ]);
  });

  it('leaves out inputs that have a provider', () => {
    const inputs = { order: { provider: 'mine' } };
    expect(findProviderCandidates({ inputs, steps }, () => 'shop list')).toEqual([]);
  });
});

// --- internal ---

function aViolation(path: string) {
  return { path, rule: 'r', message: 'm' };
}
