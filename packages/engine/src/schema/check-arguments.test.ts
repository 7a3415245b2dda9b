import { describe, expect, it } from 'vitest';
import type { Command, CommandArguments } from '@oatty/types';
import { checkArguments } from './check-arguments.ts';
import type { CheckArgumentsOptions } from './check-arguments.ts';

const command: Command = {
  id: 'shop orders:create',
  summary: 'Creates an order',
  effect: 'standard',
  parameters: [
    { name: 'store', in: 'path', required: true, schema: { type: 'string' } },
    { name: 'dry_run', wire_name: 'dryRun', in: 'query', required: false, schema: { type: 'boolean' } },
    { name: 'limit', in: 'query', required: false, schema: { type: 'integer', maximum: 100 } },
    { name: 'sku', in: 'body', required: true, schema: { type: 'string' } },
    { name: 'note', in: 'body', required: false, schema: { type: ['string', 'null'] } },
  ],
  body: {
    media_type: 'application/json',
    required: true,
    schema: {
      type: 'object',
      required: ['sku'],
      properties: { sku: { type: 'string' }, note: { type: ['string', 'null'] } },
    },
  },
  execution: { kind: 'http', method: 'POST', path: '/stores/{store}/orders' },
};

function check(given: CommandArguments, options: CheckArgumentsOptions = {}, of: Command = command) {
  return checkArguments({ command: of, schemas: {} }, given, options).map((issue) => [
    issue.path.join('.'),
    issue.rule,
  ]);
}

const isUnknown = (value: unknown) => typeof value === 'string' && value.includes('${{');

describe('checkArguments', () => {
  it('is content with everything that is needed', () => {
    expect(check({ with: { store: 'a', sku: 'b', note: null, limit: 5 } })).toEqual([]);
    expect(check({ with: { store: 'a' }, body: { sku: 'b' } })).toEqual([]);
  });

  it('lists missing, unknown and wrong parameters together', () => {
    expect(check({ with: { limit: 'ten', stor: 'a' } })).toEqual([
      ['with.limit', 'parameter_type'],
      ['with.stor', 'parameter_unknown'],
      ['with.sku', 'parameter_missing'],
    ]);
    expect(check({ with: { store: 'a', sku: 'b', limit: 101 } })).toEqual([
      ['with.limit', 'parameter_value'],
    ]);
  });

  it('suggests the parameter that was probably meant', () => {
    const issues = checkArguments({ command, schemas: {} }, { with: { stor: 1, dryRun: true } });
    expect(issues.map(({ suggestion }) => suggestion).slice(0, 2)).toEqual([
      'Did you mean "store"?',
      'Did you mean "dry_run"?',
    ]);
  });

  it('takes null as not given', () => {
    expect(check({ with: { store: null, sku: 'b', limit: null } })).toEqual([
      ['with.store', 'parameter_missing'],
    ]);
    expect(check({ with: { store: 'a', sku: null, note: null }, body: { sku: 'b' } })).toEqual([]);
  });

  it('is strict about literals and lenient about texts on the wire', () => {
    const given = { with: { store: 7, sku: 'b', limit: '10' } };
    expect(check(given)).toEqual([
      ['with.store', 'parameter_type'],
      ['with.limit', 'parameter_type'],
    ]);
    expect(check(given, { lenientText: true })).toEqual([]);
    expect(check({ with: { store: 'a', sku: 7 } }, { lenientText: true })).toEqual([
      ['with.sku', 'parameter_type'],
    ]);
  });

  it('skips templates', () => {
    expect(check({ with: { store: 'a', sku: 'b', limit: '${{ inputs.n }}' } }, { isUnknown })).toEqual([]);
  });

  it('refuses a body together with body parameters', () => {
    expect(check({ with: { store: 'a', sku: 'b' }, body: { sku: 'b' } })).toEqual([
      ['body', 'body_conflict'],
    ]);
  });

  it('looks into a JSON body', () => {
    expect(check({ with: { store: 'a' }, body: { sku: 1 } })).toEqual([['body.sku', 'body_type']]);
    expect(check({ with: { store: 'a' }, body: {} })).toEqual([['body', 'body_value']]);
  });

  it('takes files for texts in a multipart body, and nowhere else', () => {
    const properties = {
      photo: { type: 'string', format: 'binary' },
      more: { type: 'array', items: { type: 'string' } },
    };
    const parameters = Object.entries(properties).map(([name, schema]) => ({
      name,
      in: 'body' as const,
      required: false,
      schema,
    }));
    const body = {
      media_type: 'multipart/form-data',
      required: true,
      schema: { type: 'object', properties },
    };
    const upload: Command = { ...command, parameters, body };
    const given = { photo: { file: 'a.png' }, more: [{ base64: 'aGk=', filename: 'a' }] };
    expect(check({ with: given }, {}, upload)).toEqual([]);
    expect(check({ with: {}, body: given }, {}, upload)).toEqual([]);
    expect(check({ with: { photo: { path: 'a.png' } } }, {}, upload)).toEqual([
      ['with.photo', 'parameter_type'],
    ]);
    const json: Command = { ...upload, body: { ...body, media_type: 'application/json' } };
    expect(check({ with: {}, body: { photo: { file: 'a.png' } } }, {}, json)).toEqual([
      ['body.photo', 'body_type'],
    ]);
  });

  it('does not look into a body of another media type', () => {
    const upload: Command = {
      ...command,
      parameters: [],
      body: { media_type: 'text/csv', required: true, schema: { type: 'string', maxLength: 1 } },
    };
    expect(check({ with: {}, body: 'a,b' }, {}, upload)).toEqual([]);
    const lines = { media_type: 'application/x-ndjson', required: true, schema: { type: 'object' } };
    expect(check({ with: {}, body: '{}\n{}\n' }, {}, { ...upload, body: lines })).toEqual([]);
    expect(check({ with: {} }, {}, upload)).toEqual([['body', 'body_missing']]);
    expect(check({ with: {}, body: null }, {}, upload)).toEqual([['body', 'body_missing']]);
  });

  it('refuses a body that the command does not take', () => {
    const { body, ...bodyless } = { ...command, parameters: [] };
    expect(check({ with: {}, body: {} }, {}, bodyless)).toEqual([['body', 'body_not_accepted']]);
  });

  it('asks for nothing of an optional body that is not given', () => {
    const optional: Command = {
      ...command,
      body: { media_type: 'application/json', required: false, schema: {} },
    };
    expect(check({ with: { store: 'a' } }, {}, optional)).toEqual([]);
    expect(check({ with: { store: 'a', note: 'x' } }, {}, optional)).toEqual([
      ['with.sku', 'parameter_missing'],
    ]);
  });
});
