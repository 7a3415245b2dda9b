/** What people do with runs, through whatever process they happen to have. */
import { keptCommits, planResume } from '@oatty/engine';
import type { ResumeSource } from '@oatty/engine';
import { isTerminal, OattyError } from '@oatty/types';
import type { Question } from '@oatty/types';
import { carryOn } from './carry-on.ts';
import { aPlace } from './queues.ts';
import { randomWorkflow } from './random-workflow.ts';
import { isAway } from './weather.ts';
import { pick, tell } from './world.ts';
import type { AskedQuestion, Process, World } from './world.ts';

const maxRuns = 10;

export async function start(world: World, process: Process): Promise<void> {
  const { random, runIds } = world;
  if (runIds.length >= maxRuns) return;
  const runId = `run-${runIds.length}`;
  runIds.push(runId);
  const workflow = randomWorkflow(random);
  const queue = random(4) === 0 ? aPlace(world) : undefined;
  const more = { ...(queue && { queue }), ...(random(5) === 0 && { incomplete: true }) };
  tell(world, `${process.name} starts ${runId} ${JSON.stringify({ ...workflow, ...more })}`);
  await attempt(world, `start of ${runId}`, () => process.engine.start(workflow, {}, { runId, ...more }));
  if (queue === undefined) await carryOn(world, process, runId);
}

export async function answer(world: World, process: Process, asked?: AskedQuestion): Promise<void> {
  const { runId, question } = asked ?? pick(world, await listOpenQuestions(world)) ?? {};
  if (runId === undefined || question === undefined) return;
  const value = answerTo(world, question);
  const questionId = question.question_id;
  world.asked.push({ runId, question });
  const isTaken = await attempt(world, `answer to ${questionId}`, () =>
    process.engine.runner.answer(runId, questionId, value),
  );
  if (!isTaken) return;
  tell(world, `${process.name} answers ${runId} ${questionId}: ${JSON.stringify(value)}`);
  world.answers.push({ runId, questionId, value });
  if (world.random(2) === 0) await carryOn(world, process, runId);
}

/** Late, or a second time: it may be taken only where nobody's answer was. */
export async function answerOnceMore(world: World, process: Process): Promise<void> {
  const asked = pick(world, world.asked);
  if (asked === undefined) return;
  const { runId, question } = asked;
  const isAnswered = world.answers.some(
    (given) => given.runId === runId && given.questionId === question.question_id,
  );
  const before = world.answers.length;
  await answer(world, process, asked);
  const isTaken = world.answers
    .slice(before)
    .some((given) => given.runId === runId && given.questionId === question.question_id);
  if (isAnswered && isTaken) world.offences.push(`${runId} ${question.question_id} was answered twice`);
}

export async function cancel(world: World, process: Process): Promise<void> {
  const runId = pick(world, world.runIds);
  if (runId === undefined || world.random(2) === 0) return;
  tell(world, `${process.name} cancels ${runId}`);
  await attempt(world, `cancel of ${runId}`, () => process.engine.runner.cancel(runId));
}

export async function resume(world: World, process: Process): Promise<void> {
  const { store, runIds } = world;
  const runId = pick(world, runIds);
  const record = runId === undefined ? undefined : await store.getRun(runId);
  if (record === undefined || !isTerminal(record.status) || runIds.length >= maxRuns) return;
  const source: ResumeSource = { record, commits: await store.readCommits(record.run_id), marks: [] };
  const { workflow, inputs, caller } = record;
  const plan = planResume(source, { workflow }, process.engine.commands);
  if (record.status === 'succeeded' || plan.problems.length > 0) return;
  const commits = keptCommits(source, workflow, plan, undefined);
  await attempt(world, `resumption of ${record.run_id}`, async () => {
    const newId = await process.engine.runner.resume({ record, workflow, inputs, commits, caller });
    runIds.push(newId);
    tell(world, `${process.name} resumes ${record.run_id} as ${newId}`);
    if (record.queue === undefined) await carryOn(world, process, newId);
  });
}

export async function prune(world: World, { life }: Process): Promise<void> {
  const runId = pick(world, world.runIds);
  if (runId === undefined || world.random(3) > 0) return;
  await attempt(world, `removal of ${runId}`, () => life.journal.runs.deleteRuns([runId]));
}

/** Also those of runs whose starter died before it heard of them. */
export async function listOpenQuestions({ store }: World): Promise<readonly AskedQuestion[]> {
  const open: AskedQuestion[] = [];
  const { items } = await store.listRuns({ status: 'waiting', limit: 100 });
  for (const { run_id: runId } of items) {
    for (const { question, answered_at } of await store.readQuestions(runId)) {
      if (answered_at === undefined) open.push({ runId, question });
    }
  }
  return open;
}

// --- internal ---

/** Somebody else may have been first, or the run is not there (any more). @returns whether it was done */
async function attempt(world: World, what: string, work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (thrown) {
    const error = OattyError.from(thrown);
    const { code, message } = error;
    tell(world, `${what} is refused: ${message}`);
    if (code !== 'RUN_STATE_CONFLICT' && code !== 'RUN_NOT_FOUND' && !isAway(error))
      world.offences.push(`${what}: ${code} ${message}`);
    return false;
  }
}

function answerTo({ random }: World, { kind }: Question): object {
  if (kind === 'input') return { count: random(10) };
  if (kind === 'confirmation') return { confirm: true };
  if (kind === 'approval') return { choice: random(2) === 0 ? 'approve' : 'reject' };
  return random(2) === 0 ? { decision: 'retry' } : { decision: 'skip', output: '1' };
}
