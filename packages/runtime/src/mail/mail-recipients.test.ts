import { describe, expect, it } from 'vitest';
import { OattyError } from '@oatty/types';
import { parseRecipients, refuseStrangers, requireSomebody } from './mail-recipients.ts';
import type { MailCall } from './mail-recipients.ts';

const person: MailCall = { caller: { principal: 'local', via: 'cli' } };
const run: MailCall = { caller: { principal: 'local', via: 'cli' }, runId: 'r1' };
const model: MailCall = { caller: { principal: 'local', via: 'mcp' } };
const remote: MailCall = { caller: { principal: 'https://login.example#bob', via: 'mcp' } };

describe('mail that a person at this machine sends', () => {
  it('goes to anybody, whatever is set', () => {
    expect(refusedOf({ set: 'acme.example' }, ['eve@evil.example'], person)).toEqual([]);
  });
});

describe.each([
  ['a run', run],
  ['a model', model],
  ['somebody else', remote],
])('mail of %s', (_, call) => {
  it('goes to the addresses and domains that are set, in any case', () => {
    const asked = ['ann@acme.example', 'BOB@Other.example', 'cid@sub.acme.example', 'eve@other.example'];
    const set = 'Acme.example,  bob@other.EXAMPLE @third.example';
    expect(refusedOf({ set }, asked, call)).toEqual(['cid@sub.acme.example', 'eve@other.example']);
    expect(refusedOf({ set }, ['x@third.example'], call)).toEqual([]);
  });

  it('goes to anybody where that is said', () => {
    expect(refusedOf({ set: '*' }, ['eve@evil.example'], call)).toEqual([]);
  });

  it('does not go to an address that only ends or begins like one that is set', () => {
    const asked = ['eve@evilacme.example', 'ann@acme.example.evil.example', 'x@b@acme.evil.example'];
    expect(refusedOf({ set: 'acme.example ann@b.example' }, asked, call)).toEqual(asked);
  });
});

describe('mail where nothing is set', () => {
  it.each([
    ['tasks@acme.example', ['tasks@acme.example', 'Ann@Acme.example'], []],
    ['tasks@acme.example', ['eve@evil.example'], ['eve@evil.example']],
    ['Ada@gmail.com', ['ada@gmail.com', 'eve@gmail.com'], ['eve@gmail.com']],
    ['ada@yahoo.co.uk', ['eve@yahoo.co.uk'], ['eve@yahoo.co.uk']],
    ['ada@free.acme.example', ['eve@free.acme.example'], []],
  ])('goes from %s to its own domain: %j but %j', (from, asked, refused) => {
    for (const call of [run, model]) expect(refusedOf({ from }, asked, call)).toEqual(refused);
  });

  it('goes to nobody for others, who are told so', () => {
    expect(refusedOf({}, ['tasks@acme.example'], remote)).toEqual(['tasks@acme.example']);
    const settings = { from: 'tasks@acme.example', recipients: undefined };
    expect(() => requireSomebody(settings, remote)).toThrow(
      expect.objectContaining({ code: 'POLICY_DENIED' }),
    );
    expect(() => requireSomebody(settings, model)).not.toThrow();
  });
});

// --- internal ---

function refusedOf(
  { from = 'tasks@acme.example', set }: { readonly from?: string; readonly set?: string },
  addresses: readonly string[],
  call: MailCall,
): readonly string[] {
  const recipients = set === undefined ? undefined : parseRecipients(set);
  return addresses.filter((address) => {
    try {
      refuseStrangers({ from, recipients }, [address], call);
      return false;
    } catch (thrown) {
      return OattyError.from(thrown).code === 'POLICY_DENIED';
    }
  });
}
