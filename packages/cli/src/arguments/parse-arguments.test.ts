import { describe, expect, it } from 'vitest';
import type { CliCommand } from '../cli-command.ts';
import { parseArguments } from './parse-arguments.ts';

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
  run: async () => 0,
};

describe('parseArguments', () => {
  it('takes positionals and options in any order', () => {
    const args = ['--oven', '200', 'soup', '--salt', 'bread', 'salad', '--spice=a=b', '--spice', 'c'];
    expect(parseArguments(command, args)).toEqual({
      positionals: ['soup', 'bread', 'salad'],
      options: { oven: '200', salt: true, spice: ['a=b', 'c'] },
    });
  });

  it('accepts global flags anywhere', () => {
    expect(parseArguments(command, ['soup', '--json', '--yes']).options).toEqual({ json: true, yes: true });
  });

  it('takes everything behind -- as positionals', () => {
    expect(parseArguments(command, ['--', '--salt', '-x']).positionals).toEqual(['--salt', '-x']);
  });

  it('takes a value that begins with -- only behind =', () => {
    expect(parseArguments(command, ['soup', '--oven=--200']).options).toEqual({ oven: '--200' });
    expect(parseArguments(command, ['soup', '--oven', '-5']).options).toEqual({ oven: '-5' });
  });

  it.each([
    [['soup', '--slat'], 'oatty cook has no option --slat.', 'Did you mean --salt?'],
    [['soup', '--__proto__'], 'oatty cook has no option --__proto__.', 'See oatty cook --help.'],
    [['soup', '-s'], 'oatty cook has no option -s.', 'See oatty cook --help.'],
    [['soup', '--oven'], '--oven needs a value: N.', 'See oatty cook --help.'],
    [['soup', '--oven', '--json'], '--oven needs a value: N.', 'See oatty cook --help.'],
    [['soup', '--salt=yes'], '--salt takes no value.', 'See oatty cook --help.'],
    [['soup', '--oven', '1', '--oven', '2'], '--oven is given twice.', 'See oatty cook --help.'],
    [['soup', '--style', 'fried'], '--style is one of dry, wet, not "fried".', 'See oatty cook --help.'],
    [['--salt'], 'oatty cook needs DISH.', 'See oatty cook --help.'],
    [[''], 'oatty cook needs DISH.', 'See oatty cook --help.'],
  ])('refuses %j', (args, message, suggestedAction) => {
    expect(() => parseArguments(command, args)).toThrow(
      expect.objectContaining({ code: 'ARGUMENT_INVALID', message, suggestedAction }),
    );
  });

  it('refuses a positional too many', () => {
    expect(() => parseArguments({ ...command, positionals: [] }, ['soup'])).toThrow(
      expect.objectContaining({ code: 'ARGUMENT_INVALID', message: 'oatty cook does not take "soup".' }),
    );
  });
});
