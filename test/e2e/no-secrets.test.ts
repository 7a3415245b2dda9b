import { describe, expect, it } from 'vitest';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openSharedState } from './shared-state.ts';

describe('the state file', () => {
  it('holds the value of no secret, nor does its log', async () => {
    const secrets = { SHOP_API_KEY: 'shop-test-key', token: 'tok-7d1f-very-secret' };
    await using state = await openSharedState();
    const handle = await state.oatty.runs.start({
      workflow: { manifest: aManifest },
      inputs: { token: secrets.token },
    });
    expect(await handle.wait()).toMatchObject({
      status: 'failed',
      steps: [{ status: 'succeeded' }, { status: 'failed' }],
    });
    const files = (await readdir(state.home)).filter((name) => name.startsWith('state.db'));
    expect(files).toContain('state.db-wal');
    const texts = await Promise.all(files.map((name) => readFile(join(state.home, name), 'latin1')));
    expect(texts.some((text) => text.includes('[secret]'))).toBe(true);
    for (const secret of Object.values(secrets)) {
      expect(texts.map((text) => text.includes(secret))).toEqual(files.map(() => false));
    }
    expect(state.shop.calls()).toMatchObject([{ body: `The token is ${secrets.token}.` }, {}]);
  });
});

/** The API answers with the note, and then with an error that tells of what was sent. */
const aManifest = `workflow: secretive
inputs:
  token: { type: string, secret: true }
steps:
  - id: note
    run: shop orders:note:update
    with: { order: ord_1 }
    body: The token is \${{ inputs.token }}.
  - id: lost
    run: shop orders:info
    depends_on: [note]
    with: { order: '\${{ inputs.token }}' }
`;
