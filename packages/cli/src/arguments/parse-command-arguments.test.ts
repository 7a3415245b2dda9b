import { describe, expect, it } from 'vitest';
import type { Command } from '@oatty/types';
import { parseCommandArguments } from './parse-command-arguments.ts';

const command: Command = {
  id: 'shop items:update',
  summary: 'Change an item.',
  effect: 'standard',
  parameters: [
    { name: 'order', in: 'path', required: true, schema: { type: 'string' } },
    { name: 'item', in: 'path', required: true, schema: { type: 'string' } },
    { name: 'page_size', in: 'query', required: false, schema: { type: 'integer' } },
    { name: 'notify', in: 'query', required: false, schema: { $ref: '#/schemas/Flag' } },
    { name: 'tags', in: 'body', required: false, schema: { type: 'array' } },
    { name: 'json', in: 'query', required: false, schema: { type: 'string' } },
  ],
  execution: { kind: 'http', method: 'PATCH', path: '/orders/{order}/items/{item}' },
};
const schemas = { Flag: { type: 'boolean' } };
const parse = (...args: string[]) => parseCommandArguments(command, schemas, args);

describe('parseCommandArguments', () => {
  it('fills path parameters from positionals, in the order of the path', () => {
    expect(parse('ord_1', 'itm_2').with).toEqual({ order: 'ord_1', item: 'itm_2' });
  });

  it('leaves positionals to the path parameters that no flag has set', () => {
    expect(parse('--order', 'ord_1', 'itm_2').with).toEqual({ order: 'ord_1', item: 'itm_2' });
  });

  it('takes flags under the names of parameters, with - or _', () => {
    expect(parse('--page-size', '5', '--order=ord_1').with).toEqual({ page_size: '5', order: 'ord_1' });
  });

  it('makes a list of a repeated flag', () => {
    expect(parse('--tags', 'a', '--tags', 'b').with).toEqual({ tags: ['a', 'b'] });
  });

  it('takes a boolean parameter without a value, also through a reference', () => {
    expect(parse('--notify', 'ord_1').with).toEqual({ notify: true, order: 'ord_1' });
    expect(parse('--notify').with).toEqual({ notify: true });
  });

  it.each([[['--notify=false']], [['--notify', 'false']]])('says no to a boolean with %j', (args) => {
    expect(parse(...args).with).toEqual({ notify: 'false' });
  });

  it('leaves our own options to us and reaches a parameter of such a name with --with', () => {
    const args = ['--json', '--with', 'json=pretty', '--body', '{}', '--dry-run', '--max-pages', '3'];
    expect(parse(...args)).toEqual({ with: { json: 'pretty' }, body: '{}', dryRun: true, maxPages: 3 });
  });

  it('takes negative numbers and everything behind -- as values', () => {
    expect(parse('--page-size', '-5', '--', '--odd').with).toEqual({ page_size: '-5', order: '--odd' });
  });

  it('takes a value that begins with -- only behind =', () => {
    expect(parse('--tags=--x', '--with=json=--y', '--order=--yes').with).toEqual({
      tags: '--x',
      json: '--y',
      order: '--yes',
    });
  });

  it.each([
    [['--pge-size', '5'], 'Did you mean --page_size?'],
    [['--boddy', '{}'], 'Did you mean --body?'],
    [['--with', 'ordre=1'], 'Did you mean --order?'],
    [['a', 'b', 'c'], 'See oatty shop items:update --help.'],
    [['a', 'b', '--order', 'c'], 'See oatty shop items:update --help.'],
    [['--page-size'], 'See oatty shop items:update --help.'],
    [['--order', '--yes'], 'See oatty shop items:update --help.'],
    [['--__proto__', 'x'], 'See oatty shop items:update --help.'],
    [['--max-pages', 'all'], 'Write --max-pages 10, say.'],
  ])('refuses %j', (args, suggestedAction) => {
    expect(() => parse(...args)).toThrow(
      expect.objectContaining({ code: 'ARGUMENT_INVALID', suggestedAction }),
    );
  });
});
