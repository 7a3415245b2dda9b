import { describe, expect, it } from 'vitest';
import { OattyError } from '@oatty/types';
import type { Command, CommandArguments } from '@oatty/types';
import { aCommand, aParameter } from '../../test/a-call.ts';
import { readArguments } from './read-arguments.ts';

const command = aCommand({
  method: 'POST',
  parameters: [
    aParameter({ name: 'order_id', in: 'path', wire_name: 'order' }),
    aParameter({ name: 'expand', in: 'query', schema: { enum: ['all', 'none'], default: 'all' } }),
    aParameter({ name: 'amount', in: 'body', required: true }),
    aParameter({ name: 'note', in: 'body', wire_name: 'note_text' }),
  ],
  body: { media_type: 'application/json', schema: {}, required: true },
});

function violationsOf(given: CommandArguments, of: Command = command) {
  try {
    readArguments(of, given);
  } catch (thrown) {
    if (thrown instanceof OattyError && thrown.code === 'ARGUMENT_INVALID') return thrown.options.violations;
    throw thrown;
  }
  return [];
}

describe('readArguments', () => {
  it('sorts values by location and gives them their wire names', () => {
    const given = readArguments(command, { with: { order_id: 'o1', amount: 5, note: 'x' } });
    expect(given.path.map(({ wireName, value }) => [wireName, value])).toEqual([['order', 'o1']]);
    expect(given.body).toEqual({
      kind: 'properties',
      properties: [
        ['amount', 5],
        ['note_text', 'x'],
      ],
    });
  });

  it('sends neither defaults nor first enum values', () => {
    expect(readArguments(command, { with: { order_id: 'o1', amount: 5 } }).query).toEqual([]);
  });

  it('takes null and undefined as not given', () => {
    expect(violationsOf({ with: { order_id: null, amount: undefined } })).toMatchObject([
      { path: '$.with.order_id', rule: 'argument_missing' },
      { path: '$.with.amount', rule: 'argument_missing' },
    ]);
    expect(readArguments(command, { with: { order_id: 'o1', amount: 5, expand: null } }).query).toEqual([]);
  });

  it('tells every missing and every unknown name at once', () => {
    expect(violationsOf({ with: { order: 'o1', amout: 5, zzzzzz: 1 } })).toMatchObject([
      { path: '$.with.order', rule: 'argument_unknown' },
      { path: '$.with.amout', rule: 'argument_unknown', suggestion: 'Did you mean "amount"?' },
      { path: '$.with.zzzzzz', rule: 'argument_unknown' },
      { path: '$.with.order_id', rule: 'argument_missing' },
      { path: '$.with.amount', rule: 'argument_missing' },
    ]);
  });

  it.each(['__proto__', 'constructor', 'toString'])('knows no parameter named %s', (name) => {
    const given = JSON.parse(`{"order_id":"o1","amount":5,"${name}":1}`) as Record<string, unknown>;
    expect(violationsOf({ with: given })).toMatchObject([
      { path: `$.with.${name}`, rule: 'argument_unknown' },
    ]);
  });

  it('takes the whole body instead of its properties', () => {
    const given = readArguments(command, { with: { order_id: 'o1' }, body: { amount: 5, extra: null } });
    expect(given.body).toEqual({ kind: 'whole', value: { amount: 5, extra: null } });
  });

  it('refuses the whole body next to one of its properties', () => {
    expect(violationsOf({ with: { order_id: 'o1', amount: 5 }, body: {} })).toMatchObject([
      { path: '$.with.amount', rule: 'argument_conflict' },
    ]);
  });

  it('refuses a body where the command takes none', () => {
    expect(violationsOf({ with: {}, body: {} }, aCommand())).toMatchObject([
      { path: '$.body', rule: 'argument_unknown' },
    ]);
  });

  it('asks for a body that is required and has no properties of its own', () => {
    const upload = aCommand({ body: { media_type: 'application/octet-stream', schema: {}, required: true } });
    expect(violationsOf({ with: {} }, upload)).toMatchObject([{ path: '$.body', rule: 'argument_missing' }]);
  });

  it('sends an empty object for a required body whose properties are all optional', () => {
    const update = aCommand({
      parameters: [aParameter({ name: 'note', in: 'body' })],
      body: { media_type: 'application/json', schema: {}, required: true },
    });
    expect(readArguments(update, { with: {} }).body).toEqual({ kind: 'properties', properties: [] });
  });

  it('lets an optional body be left out with all that it would require', () => {
    const search = aCommand({
      parameters: [
        aParameter({ name: 'text', in: 'body', required: true }),
        aParameter({ name: 'limit', in: 'body' }),
      ],
      body: { media_type: 'application/json', schema: {}, required: false },
    });
    expect(readArguments(search, { with: {} }).body).toEqual({ kind: 'none' });
    expect(violationsOf({ with: { limit: 1 } }, search)).toMatchObject([{ path: '$.with.text' }]);
  });
});
