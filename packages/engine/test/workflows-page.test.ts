/** `specs/WORKFLOWS.md` is served to authors and models, so it must be true: its examples, its rules and its keys. */
import { readFileSync } from 'node:fs';
import { workflowSchema } from '@oatty/types';
import { describe, expect, it } from 'vitest';
import { violationRules, warningRules } from '../src/validate/validation-rules.ts';
import { validateWorkflow } from '../src/validate/validate-workflow.ts';
import { parseYaml } from './parse-document.ts';
import { createCommands } from './shop-commands.ts';

const page = readFileSync(new URL('../../../specs/WORKFLOWS.md', import.meta.url), 'utf8');

describe('the examples of specs/WORKFLOWS.md', () => {
  const examples = [...page.matchAll(/```yaml\n(.*?)\n```/gs)].map(([, text = '']) => text);

  it('are there', () => {
    expect(examples.length).toBeGreaterThanOrEqual(2);
  });

  it.each(examples)('has no violation: %s', (text) => {
    expect(validateWorkflow(parseYaml(text), { commands: createCommands() }).violations).toEqual([]);
  });
});

describe('specs/WORKFLOWS.md', () => {
  it.each([
    ['Violations', violationRules],
    ['Warnings', warningRules],
  ])('lists the rules under %s as they are', (heading, rules) => {
    expect(listNames(section(heading))).toEqual(rules);
  });

  const { shape } = workflowSchema;
  const input = shape.inputs.unwrap().unwrap().valueType.shape;
  const step = shape.steps.element.shape;
  it.each([
    ['Top level', Object.keys(shape)],
    ['Inputs', Object.keys(input)],
    ['Steps', Object.keys(step)],
  ])('has a row for each key under %s', (heading, keys) => {
    const rows = listNames(section(heading)).map((name) => name.split(/[.[]/)[0] ?? name);
    const aliases = ['when'];
    expect(new Set([...rows, ...aliases.filter((name) => keys.includes(name))])).toEqual(new Set(keys));
  });

  it.each([
    ['Inputs', Object.keys(input.validate.unwrap().unwrap().shape)],
    ['Inputs', Object.keys(input.select.unwrap().unwrap().shape)],
    ['Steps', Object.keys(step.retry.unwrap().unwrap().shape)],
    ['Steps', Object.keys(step.repeat.unwrap().unwrap().shape)],
  ])('names the keys inside under %s', (heading, keys) => {
    const text = section(heading);
    expect(keys.filter((key) => !text.includes(`\`${key}\``))).toEqual([]);
  });

  it('is short enough to be read whole', () => {
    expect(page.length).toBeLessThan(14_000);
  });
});

// --- internal ---

function section(heading: string): string {
  return page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
}

/** The names in the first column of the table. */
function listNames(text: string): readonly string[] {
  const rows = text.split('\n').filter((line) => line.startsWith('| `'));
  return rows.flatMap((row) => {
    const [, first = ''] = row.split('|');
    return [...first.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
  });
}
