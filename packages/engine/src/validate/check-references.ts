/**
 * Every path that an expression reads: does its root exist there, and what it names.
 *
 * Whether a path leads anywhere inside the output of a step is for `check-output-paths.ts`.
 */
import { didYouMean, suggestName } from '@oatty/types';
import type { WorkflowInput } from '@oatty/types';
import { referredInput } from '../input/order-inputs.ts';
import { referredStep } from '../plan/step-dependencies.ts';
import { checkItemPath, checkOutputPath } from './check-output-paths.ts';
import type { ReferenceAt } from './check-output-paths.ts';
import { checkResponsePath } from './check-response-paths.ts';
import type { ParsedText, Scene, StepScene } from './scene.ts';
import { isEach } from './step-output.ts';

export function checkReferences(scene: Scene): void {
  for (const { texts } of scene.inputs) checkTexts(scene, texts, undefined);
  for (const step of scene.steps) checkTexts(scene, step.texts, step);
  checkTexts(scene, scene.finalOutput, undefined);
  checkTexts(scene, scene.queueKey, undefined);
}

// --- internal ---

function checkTexts(scene: Scene, texts: readonly ParsedText[], step: StepScene | undefined): void {
  for (const text of texts) {
    for (const reference of text.references) checkReference(scene, { text, reference, step });
  }
}

function checkReference(scene: Scene, at: ReferenceAt): void {
  const isInKey = at.text.place === 'queue' && at.reference.root !== 'inputs';
  if (isInKey) return refuseInKey(scene, at);
  switch (at.reference.root) {
    case 'inputs':
      return checkInput(scene, at);
    case 'steps':
    case 'responses':
      return at.text.place === 'input' ? refuseRoot(scene, at) : checkStep(scene, at);
    case 'run':
      return at.text.place === 'input' ? refuseRoot(scene, at) : checkRunField(scene, at);
    case 'env':
      return checkVariable(scene, at);
    case 'item':
    case 'index':
      return checkItem(scene, at);
    case 'secrets':
      return checkSecret(scene, at);
  }
}

function checkInput({ draft, report }: Scene, { text, reference }: ReferenceAt): void {
  const name = referredInput(reference);
  if (name === undefined) return;
  const at = { path: text.path, actual: name, offset: reference.start };
  const input = draft.inputs.get(name);
  if (input === undefined) {
    if (draft.hasUnreadInputs) return;
    report.violation({
      ...at,
      rule: 'unknown_input',
      message: `"${reference.text}" reads the input "${name}", which is not declared.`,
      expected: [...draft.inputs.keys()],
      suggestion: didYouMean(name, draft.inputs.keys()) ?? `Declare it: "inputs: { ${name}: { … } }".`,
    });
  } else if (input.secret === true && !mayHoldSecret(draft, text)) {
    const message = `"${reference.text}": secret inputs are only there in "with" and "body" of a step, in arguments of providers and in defaults of other secret inputs.`;
    report.violation({ ...at, rule: 'secret_not_allowed', message });
  } else {
    checkInsideScalar(report, input, { text, reference });
  }
}

/** `inputs.name.length`: there is nothing inside a value that is certain to be no list and no object. */
function checkInsideScalar(
  report: Scene['report'],
  { type, mode }: WorkflowInput,
  { text, reference }: Pick<ReferenceAt, 'text' | 'reference'>,
): void {
  const name = referredInput(reference) ?? '';
  const [, inside] = reference.segments;
  const mayHaveInside = (type ?? 'object') === 'object' || type === 'array' || mode === 'multiple';
  if (mayHaveInside || inside === undefined || reference.guarded) return;
  const wanted = typeof inside === 'object' ? '…' : String(inside);
  report.violation({
    path: text.path,
    rule: 'input_path_missing',
    message: `"${reference.text}": the input "${name}" is of the type ${type}, and has nothing inside.`,
    expected: type,
    actual: wanted,
    suggestion: wanted === 'length' ? `Write "length(inputs.${name})".` : `Read "inputs.${name}".`,
    offset: reference.start,
  });
}

function mayHoldSecret({ inputs }: Scene['draft'], { place, path }: ParsedText): boolean {
  if (place !== 'input') return place === 'with' || place === 'body';
  const [, reader, key] = path;
  return key !== 'default' || inputs.get(String(reader))?.secret === true;
}

