import { createTestDatabase, sharedPostgresUrl } from '@oatty/store/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aHome, openAt } from './open-oatty.ts';

const server = await sharedPostgresUrl();

describe('the key that signs what another process checks', () => {
  it('is the same for all that come at once to one state file', async () => {
    const home = await aHome();
    const keys = await keysOf(await Promise.all([openAt(home), openAt(home), openAt(home)]));
    expect(new Set(keys)).toHaveLength(1);
    expect(Buffer.from(keys[0] ?? '', 'hex')).toHaveLength(32);
  });

  it.skipIf(server === undefined)('is the same for machines that share a PostgreSQL', async () => {
    const database = await createTestDatabase(server ?? '');
    onTestFinished(() => database.drop());
    const env = { DATABASE_URL: database.url };
    const machines = [await openAt(await aHome(), { env }), await openAt(await aHome(), { env })];
    expect(new Set(await keysOf(machines))).toHaveLength(1);
    await Promise.all(machines.map((oatty) => oatty.close())); // the database goes next, and they close once more
  });

  it('is one of its own where nothing is durable', async () => {
    const home = await aHome();
    const options = { store: 'memory' } as const;
    const [one, other] = await keysOf([await openAt(home, options), await openAt(home, options)]);
    expect(one).not.toBe(other);
  });
});

function keysOf(opened: readonly { sharedKey(): Promise<Buffer> }[]): Promise<readonly string[]> {
  return Promise.all(opened.map(async (oatty) => (await oatty.sharedKey()).toString('hex')));
}
