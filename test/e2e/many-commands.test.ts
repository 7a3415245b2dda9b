/** What a client is shown does not grow with what was imported. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOatty } from '@oatty/runtime';
import type { Oatty } from '@oatty/runtime';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectTo, servings } from './connect-mcp.ts';
import type { McpServing } from './connect-mcp.ts';

const commandCount = 20_000;

let home: string;
let oatty: Oatty;
let serving: McpServing;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'oatty-many-'));
  const env = { REGISTRY_CONFIG_PATH: join(home, 'registry.json'), OATTY_SECRETS_BACKEND: 'env' };
  oatty = await createOatty({ env, cwd: home });
  serving = await servings['in memory']({ oatty, env });
});

afterAll(async () => {
  await serving.close();
  await oatty.close();
  await rm(home, { recursive: true, force: true });
});

it('tools/list is the same with 20,000 commands, within its budget', async () => {
  const before = await listTools();
  const source = join(home, 'many.json');
  await writeFile(source, JSON.stringify(describeMany()));
  const { command_count } = await oatty.catalogs.importOpenapi({ source, vendor: 'many' });
  expect(command_count).toBe(commandCount);
  const after = await listTools();
  expect(after).toBe(before);
  expect(Buffer.byteLength(after)).toBeLessThanOrEqual(32_000);
}, 60_000);

// --- internal ---

async function listTools(): Promise<string> {
  const { client, request } = await connectTo(serving, '2025-11-25');
  const list = JSON.stringify(await request('tools/list'));
  await client.close();
  return list;
}

function describeMany(): object {
  const operation = { responses: { 200: { description: 'OK' } } };
  const paths = Array.from({ length: commandCount }, (_, index) => [`/things-${index}`, { get: operation }]);
  return {
    openapi: '3.1.0',
    info: { title: 'Many', version: '1' },
    servers: [{ url: 'https://many.example' }],
    paths: Object.fromEntries(paths),
  };
}
