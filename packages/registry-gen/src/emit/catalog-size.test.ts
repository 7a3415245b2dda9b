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

it('counts what commands repeat, up to the limit', () => {
  const size = new CatalogSize(600);

  size.add(command);
  size.add(command);

  expect(() => size.add({ ...command, id: 'shop orders:update' })).toThrow(
    expect.objectContaining({
      code: 'LIMIT_EXCEEDED',
      options: expect.objectContaining({
        context: { limit: 'maxCatalogCharacters', allowed: 600, command_id: 'shop orders:update' },
      }),
    }),
  );
});
