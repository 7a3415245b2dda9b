import { describe, expect, it } from 'vitest';
import { readSignature } from './read-signature.ts';

describe('readSignature', () => {
  it('makes a parameter of each input', () => {
    const inputs = {
      city: { type: 'string', description: 'Where.' },
      at: { type: 'datetime', default: { from: 'env', value: 'AT' } },
      size: { type: 'float', optional: true },
      count: { type: 'integer', optional: true, validate: { required: true } },
      tags: { type: 'string', mode: 'multiple' },
      any: null,
    };
    expect(readSignature({ inputs }).parameters).toEqual([
      { name: 'city', in: 'body', required: true, description: 'Where.', schema: { type: 'string' } },
      { name: 'at', in: 'body', required: false, schema: { type: 'string' } },
      { name: 'size', in: 'body', required: false, schema: { type: ['number', 'null'] } },
      { name: 'count', in: 'body', required: true, schema: { type: 'integer' } },
      { name: 'tags', in: 'body', required: true, schema: {} },
      { name: 'any', in: 'body', required: true, schema: {} },
    ]);
  });

  it('names the commands of the steps', () => {
    expect(readSignature({ steps: [{ run: 'shop orders:list' }, { run: 'workflow x' }] }).runs).toEqual([
      'shop orders:list',
      'workflow x',
    ]);
  });

  it.each([{}, { inputs: [], steps: {} }, { inputs: 'x', steps: [null, 'x', { run: 5 }] }])(
    'leaves out what is not as it should be: %j',
    (manifest) => {
      expect(readSignature(manifest)).toEqual({ parameters: [], runs: [] });
    },
  );

  it('takes names that every object has as ordinary ones', () => {
    const manifest = JSON.parse('{ "inputs": { "__proto__": { "type": "constructor" } } }') as Record<
      string,
      unknown
    >;
    expect(readSignature(manifest).parameters).toEqual([
      { name: '__proto__', in: 'body', required: true, schema: {} },
    ]);
  });
});
