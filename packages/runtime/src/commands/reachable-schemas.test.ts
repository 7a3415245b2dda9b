import { describe, expect, it } from 'vitest';
import type { Command } from '@oatty/types';
import { reachableSchemas } from './reachable-schemas.ts';

const command: Command = {
  id: 'shop orders:create',
  summary: '',
  effect: 'standard',
  parameters: [{ name: 'a', in: 'query', required: false, schema: { $ref: '#/schemas/A' } }],
  output_schema: { type: 'array', items: { $ref: '#/schemas/B' } },
  execution: { kind: 'http', method: 'POST', path: '/orders' },
};

describe('reachableSchemas', () => {
  it('follows references through each other, around circles, and no further', () => {
    const schemas = {
      Z: { type: 'string' },
      B: { properties: { self: { $ref: '#/schemas/B' }, c: { $ref: '#/schemas/C~1x' } } },
      'C/x': { type: 'null' },
      A: { enum: ['a'] },
    };
    expect(Object.keys(reachableSchemas(command, schemas))).toEqual(['A', 'B', 'C/x']);
  });

  it('leaves out what is not there', () => {
    expect(reachableSchemas(command, { B: { $ref: '#/schemas/constructor' } })).toEqual({
      B: { $ref: '#/schemas/constructor' },
    });
  });
});
