import { describe, expect, it } from 'vitest';
import type { CliCommand } from '../cli-command.ts';
import { parseArguments, parsePair, readGlobalFlags } from './parse-arguments.ts';

const command: CliCommand = {
  path: 'cook',
  summary: 'Cook something.',
  positionals: [
    { name: 'DISH', required: true, description: 'What.' },
    { name: 'SIDE', required: false, variadic: true, description: 'With what.' },
  ],
  options: {
    salt: { type: 'boolean', description: 'Salted.' },
    oven: { type: 'string', value: 'N', description: 'Degrees.' },
    spice: { type: 'string', multiple: true, description: 'Spices.' },
    style: { type: 'string', choices: ['dry', 'wet'], description: 'How.' },
  },
  run: async () => undefined,
};

describe('parseArguments', () => {
  it('takes positionals and options in any order', () => {
    expect(
      parseArguments(command, [
        '--oven',
        '200',
        'soup',
        '--salt',
        'bread',
        'salad',
        '--spice=a',
        '--spice',
        'b',
      ]),
    ).toEqual({
      positionals: ['soup', 'bread', 'salad'],
      options: { oven: '200', salt: true, spice: ['a', 'b'] },
    });
  });

  it('takes everything after -- as positionals', () => {
    expect(parseArguments(command, ['--', '--salt', '-x']).positionals).toEqual(['--salt', '-x']);
  });

  it('accepts global flags anywhere', () => {
    expect(parseArguments(command, ['soup', '--json', '--yes']).options).toEqual({ json: true, yes: true });
  });

  it.each([
    [['soup', '--slat'], 'Did you mean --salt?'],
    [['soup', '--nothing-like-it'], 'See oatty cook --help.'],
    [['soup', '--oven'], 'See oatty cook --help.'],
    [['soup', '--salt=yes'], 'See oatty cook --help.'],
    [['soup', '--oven', '1', '--oven', '2'], 'See oatty cook --help.'],
    [['soup', '--style', 'fried'], 'See oatty cook --help.'],
    [['--salt'], 'See oatty cook --help.'],
  ])('refuses %j', (args, suggestedAction) => {
    expect(() => parseArguments(command, args)).toThrow(
      expect.objectContaining({ code: 'ARGUMENT_INVALID', suggestedAction }),
    );
  });

  it('refuses a positional too many', () => {
    expect(() => parseArguments({ ...command, positionals: [] }, ['soup'])).toThrow(
      expect.objectContaining({ code: 'ARGUMENT_INVALID' }),
    );
  });
});

describe('readGlobalFlags', () => {
  it('reads them wherever they stand, up to --', () => {
    expect(readGlobalFlags(['run', 'x', '--json', '--', '--yes'])).toMatchObject({ json: true, yes: false });
  });
});

describe('parsePair', () => {
  it('splits at the first equals sign', () => {
    expect(parsePair('input', 'query=a=b')).toEqual(['query', 'a=b']);
  });

  it.each(['novalue', '=x'])('refuses %s', (text) => {
    expect(() => parsePair('input', text)).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID' }));
  });
});
