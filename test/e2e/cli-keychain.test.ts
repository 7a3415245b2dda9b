/** `oatty secret …` with the keychain of the system. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShopCommandLines } from './command-line.ts';
import type { ShopCommandLines } from './command-line.ts';
import { hasKeychain, openKeychain } from './open-keychain.ts';

let shops: ShopCommandLines;
beforeAll(async () => {
  shops = await openShopCommandLines();
});
afterAll(() => shops.close());

describe.skipIf(!hasKeychain)('secrets in a keychain', () => {
  it('are set for a catalog, used by its commands, and forgotten', async () => {
    await using keychain = await openKeychain();
    await using oatty = await shops.open();
    const env = { ...keychain.env, OATTY_SECRETS_BACKEND: 'keychain' };
    const call = (...args: readonly string[]) => oatty.binary.runWith({ env }, ...args);
    const listed = async () => JSON.parse((await call('secret', 'list', '--json')).stdout).items;

    const stdin = 's3cret-name\n';
    expect(
      await oatty.binary.runWith({ env, stdin }, 'secret', 'set', 'NICK', '--catalog', 'shop-api'),
    ).toEqual({
      exitCode: 0,
      stdout: 'Secret NICK is set\n',
      stderr: '',
    });
    expect(await listed()).toEqual([{ name: 'NICK', catalogs: ['shop-api'], is_set: true }]);

    const manifest = `workflow: note
steps:
  - id: add
    run: shop customers:create
    with: { name: '\${{ secrets.NICK }}', email: a@example.com }
`;
    const run = await call('run', await oatty.write('note.yaml', manifest), '--json');
    expect([run.exitCode, shops.shop.calls()]).toMatchObject([0, [{ body: { name: 's3cret-name' } }]]);
    expect(run.stdout + run.stderr).not.toContain('s3cret-name');

    const removed = await call('secret', 'remove', 'NICK', '--yes');
    expect(removed.stdout).toBe('Secret NICK is gone\n');
    expect(await listed()).toEqual([{ name: 'NICK', catalogs: ['shop-api'], is_set: false }]);
    const without = await call('run', await oatty.write('note.yaml', manifest), '--json');
    expect([without.exitCode, JSON.parse(without.stdout).error.message]).toEqual([
      1,
      expect.stringContaining('NICK'),
    ]);
  });

  it('need the catalog to be there before anything is kept', async () => {
    await using keychain = await openKeychain();
    await using oatty = await shops.open();
    const env = { ...keychain.env, OATTY_SECRETS_BACKEND: 'keychain' };
    const { exitCode, stderr } = await oatty.binary.runWith(
      { env, stdin: 'value' },
      'secret',
      'set',
      'NICK',
      '--catalog',
      'shop-ap',
    );
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('shop-api')]);
    expect((await oatty.binary.runWith({ env }, 'secret', 'list')).stdout).toBe('No secrets are set.\n');
  });
});
