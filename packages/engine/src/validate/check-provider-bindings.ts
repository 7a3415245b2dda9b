/** Where the values of provider arguments come from. */
import { didYouMean } from '@oatty/types';
import type { ArgumentBinding } from '@oatty/types';
import { listBindings, referredInput } from '../input/order-inputs.ts';
import type { NamedBinding } from '../input/order-inputs.ts';
import { hasTemplate } from './check-step-commands.ts';
import { checkValuePath } from './check-value-path.ts';
import type { ManifestPath } from './manifest-document.ts';
import type { InputScene, Scene } from './scene.ts';

export function checkBindings(scene: Scene, input: InputScene): void {
  for (const binding of listBindings(input.input)) checkBinding(scene, input, binding);
}

/** What a provider needs of other inputs stands in `depends_on` too, so that editors can ask in the right order. */
export function checkUpstream({ report }: Scene, scene: InputScene): void {
  const { path, name, input } = scene;
  const dependencies = input.depends_on ?? {};
  for (const [argument, binding] of Object.entries(input.provider_args ?? {})) {
    if (!isUpstream(scene, ['provider_args', argument], binding) || Object.hasOwn(dependencies, argument))
      continue;
    report.violation({
      path: [...path, 'provider_args', argument],
      rule: 'provider_argument_missing_depends_on',
      message: `Provider argument "${argument}" of input "${name}" uses another input, but "depends_on" does not say so.`,
      suggestion: `Move it to "depends_on: { ${argument}: … }".`,
    });
  }
  for (const [argument, binding] of Object.entries(dependencies)) {
    if (isUpstream(scene, ['depends_on', argument], binding)) continue;
    report.violation({
      path: [...path, 'depends_on', argument],
      rule: 'depends_on_not_upstream',
      message: `"depends_on.${argument}" of input "${name}" reads no other input.`,
      suggestion: 'Values that depend on nothing belong to "provider_args".',
    });
  }
}

// --- internal ---

function checkBinding(
  scene: Scene,
  { path, name }: InputScene,
  { argument, binding, ...at }: NamedBinding,
): void {
  if (typeof binding === 'string') return;
  const place = [...path, ...at.path];
  const { from_input, from_step } = binding;
  const sources = [from_input, from_step].filter((source) => source !== null && source !== undefined);
  if (sources.length !== 1) {
    scene.report.violation({
      path: place,
      rule: 'provider_argument_binding',
      message: `Provider argument "${argument}" of input "${name}" must name one of from_input and from_step.`,
      expected: ['from_input', 'from_step'],
      actual: sources,
    });
  }
  if (from_step !== null && from_step !== undefined)
    reportStep(scene, [...place, 'from_step'], { argument, id: from_step });
  if (from_input !== null && from_input !== undefined && !scene.draft.inputs.has(from_input)) {
    scene.report.violation({
      path: [...place, 'from_input'],
      rule: 'unknown_input',
      message: `Provider argument "${argument}" of input "${name}" reads the input "${from_input}", which is not declared.`,
      expected: [...scene.draft.inputs.keys()],
      actual: from_input,
      suggestion: didYouMean(from_input, scene.draft.inputs.keys()),
    });
  }
  checkValuePath(scene, [...place, 'path'], binding.path);
}

function reportStep(
  { report, stepsById }: Scene,
  path: ManifestPath,
  { argument, id }: { readonly argument: string; readonly id: string },
): void {
  if (!stepsById.has(id)) {
    const message = `Provider argument "${argument}" reads the step "${id}", which does not exist.`;
    const suggestion = didYouMean(id, stepsById.keys());
    return report.violation({ path, rule: 'step_template_unknown_step', message, actual: id, suggestion });
  }
  report.warning({
    path,
    rule: 'provider_argument_from_step',
    message: `Provider argument "${argument}" never has a value: inputs are resolved before step "${id}" runs.`,
  });
}

function isUpstream(scene: InputScene, at: readonly string[], binding: ArgumentBinding): boolean {
  if (typeof binding === 'object') return Boolean(binding.from_input ?? binding.from_step);
  const place = JSON.stringify([...scene.path, ...at]);
  const text = scene.texts.find(({ path }) => JSON.stringify(path) === place);
  // A template that does not parse is a mistake of its own.
  if (text === undefined) return hasTemplate(binding);
  return text.references.some(
    (reference) => referredInput(reference) !== undefined || reference.root === 'steps',
  );
}