function checkStep(scene: Scene, at: ReferenceAt): void {
  const { text, reference } = at;
  const id = referredStep(reference);
  if (id === undefined) return;
  const target = scene.stepsById.get(id);
  if (target !== undefined) {
    return reference.root === 'steps'
      ? checkOutputPath(scene, at, target)
      : checkResponsePath(scene, at, target);
  }
  const ids = [...scene.stepsById.keys()];
  const counted = /^\d+$/.test(id) ? scene.steps[Number(id)]?.step.id : undefined;
  const byId =
    counted === undefined
      ? undefined
      : reference.text.replace(/^(steps|responses)(?:\.\d+|\[\d+\])/, `$1.${counted}`);
  scene.report.violation({
    path: text.path,
    rule: 'step_template_unknown_step',
    message: `"${reference.text}" reads the step "${id}", which does not exist.`,
    expected: ids,
    actual: id,
    suggestion: byId === undefined ? suggestName(id, ids) : `Write "${byId}": steps are read by their id.`,
    offset: reference.start,
  });
}

/** Inputs are resolved before there is a run. */
function refuseRoot({ report }: Scene, { text, reference }: ReferenceAt): void {
  report.violation({
    path: text.path,
    rule: 'reference_not_available',
    message: `"${reference.text}" is not known yet when inputs are resolved: no step has run.`,
    expected: ['inputs', 'env'],
    actual: reference.root,
    offset: reference.start,
  });
}

/** Whoever is in line has not begun, and another machine may have other variables. */
function refuseInKey({ report }: Scene, { text, reference }: ReferenceAt): void {
  report.violation({
    path: text.path,
    rule: 'reference_not_available',
    message: `"${reference.text}": the key of a queue is made of inputs alone.`,
    expected: ['inputs'],
    actual: reference.root,
    offset: reference.start,
  });
}

const runFields = ['id', 'workflow', 'started_at'];

function checkRunField({ report }: Scene, { text, reference }: ReferenceAt): void {
  const [field] = reference.segments;
  if (field === undefined || typeof field === 'object' || runFields.includes(String(field))) return;
  report.violation({
    path: text.path,
    rule: 'unknown_run_field',
    message: `"${reference.text}": a run has ${runFields.join(', ')}.`,
    expected: runFields,
    actual: field,
    suggestion: didYouMean(String(field), runFields),
    offset: reference.start,
  });
}

/** Which variables the configuration allows is not known here. */
function checkVariable({ inputs, report }: Scene, { text, reference }: ReferenceAt): void {
  const [name] = reference.segments;
  const declared = inputs.flatMap(({ input }) =>
    input.default?.from === 'env' ? [input.default.value] : [],
  );
  if (name === undefined || typeof name === 'object' || declared.includes(String(name))) return;
  report.warning({
    path: text.path,
    rule: 'env_not_declared',
    message: `"${reference.text}" has a value only when the configuration allows that variable.`,
    suggestion: `Declare an input with "default: { from: env, value: ${name} }" and read that.`,
    offset: reference.start,
  });
}

function checkItem(scene: Scene, at: ReferenceAt): void {
  const { text, reference, step } = at;
  const hasItems = step !== undefined && isEach(step);
  if (hasItems && ['with', 'body', 'until'].includes(text.place)) {
    return reference.root === 'item' ? checkItemPath(scene, at, step) : undefined;
  }
  const reason = hasItems
    ? `"${text.place}" is decided once, before the items`
    : 'only a step with "for_each" has items';
  scene.report.violation({
    path: text.path,
    rule: 'item_outside_for_each',
    message: `"${reference.text}" is not known here: ${reason}.`,
    offset: reference.start,
  });
}

function checkSecret(scene: Scene, { text, reference, step }: ReferenceAt): void {
  const [name] = reference.segments;
  const at = { path: text.path, offset: reference.start };
  if (text.place !== 'with' && text.place !== 'body') {
    const message = `"${reference.text}": secrets are only there in "with" and "body" of a step.`;
    return scene.report.violation({ ...at, rule: 'secret_not_allowed', message });
  }
  if (step?.found === undefined || name === undefined || typeof name === 'object') return;
  const { catalog } = step.found;
  if (catalog.secrets.includes(String(name))) return;
  scene.report.violation({
    ...at,
    rule: 'secret_not_bound',
    message: `The secret "${name}" is not bound to the catalog "${catalog.id}", whose command "${step.step.run}" would get it.`,
    expected: catalog.secrets,
    actual: String(name),
    suggestion: didYouMean(String(name), catalog.secrets) ?? `Bind it to the catalog "${catalog.id}".`,
  });
}
