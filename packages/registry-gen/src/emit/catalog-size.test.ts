import { expect, it } from 'vitest';
import type { Command } from '@oatty/types';
import { CatalogSize } from './catalog-size.ts';

const schema = { type: 'string', description: 'x'.repeat(100) };
const command: Command = {
  id: 'shop orders:create',
  summary: 'Create an order',
  effect: 'standard',
  parameters: [{ name: 'note', in: 'body', required: false, schema }],
  body: { media_type: 'application/json', schema, required: true },
  execution: { kind: 'http', method: 'POST', path: '/orders' },
};

it('counts what every command repeats, up to the limit', () => {
  const size = new CatalogSize(800);

  size.add(command);
  size.add(command);

  expect(() => size.add({ ...command, id: 'shop orders:update' })).toThrow(
    expect.objectContaining({
      code: 'LIMIT_EXCEEDED',
      options: expect.objectContaining({
        context: { limit: 'maxCatalogCharacters', allowed: 800, command_id: 'shop orders:update' },
      }),
    }),
  );
});
