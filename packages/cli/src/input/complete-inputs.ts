/**
 * Inputs that a workflow needs and was not given: asked for at a terminal, with the values of providers as choices.
 *
 *   Q1. Elsewhere nothing is asked: starting the run says what is missing.
 *   Q2. What is wrong with a value that was given ends the questions: starting the run says what it is.
 *   Q3. An answer that the workflow refuses is asked for again.
 */
import type {
  InputsPreviewDocument,
  InputsResolutionDocument,
  InputValues,
  Workflows,
  WorkflowSelector,
} from '@oatty/runtime';
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
  { inputs }: InputsPreviewDocument,
): Promise<unknown> {
  const spec = inputs.find(({ input }) => input === name);
  const label = spec?.label ?? name;
  const description = spec?.description ?? spec?.hint;
  const placeholder = spec?.placeholder ?? spec?.example;
  return ask(context, {
    message: toPrintable(description ? `${label}: ${description}` : label),
    ...(placeholder !== undefined && { placeholder }),
    secret: spec?.secret === true,
    choices: (Object.hasOwn(choices, name) ? choices[name] : undefined) ?? allowedValues(spec),
    multiple: spec?.mode === 'multiple',
  });
}

/** What the manifest itself lists; a boolean is a choice too. */
function allowedValues(spec: InputsPreviewDocument['inputs'][number] | undefined): readonly Choice[] {
  const allowed: readonly unknown[] = spec?.enum ?? spec?.validate?.enum ?? [];
  const listed = spec?.type === 'boolean' ? [true, false] : allowed;
  return listed.map((value) => ({ value, label: typeof value === 'string' ? value : JSON.stringify(value) }));
}
