/** Operations that write a workflow before they run it: what each of them begins with. */
import { isDeepStrictEqual } from 'node:util';
import { OattyError, workflowIdPattern } from '@oatty/types';
import type { RunRecord } from '@oatty/engine';
import type { ErrorPayload, Violation, Workflow } from '@oatty/types';
import { libraryCaller } from '../caller.ts';
import { BackgroundRuns } from '../runs/background-runs.ts';
import type { InputValues } from '../workflows/workflows.ts';
import type { World } from '../world.ts';
import { checkDraft, readSaved } from './check-draft.ts';
import { isDraftQuestion, toWish, toWriting } from './draft.ts';
import type { DraftAnswer, DraftWish } from './draft.ts';
import type { AuthorOptions, Operations, RepairOptions } from './operations.ts';
import { startOperation } from './start-operation.ts';
import { toManifestText } from './written-text.ts';

export function createOperations(world: World): Operations {
  const background = new BackgroundRuns(world);
  return {
    async authorAndRun(options) {
      const wish = await toAuthorWish(options);
      return startOperation(world, background, 'workflow.author_and_run', wish, options);
    },
    async repairAndRerun(options) {
      const broken = await findBroken(world, options);
      const wish = await toRepairWish(world, options, broken);
      const inputs = { ...broken.inputs, ...options.inputs };
      return startOperation(world, background, 'workflow.repair_and_rerun', wish, { ...options, inputs });
    },
  };
}

// --- internal ---

async function toAuthorWish(options: AuthorOptions): Promise<DraftWish> {
  const { goal, targetSystem, constraints, manifest, overwrite, hasModel = false } = options;
  refuseTooLong({ goal, targetSystem, constraints });
  if (manifest === undefined && (goal ?? '').trim() === '') {
    throw new OattyError('ARGUMENT_INVALID', 'A goal is needed, or a manifest.', {
      suggestedAction: 'Say in goal what the workflow is to do, or pass the manifest as manifest_content.',
    });
  }
  if (manifest === undefined && !hasModel)
    throw needsManifest('The client offers no model that could write it');
  return {
    has_model: hasModel,
    ...(goal !== undefined && { goal }),
    ...(targetSystem !== undefined && { target_system: targetSystem }),
    ...(constraints !== undefined && { constraints }),
    ...(manifest !== undefined && { manifest: await toText(manifest) }),
    ...(overwrite !== undefined && { overwrite }),
  };
}

/** What is to be repaired. */
interface Broken {
  readonly workflowId?: string;
  readonly text?: string;
  readonly error?: ErrorPayload;
  /** What the run was to write. */
  readonly wish?: DraftWish;
  readonly inputs: InputValues;
}

async function findBroken(world: World, options: RepairOptions): Promise<Broken> {
  const { runId, workflowId, manifest } = options;
  if (runId !== undefined && workflowId !== undefined) {
    throw new OattyError('ARGUMENT_INVALID', 'A run and a workflow are given; one of them is repaired.', {
      suggestedAction: 'Give run_id for a run that failed, or workflow_id for a saved workflow.',
    });
  }
  if (runId !== undefined) return findBrokenRun(world, runId, options);
  if (workflowId !== undefined) return findBrokenWorkflow(world, workflowId, options);
  if (manifest !== undefined) return { inputs: {} };
  throw new OattyError('ARGUMENT_INVALID', 'Nothing is given that could be repaired.', {
    suggestedAction: 'Give run_id, workflow_id or manifest_content.',
  });
}

async function findBrokenRun(world: World, runId: string, { caller }: RepairOptions): Promise<Broken> {
  const store = await world.store();
  const run = await store.getRun(runId);
  if (run === undefined || (caller !== undefined && run.caller.principal !== caller.principal)) {
    throw new OattyError('RUN_NOT_FOUND', `There is no run "${runId}".`, { context: { run_id: runId } });
  }
  if (run.status !== 'failed' || run.error === undefined) {
    throw new OattyError('RUN_STATE_CONFLICT', `Run "${runId}" has not failed: it is ${run.status}.`, {
      suggestedAction: 'Give the id of a run that failed, or run the workflow with workflow.run.',
      context: { run_id: runId, status: run.status },
    });
  }
  const { workflow, error } = run;
  const inputs = withoutSecrets(workflow.inputs ?? {}, run.inputs);
  if (workflow.steps.length === 0) return { ...(await findDraft(world, run)), error, inputs };
  const saved = await readSaved(world, workflow.workflow);
  const isSame =
    saved !== undefined && isDeepStrictEqual((await checkDraft(world, saved.content)).workflow, workflow);
  const text = isSame ? saved.content : await toText({ ...workflow });
  return { workflowId: workflow.workflow, text, error, inputs };
}

