/** Do the rules of an input make sense, and does its default keep them? */
import { compilePattern } from '../expression/functions/compile-pattern.ts';
import { equalsJson } from '../expression/json-values.ts';
import { acceptInput } from '../input/accept-input.ts';
import { coerceInput } from '../input/coerce-input.ts';
import { findCycles } from '../plan/order-steps.ts';
import { listStrings } from '../plan/step-texts.ts';
import { referredInput } from '../input/order-inputs.ts';
import { shorten } from '../schema/value-issue.ts';
import { hasTemplate } from './check-step-commands.ts';
import { checkValuePath } from './check-value-path.ts';
import type { ManifestPath } from './manifest-document.ts';
import type { InputScene, Scene } from './scene.ts';

export function checkInputs(scene: Scene): void {
  for (const input of scene.inputs) {
    checkAllowedValues(scene, input);
    checkRules(scene, input);
    checkDefault(scene, input);
  }
  checkInputCycles(scene);
}

// --- internal ---

function checkAllowedValues({ report }: Scene, { path, name, input }: InputScene): void {
  const lists: readonly (readonly [ManifestPath, readonly unknown[]])[] = [
    [[...path, 'enum'], input.enum ?? []],
    [[...path, 'validate', 'enum'], input.validate?.enum ?? []],
  ];
  const type = input.mode === 'multiple' && input.type === 'array' ? null : input.type;
  for (const [at, allowed] of lists) {
    for (const [index, value] of allowed.entries()) {
      const coerced = coerceInput(type, value);
      if (coerced.ok && equalsJson(coerced.value, value)) continue;
      report.violation({
        path: [...at, index],
        rule: 'input_value_invalid',
        message: `Allowed value ${index + 1} of input "${name}" is not of the type ${type}, so it can never be given.`,
        expected: type,
        actual: shorten(value),
      });
    }
  }
}

function checkRules({ report }: Scene, { path, name, input }: InputScene): void {
  const { pattern, min_length, max_length, minimum, maximum } = input.validate ?? {};
  const at = [...path, 'validate'];
  if (pattern !== null && pattern !== undefined) {
    const compiled = compilePattern(pattern);
    if (compiled.kind === 'invalid') {
      report.violation({
        path: [...at, 'pattern'],
        rule: 'pattern_invalid',
        message: `The pattern of input "${name}" is no regular expression that RE2 knows: ${compiled.problem}.`,
        actual: shorten(pattern),
        suggestion: 'RE2 has no look-around and no back-references.',
      });
    }
  }
  for (const [low, high] of [
    [min_length, max_length],
    [minimum, maximum],
  ]) {
    if (typeof low !== 'number' || typeof high !== 'number' || low <= high) continue;
    const message = `No value of input "${name}" can be at least ${low} and at most ${high}.`;
    report.violation({ path: at, rule: 'input_value_invalid', message });
  }
}

function checkDefault(scene: Scene, input: InputScene): void {
  const { default: declared } = input.input;
  const at = [...input.path, 'default', 'value'];
  switch (declared?.from) {
    case 'literal':
      return checkLiteral(scene, input, declared.value, at);
    case 'env':
      return checkVariable(scene, input, declared.value, at);
    case 'workflow_output':
      return checkOutput(scene, input, declared.value, at);
    case 'history':
    case undefined:
  }
}

function checkLiteral(
  { report }: Scene,
  { name, input }: InputScene,
  value: unknown,
  at: ManifestPath,
): void {
  if (value === null || listStrings(value).some(({ text }) => hasTemplate(text))) return;
  const accepted = acceptInput(input, value);
  if (accepted.ok) return;
  for (const { message, expected } of accepted.problems) {
    report.violation({
      path: at,
      rule: 'input_value_invalid',
      message: `The default of input "${name}" ${message}.`,
      expected,
      ...(input.secret !== true && { actual: shorten(value) }),
    });
  }
}

function checkVariable({ report }: Scene, { name }: InputScene, variable: string, at: ManifestPath): void {
  if (/^[^\s=$]+$/.test(variable)) return;
  const message = `The default of input "${name}" names no environment variable.`;
  report.violation({ path: at, rule: 'input_value_invalid', message, actual: shorten(variable) });
}

function checkOutput(
  scene: Scene,
  { name }: InputScene,
  { workflow, path }: { readonly workflow: string; readonly path: string },
  at: ManifestPath,
): void {
  checkValuePath(scene, [...at, 'path'], path);
  if (scene.workflows === undefined || scene.workflows.has(workflow)) return;
  scene.report.warning({
    path: [...at, 'workflow'],
    rule: 'workflow_not_found',
    message: `The default of input "${name}" reads the output of the workflow "${workflow}", which is not saved.`,
    actual: workflow,
  });
}

function checkInputCycles({ inputs, report }: Scene): void {
  const items = inputs.map(({ name, input, texts }) => {
    const read = texts.flatMap(({ references }) => references.flatMap((found) => referredInput(found) ?? []));
    const bindings = [...Object.values(input.provider_args ?? {}), ...Object.values(input.depends_on ?? {})];
    const bound = bindings.flatMap((binding) =>
      typeof binding === 'object' ? (binding.from_input ?? []) : [],
    );
    return { id: name, after: [...new Set([...read, ...bound])] };
  });
  for (const cycle of findCycles(items)) {
    const [first = ''] = cycle;
    const message =
      cycle.length === 1
        ? `Input "${first}" reads itself.`
        : `Inputs ${cycle.join(', ')} wait for each other.`;
    report.violation({ path: ['inputs', first], rule: 'input_cycle', message, actual: cycle });
  }
}
