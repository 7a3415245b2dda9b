/**
 * Inputs that a workflow needs and was not given: asked for at a terminal, with the values of providers as choices.
 *
 *   Q1. Elsewhere nothing is asked: starting the run says what is missing.
 *   Q2. What is wrong with a value that was given ends the questions: starting the run says what it is.
 *   Q3. An answer that the workflow refuses is asked for again.
 */
import type { InputsResolutionDocument, InputValues, Workflows, WorkflowSelector } from '@oatty/runtime';
import type { CliContext } from '../cli-command.ts';
import { isInteractive } from '../io.ts';
import { toPrintable } from '../output/printable.ts';
import { ask } from './ask.ts';
import type { Choice } from './ask.ts';

/** @throws {OattyError} `CANCELED` when the person gives up */
export async function completeInputs(
  context: CliContext,
  workflows: Workflows,
  selector: WorkflowSelector,
  given: InputValues,
): Promise<InputValues> {
  if (!isInteractive(context.io) || context.flags.json) return given;
  const answers = new Map<string, unknown>();
  for (;;) {
    const inputs = { ...given, ...Object.fromEntries(answers) };
    const resolution = await workflows.resolveInputs(selector, inputs);
    const name = nextQuestion(context, resolution, answers);
    if (name === undefined || Object.hasOwn(given, name)) return inputs;
    answers.set(
      name,
      await askFor(context, name, resolution, await workflows.previewInputs(selector, inputs)),
    );
  }
}

// --- internal ---

function nextQuestion(
  context: CliContext,
  { violations, required_missing }: InputsResolutionDocument,
  answers: ReadonlyMap<string, unknown>,
): string | undefined {
  const [violation] = violations;
  if (violation === undefined) return required_missing[0];
  const refused = [...answers.keys()].find((name) => violation.path === `$.inputs.${name}`);
  if (refused !== undefined) context.note(context.stderrStyle.paint.yellow(toPrintable(violation.message)));
  return refused;
}

async function askFor(
  context: CliContext,
  name: string,
  { choices }: InputsResolutionDocument,
  { inputs }: { readonly inputs: readonly Readonly<Record<string, unknown>>[] },
): Promise<unknown> {
  const spec = inputs.find((candidate) => candidate['input'] === name) ?? {};
  const label = textOf(spec['label']) ?? name;
  const description = textOf(spec['description']) ?? textOf(spec['hint']);
  const placeholder = textOf(spec['placeholder']) ?? textOf(spec['example']);
  return ask(context, {
    message: toPrintable(description === undefined ? label : `${label}: ${description}`),
    ...(placeholder !== undefined && { placeholder }),
    secret: spec['secret'] === true,
    choices: Object.hasOwn(choices, name) ? (choices[name] ?? []) : allowedValues(spec),
    multiple: spec['mode'] === 'multiple',
  });
}

/** What the manifest itself lists; a boolean is a choice too. */
function allowedValues({
  enum: values,
  validate,
  type,
}: Readonly<Record<string, unknown>>): readonly Choice[] {
  const rules = typeof validate === 'object' && validate !== null && 'enum' in validate ? validate.enum : [];
  const allowed = [values, rules].find((list) => Array.isArray(list) && list.length > 0) ?? [];
  const listed = type === 'boolean' ? [true, false] : (allowed as readonly unknown[]); // a list, just checked
  return listed.map((value) => ({ value, label: textOf(value) ?? JSON.stringify(value) }));
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
