import type { InputsPreviewDocument } from '@oatty/runtime';
import { OattyError, isRecord } from '@oatty/types';
import { manifestArgument, readGivenManifest } from './given-manifest.ts';
import { fromUser } from './prompt.ts';
import type { Prompt } from './prompt.ts';

export const workflowRunWithInputs: Prompt = {
  name: 'workflow.run_with_inputs',
  title: 'Run a workflow',
  description: 'Collects the inputs of a workflow, or the questions that are open, and runs it.',
  arguments: [
    manifestArgument,
    { name: 'inputs', description: 'Values that are known, as JSON or in words.', required: false },
  ],
  async toMessages({ manifest = '', inputs }, { oatty, tool }) {
    const given = await readGivenManifest(manifest, oatty);
    const known = inputs?.trim() ?? '';
    const values = toValues(known);
    const preview = await oatty.workflows.previewInputs(given.selector, values ?? {}).catch(unlessInvalid);
    if (!preview) {
      return fromUser(`This oatty workflow is not valid, so it cannot run. Correct it first: ${tool('workflow.validate')} says how.

\`\`\`
${given.text}
\`\`\``);
    }
    const source = given.saved
      ? `workflow_id "${given.saved.workflow_id}"`
      : 'the manifest below as manifest_content';
    return fromUser(`Run the oatty workflow "${preview.workflow_id}" with ${source}.

Inputs:
${describeInputs(preview)}
${known === '' ? 'No values are given yet.' : `Given: ${known}`}
${preview.required_missing.length === 0 ? '' : `Still needed: ${preview.required_missing.join(', ')}.`}

How to go on:
1. ${tool('workflow.resolve_inputs')} with what is known as partial_inputs: it applies defaults, checks the values and offers choices.
2. While ready is false, ask the person for what is missing, with the choices that it offers. Never make a value up.
3. ${tool('workflow.step_plan')} shows what will happen; tell the person.
4. ${tool('workflow.run')} as a task, or ${tool('run.start')} and then ${tool('run.status')} until it ends. Report the final output, or the error.${given.saved ? '' : `\n\n\`\`\`\n${given.text}\n\`\`\``}`);
  },
};

// --- internal ---

/** `undefined` for what is no JSON object. */
function toValues(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function unlessInvalid(thrown: unknown): undefined {
  const error = OattyError.from(thrown);
  if (error.traits.category !== 'validation') throw error;
}

function describeInputs({ inputs }: InputsPreviewDocument): string {
  if (inputs.length === 0) return 'It takes none.';
  return inputs
    .map(({ input, type, required, secret, description, default: preset, enum: values, provider }) => {
      const traits = [
        type ?? 'any type',
        required ? 'required' : 'optional',
        ...(secret ? ['secret'] : []),
        ...(preset ? [`default from ${preset.from}`] : []),
        ...(values ? [`one of ${JSON.stringify(values)}`] : []),
        ...(provider ? [`offered by ${typeof provider === 'string' ? provider : provider.id}`] : []),
      ];
      return `- ${input} (${traits.join(', ')})${description === null ? '' : `: ${description}`}`;
    })
    .join('\n');
}
