/** Keys that change nothing where they stand, inputs that nobody reads, and secrets in clear. */
import { referredInput } from '../input/order-inputs.ts';
import { providerCommand } from '../input/provider-choices.ts';
import type { ManifestPath } from './manifest-document.ts';
import type { InputScene, Scene, StepScene } from './scene.ts';
import { isEach } from './step-output.ts';

export function warnAboutSettings(scene: Scene): void {
  for (const input of scene.inputs) warnAboutInput(scene, input);
  for (const step of scene.steps) warnAboutStep(scene, step);
  warnAboutUnusedInputs(scene);
}

// --- internal ---

function warnAboutInput(scene: Scene, { path, name, input }: InputScene): void {
  const needsProvider = ['provider_args', 'depends_on', 'select', 'cache_ttl_sec', 'on_error'] as const;
  if (providerCommand(input) === undefined) {
    for (const key of needsProvider) {
      if (isSet(input[key])) reportIdle(scene, [...path, key], 'there is no "provider"');
    }
  }
  if (isSet(input.join) && input.mode !== 'multiple')
    reportIdle(scene, [...path, 'join'], 'there is no "mode: multiple"');
  if (input.secret === true && input.default?.from === 'history')
    reportIdle(scene, [...path, 'default'], 'values of secret inputs are not kept');
  if (input.secret === true && input.default?.from === 'literal') {
    scene.report.warning({
      path: [...path, 'default', 'value'],
      rule: 'secret_in_manifest',
      message: `The default of the secret input "${name}" stands in the manifest in clear.`,
      suggestion: 'Use "default: { from: env, value: NAME }".',
    });
  }
}

function warnAboutStep(scene: Scene, { path, step, ...rest }: StepScene): void {
  if (isSet(step.concurrency) && !isEach({ path, step, ...rest }))
    reportIdle(scene, [...path, 'concurrency'], 'there is no "for_each"');
  if (isSet(step.repeat) && !isSet(step.repeat?.until))
    reportIdle(scene, [...path, 'repeat'], 'there is no "until"');
}

function reportIdle({ report }: Scene, path: ManifestPath, reason: string): void {
  const key = String(path.at(-1));
  const message = `"${key}" changes nothing here: ${reason}.`;
  report.warning({ path, rule: 'setting_without_effect', message, target: 'key' });
}

function warnAboutUnusedInputs({ inputs, steps, finalOutput, report }: Scene): void {
  const texts = [...inputs, ...steps].flatMap((holder) => holder.texts);
  const references = [...texts, ...finalOutput].flatMap((text) => text.references);
  if (references.some(({ root, segments: [name] }) => root === 'inputs' && typeof name !== 'string')) return;
  const bindings = inputs.flatMap(({ input }) => [
    ...Object.values(input.provider_args ?? {}),
    ...Object.values(input.depends_on ?? {}),
  ]);
  const used = new Set([
    ...references.map(referredInput),
    ...bindings.map((binding) => (typeof binding === 'object' ? binding.from_input : undefined)),
  ]);
  for (const { path, name } of inputs.filter((input) => !used.has(input.name))) {
    const message = `Nothing reads the input "${name}".`;
    report.warning({ path, rule: 'unused_input', message, target: 'key' });
  }
}

function isSet(value: unknown): boolean {
  return value !== null && value !== undefined;
}
