/**
 * Brings a run that was started without a workflow to one, and then to its inputs.
 *
 *   O1. Called again after every answer and in any process: it decides from the journal alone.
 *   O2. The workflow is saved before the run has it. After a crash in between, the text that is there already counts as
 *       saved.
 *   O3. Where nobody can be asked, what is missing after that ends the run, and says how to go on with the workflow.
 *       So does a missing secret: a form may not ask for it.
 *   O4. A caller that is limited is not helped by a person who agrees.
 */
import type { Preparation, Prepare, QuestionRecord } from '@oatty/engine';
import { OattyError } from '@oatty/types';
import type { JsonSchema, Operation, Question, SavedWorkflow } from '@oatty/types';
import { saveWorkflow } from '../workflows/save-workflow.ts';
import type { World } from '../world.ts';
import { checkDraft, readSaved } from './check-draft.ts';
import { isDraftQuestion, toDraftQuestion, toWish, toWriting } from './draft.ts';
import type { DraftAnswer, DraftWish, Writing } from './draft.ts';
import { nextDraft } from './next-draft.ts';
import type { DraftNext } from './next-draft.ts';
import { offerCommands } from './offer-commands.ts';

/** @param completeInputs - for a run that has its workflow */
export function createOperationPrepare(world: World, completeInputs: Prepare): Prepare {
  return async (run, questions, secretInputs) => {
    const { operation, workflow_id } = run;
    if (operation?.draft !== undefined) return prepareDraft(world, operation, questions);
    const preparation = await completeInputs(run, questions, secretInputs);
    if (operation === undefined || preparation.kind !== 'ask') return preparation;
    const { questions: open } = preparation;
    if (operation.limited === true && open.some(isConfirmation)) throw notAllowed(workflow_id, open);
    if (operation.unattended === true || open.some(asksForSecret)) throw nobodyToAsk(workflow_id, open);
    return preparation;
  };
}

// --- internal ---

async function prepareDraft(
  world: World,
  operation: Operation,
  questions: readonly QuestionRecord[],
): Promise<Preparation> {
  const asked = questions.filter(({ question }) => isDraftQuestion(question));
  const last = asked.at(-1);
  if (last !== undefined && last.answered_at === undefined)
    return { kind: 'ask', questions: [last.question] };
  const wish = toWish(operation);
  const next = await nextDraft(
    world,
    wish,
    // The answer was checked against the schema of the question.
    last && { writing: toWriting(last.question), answer: last.answer as DraftAnswer },
  );
  if (next.kind === 'written') return define(world, operation, wish, next);
  const writing = await withCommands(world, next.writing);
  return { kind: 'ask', questions: [toDraftQuestion(asked.length + 1, writing)] };
}

async function withCommands(world: World, writing: Writing): Promise<Writing> {
  const text = writing.written ?? writing.manifest;
  const draft = text === undefined ? {} : (await checkDraft(world, text)).value;
  const { goal, target_system: targetSystem } = writing;
  return { ...writing, commands: await offerCommands(world, { goal, targetSystem, draft }) };
}

async function define(
  world: World,
  operation: Operation,
  wish: DraftWish,
  { text, workflow }: Extract<DraftNext, { kind: 'written' }>,
): Promise<Preparation> {
  const saved = await save(world, wish, text, workflow.workflow);
  const { name, unattended, limited } = operation;
  return {
    kind: 'defined',
    workflow,
    operation: { name, ...(unattended && { unattended }), ...(limited && { limited }), saved },
    message: `Saved the workflow "${workflow.workflow}" (${saved.path}).`,
  };
}

/** O2 */
async function save(world: World, wish: DraftWish, text: string, workflowId: string): Promise<SavedWorkflow> {
  const there = await readSaved(world, workflowId);
  if (there?.content === text) return { path: there.path, version: there.version, overwritten: false };
  const { path, version, overwritten } = await saveWorkflow(world, {
    content: text,
    ...(wish.overwrite !== undefined && { overwrite: wish.overwrite }),
    ...(wish.expected_version !== undefined && { expectedVersion: wish.expected_version }),
  });
  return { path, version, overwritten };
}

function asksForSecret({ schema }: Question): boolean {
  const { properties = {} } = schema as JsonSchema; // a JSON Schema (types/run.ts)
  return Object.values(properties).some(({ writeOnly }) => writeOnly === true);
}

function isConfirmation({ kind }: Question): boolean {
  return kind === 'confirmation';
}

/** O4 */
function notAllowed(workflowId: string, questions: readonly Question[]): OattyError {
  const message = questions.map((question) => question.message).join(' ');
  return new OattyError('SCOPE_INSUFFICIENT', `The caller may not do that. ${message}`, {
    suggestedAction: 'The workflow is saved. Let somebody run it who may, or leave out the steps named.',
    context: { workflow_id: workflowId },
  });
}

/** O3 */
function nobodyToAsk(workflowId: string, questions: readonly Question[]): OattyError {
  const message = questions.map((question) => question.message).join(' ');
  const isToConfirm = questions.some(isConfirmation);
  return new OattyError(isToConfirm ? 'CONFIRMATION_REQUIRED' : 'WORKFLOW_INPUTS_INCOMPLETE', message, {
    suggestedAction: isToConfirm
      ? `The workflow is saved. Ask the person, then call workflow.execute with workflow_id "${workflowId}" and confirm: true.`
      : `The workflow is saved. Call workflow.execute with workflow_id "${workflowId}" and the inputs.`,
    context: { workflow_id: workflowId },
  });
}
