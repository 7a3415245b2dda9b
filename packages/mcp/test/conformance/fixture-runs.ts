/** Runs behind the tasks of the conformance suite: real ones, of workflows whose commands are written here. */
import { setTimeout as pause } from 'node:timers/promises';
import { createOatty, defineCatalog, defineCommand } from '@oatty/runtime';
import type { Oatty, RunInspection, Runs } from '@oatty/runtime';
import { OattyError } from '@oatty/types';
import type { Question } from '@oatty/types';
import * as z from 'zod';

export async function openFixtureRuns(dir: string): Promise<Oatty> {
  const env = { REGISTRY_CONFIG_PATH: `${dir}/registry.json`, OATTY_SECRETS_BACKEND: 'env' };
  const oatty = await createOatty({ env, cwd: dir, modules: [fixtures] });
  return { ...oatty, runs: askingSeparately(oatty.runs) };
}

export function aWorkflow(command: string, inputs: Readonly<Record<string, string>>) {
  const given = Object.keys(inputs).map((name) => [name, `\${{ inputs.${name} }}`]);
  return {
    workflow: command,
    inputs: Object.fromEntries(Object.entries(inputs).map(([name, type]) => [name, { type }])),
    steps: [{ id: command, run: `fixtures ${command}`, with: Object.fromEntries(given) }],
  };
}

// --- internal ---

const fixtures = defineCatalog({
  title: 'Fixtures',
  commands: {
    wait: defineCommand({
      summary: 'Waits.',
      effect: 'safe',
      input: z.object({ seconds: z.number() }),
      handler: async ({ seconds }, { signal }) => {
        await pause(seconds * 1_000, undefined, { signal });
        return { waited: seconds };
      },
    }),
    refuse: defineCommand({
      summary: 'Fails after a second.',
      effect: 'safe',
      input: z.object({}),
      handler: async (_, { signal }) => {
        await pause(1_000, undefined, { signal });
        throw new OattyError('HTTP_ERROR', 'This job always fails.');
      },
    }),
    crash: defineCommand({
      summary: 'Has a defect.',
      effect: 'safe',
      input: z.object({}),
      handler: () => Promise.reject(new TypeError('a defect')),
    }),
    echo: defineCommand({
      summary: 'Gives what it gets.',
      effect: 'safe',
      input: z.looseObject({
        name: z.string().optional(),
        other_name: z.string().optional(),
        confirm: z.boolean().optional(),
      }),
      handler: async (input) => input,
    }),
  },
});

/** The suite answers two questions one by one; a run asks for its inputs with one. Here each input is a question. */
function askingSeparately(runs: Runs): Runs {
  const given = new Map<string, Record<string, unknown>>();
  return {
    ...runs,
    inspect: async (runId, principal) =>
      separate(await runs.inspect(runId, principal), given.get(runId) ?? {}),
    async respond(runId, answer, questionId = '') {
      const [id = '', name] = questionId.split('.');
      if (name === undefined) return runs.respond(runId, answer, questionId);
      const answers = { ...given.get(runId), [name]: valueOf(answer) };
      given.set(runId, answers);
      const { open_questions: open } = await runs.inspect(runId);
      if (namesOf(open[0]).every((input) => input in answers)) await runs.respond(runId, answers, id);
    },
  };
}

function separate(inspection: RunInspection, given: object): RunInspection {
  const [question, ...others] = inspection.open_questions;
  const names = namesOf(question);
  if (!question || names.length < 2) return inspection;
  const parts = names
    .filter((name) => !(name in given))
    .map((name) => ({
      ...question,
      question_id: `${question.question_id}.${name}`,
      schema: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
    }));
  return { ...inspection, open_questions: [...parts, ...others] };
}

function namesOf(question: Question | undefined): string[] {
  return Object.keys(question?.schema['properties'] ?? {});
}

function valueOf(answer: unknown): unknown {
  return (answer as { name?: unknown }).name; // the form above asks for it
}