/** A run that failed before it had a workflow: what was written last. */
async function findDraft(
  world: World,
  { run_id, operation }: RunRecord,
): Promise<Pick<Broken, 'text' | 'wish'>> {
  const store = await world.store();
  const asked = (await store.readQuestions(run_id)).filter(({ question }) => isDraftQuestion(question));
  const texts = asked.flatMap(({ question, answer }) => {
    const { manifest } = toWriting(question);
    const { text } = (answer ?? {}) as DraftAnswer; // it was checked when it was given
    return [manifest, text === undefined ? undefined : toManifestText(text)];
  });
  const text = texts.findLast((written) => written !== undefined);
  return { ...(text !== undefined && { text }), ...(operation?.draft && { wish: toWish(operation) }) };
}

async function findBrokenWorkflow(
  world: World,
  workflowId: string,
  { caller = libraryCaller }: RepairOptions,
): Promise<Broken> {
  const { content } = await world.workflowStore.read(workflowId);
  const store = await world.store();
  const query = { workflow_id: workflowId, principal: caller.principal, limit: 1 } as const;
  const [last] = (await store.listRuns(query)).items;
  const run = last?.status === 'failed' ? await store.getRun(last.run_id) : undefined;
  return {
    workflowId,
    text: content,
    ...(run?.error && { error: run.error }),
    inputs: run === undefined ? {} : withoutSecrets(run.workflow.inputs ?? {}, run.inputs),
  };
}

async function toRepairWish(world: World, options: RepairOptions, broken: Broken): Promise<DraftWish> {
  const { manifest, changes, hasModel = false } = options;
  refuseTooLong({ changes });
  const text = manifest === undefined ? broken.text : await toText(manifest);
  if (text === undefined) throw needsManifest('The run failed before it had a workflow');
  const { value, violations } = await checkDraft(world, text);
  if (manifest === undefined && !hasModel) {
    throw needsManifest('The client offers no model that could correct it', violations);
  }
  const isSound = violations.length === 0 && broken.error === undefined;
  if (manifest === undefined && isSound && changes === undefined) {
    throw new OattyError('ARGUMENT_INVALID', `Nothing is wrong with workflow "${broken.workflowId}".`, {
      suggestedAction: 'Say in changes what is to be different, or run it with workflow.run.',
    });
  }
  const id = broken.workflowId ?? value['workflow'];
  const isId = typeof id === 'string' && workflowIdPattern.test(id);
  const saved = isId ? await readSaved(world, id) : undefined;
  const goal = changes ?? broken.wish?.goal;
  return {
    has_model: hasModel,
    manifest: text,
    ...(goal !== undefined && { goal }),
    ...(manifest === undefined && { rewrite: true }),
    ...(manifest === undefined && broken.error && { error: broken.error }),
    ...(broken.workflowId !== undefined && { workflow_id: broken.workflowId }),
    ...(saved && { expected_version: saved.version }),
  };
}

/** In characters; a wish goes into each question that it leads to. */
const maxWishLength = 10_000;

/** @throws {OattyError} `LIMIT_EXCEEDED` */
function refuseTooLong(wishes: Readonly<Record<string, string | undefined>>): void {
  for (const [name, text = ''] of Object.entries(wishes)) {
    if (text.length <= maxWishLength) continue;
    throw new OattyError('LIMIT_EXCEEDED', `"${name}" is longer than ${maxWishLength} characters.`, {
      context: { limit: 'maxWishLength', maximum: maxWishLength },
    });
  }
}

function needsManifest(why: string, violations: readonly Violation[] = []): OattyError {
  return new OattyError('ARGUMENT_INVALID', `${why}, so manifest_content is needed.`, {
    suggestedAction: 'Write the manifest as oatty://workflow/spec says, and pass it as manifest_content.',
    ...(violations.length > 0 && { violations }),
  });
}

function withoutSecrets(declared: NonNullable<Workflow['inputs']>, values: InputValues): InputValues {
  const isSecret = (name: string) => Object.hasOwn(declared, name) && declared[name]?.secret === true;
  return Object.fromEntries(Object.entries(values).filter(([name]) => !isSecret(name)));
}

async function toText(manifest: string | Readonly<Record<string, unknown>>): Promise<string> {
  if (typeof manifest === 'string') return manifest;
  const { renderWorkflowText } = await import('@oatty/registry');
  return renderWorkflowText(manifest);
}
