import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  ResourceListChangedNotificationSchema,
  ResourceUpdatedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectInMemory } from './a-client.ts';
import type { TestClient } from './a-client.ts';
import type { Errand } from './other-process.ts';
import { openShop, shopDescription } from './shop-world.ts';
import type { ShopWorld } from './shop-world.ts';

let world: ShopWorld;
let client: TestClient;
/** What the client was told: `list`, or the address of a resource. */
let told: string[];

let other: ChildProcess;

beforeAll(async () => {
  const entry = fileURLToPath(new URL('./other-process.ts', import.meta.url));
  const args = ['--conditions=@oatty/source', entry];
  other = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(other.stdout ?? other, 'data'); // it has started
}, 60_000);

afterAll(() => {
  other.kill();
});

beforeEach(async () => {
  world = await openShop();
  await mkdir(world.oatty.paths.workflows, { recursive: true });
  await writeFile(pathOf('first'), aManifest('first'));
  ({ client, told } = await connect());
});

afterEach(() => world.close());

describe('a client', () => {
  it('hears of a workflow that another process adds, edits and removes', async () => {
    await subscribe('oatty://workflow/manifest/second', 'oatty://workflow/manifests');
    await elsewhere({ save: aManifest('second') });
    await expect
      .poll(heard, patience)
      .toEqual(['list', 'oatty://workflow/manifest/second', 'oatty://workflow/manifests']);
    told.length = 0;
    await elsewhere({ save: `# new\n${aManifest('second')}` });
    await expect
      .poll(heard, patience)
      .toEqual(['list', 'oatty://workflow/manifest/second', 'oatty://workflow/manifests']);
    told.length = 0;
    await elsewhere({ remove: 'second' });
    await expect
      .poll(heard, patience)
      .toEqual(['list', 'oatty://workflow/manifest/second', 'oatty://workflow/manifests']);
    told.length = 0;
  });

  it('hears of a catalog that another process imports', async () => {
    await subscribe(
      'oatty://command/catalog',
      'oatty://command/catalog?vendor=other',
      'oatty://command/catalog?vendor=shop',
      'oatty://provider/catalog?vendor=other',
      'oatty://workflow/manifest/first',
    );
    await elsewhere({ import: { source: shopDescription, catalogTitle: 'Other', vendor: 'other' } });
    await expect
      .poll(heard, patience)
      .toEqual([
        'list',
        'oatty://command/catalog',
        'oatty://command/catalog?vendor=other',
        'oatty://provider/catalog?vendor=other',
      ]);
    told.length = 0;
    const { resources } = await client.client.listResources();
    expect(resources.map(({ uri }) => uri)).toContain('oatty://command/catalog?vendor=other');
  });

  it('hears of what a person changes with an editor', async () => {
    await subscribe('oatty://workflow/manifest/first');
    await writeFile(`${pathOf('first')}~`, `# edited\n${aManifest('first')}`);
    await rename(`${pathOf('first')}~`, pathOf('first'));
    await expect.poll(heard, patience).toEqual(['list', 'oatty://workflow/manifest/first']);
    told.length = 0;
  });

  it('hears of workflows in a directory that was not there', async () => {
    await rm(world.oatty.paths.workflows, { recursive: true });
    await expect.poll(heard, patience).toEqual(['list']);
    told.length = 0;
    await mkdir(world.oatty.paths.workflows);
    await writeFile(pathOf('again'), aManifest('again'));
    await expect.poll(heard, patience).toEqual(['list']);
    told.length = 0;
  });

  it('hears nothing more of what it unsubscribed from', async () => {
    await subscribe('oatty://workflow/manifest/first');
    await client.client.unsubscribeResource({ uri: 'oatty://workflow/manifest/first' });
    await writeFile(pathOf('first'), `# edited\n${aManifest('first')}`);
    await expect.poll(heard, patience).toEqual(['list']);
    told.length = 0;
  });

  it('subscribes only to what there can be', async () => {
    const error = await client.refusal('resources/subscribe', { uri: 'file:///etc/passwd' });
    expect([error.code, error.data.error_code]).toEqual([-32_002, 'RESOURCE_NOT_FOUND']);
  });

  it('has a bounded number of subscriptions', async () => {
    for (let index = 0; index < 1_000; index += 1) await subscribe(`oatty://workflow/manifest/w${index}`);
    const error = await client.refusal('resources/subscribe', { uri: 'oatty://workflow/manifest/more' });
    expect([error.code, error.data.error_code]).toEqual([-32_602, 'LIMIT_EXCEEDED']);
    await subscribe('oatty://workflow/manifest/w1'); // once more is not one more
  });

  it('that goes takes its subscriptions with it, and others go on', async () => {
    const second = await connect();
    await client.close();
    await writeFile(pathOf('third'), aManifest('third'));
    await expect.poll(() => second.told).toEqual(['list']);
    expect(told).toEqual([]);
  });
});

// --- internal ---

async function connect() {
  const connected = await connectInMemory({ oatty: world.oatty, version: '1', log: () => undefined });
  const notices: string[] = [];
  connected.client.setNotificationHandler(
    ResourceListChangedNotificationSchema,
    () => void notices.push('list'),
  );
  connected.client.setNotificationHandler(
    ResourceUpdatedNotificationSchema,
    ({ params }) => void notices.push(params.uri),
  );
  await connected.client.ping(); // the server has seen that the client is there, and has looked
  return { client: connected, told: notices };
}

async function subscribe(...uris: readonly string[]): Promise<void> {
  for (const uri of uris) await client.client.subscribeResource({ uri });
}

/** A loaded machine may take its time. */
const patience = { timeout: 10_000 };

/** What the client was told, sorted and once each. */
function heard(): readonly string[] {
  return [...new Set(told)].sort();
}

/** Lets another process do it, over the same files. */
async function elsewhere(errand: Omit<Errand, 'env'>): Promise<void> {
  const done = once(other.stdout ?? other, 'data');
  other.stdin?.write(`${JSON.stringify({ ...errand, env: world.env })}\n`);
  await done;
}

function pathOf(id: string): string {
  return join(world.oatty.paths.workflows, `${id}.yaml`);
}

function aManifest(id: string): string {
  return `workflow: ${id}\nsteps:\n  - { id: orders, run: 'shop orders:list' }\n`;
}
