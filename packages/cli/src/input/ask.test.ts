import { describe, expect, it } from 'vitest';
import { aContext, captureIo } from '../../test/captured-io.ts';
import { confirm } from './ask.ts';

const refused = expect.objectContaining({
  code: 'CONFIRMATION_REQUIRED',
  suggestedAction: 'Pass --yes to confirm it.',
}) as Error;
const terminal = { columns: 80, rows: 24 };

describe('confirm', () => {
  it('is an error where nobody can be asked', async () => {
    await expect(confirm(aContext(captureIo()), 'Remove it?')).rejects.toThrow(refused);
    const json = aContext(captureIo({ terminal }), { json: true });
    await expect(confirm(json, 'Remove it?')).rejects.toThrow(refused);
  });

  it('goes on with --yes without asking', async () => {
    const io = captureIo();
    await confirm(aContext(io, { yes: true }), 'Remove it?');
    expect(io.err()).toBe('');
  });
});
