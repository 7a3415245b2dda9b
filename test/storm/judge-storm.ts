/** What must be true after a storm, whatever it did; the rules are those of `specs/RUNS.md`. */
import { isRepeatable } from '@oatty/engine';
import type { RunRecord } from '@oatty/engine';
import { isTerminal } from '@oatty/types';
import { judgeSchedules } from './judge-schedules.ts';
import { judgeRates } from './queues.ts';
import type { World } from './world.ts';

/** @returns what is not as it must be */
export async function judgeStorm(world: World): Promise<readonly string[]> {
  const { items } = await world.store.listRuns({ limit: 10_000, include_children: true });
  const problems = [...world.offences, ...judgeCalls(world)];
  const found = await Promise.all(items.map(({ run_id }) => world.store.getRun(run_id)));
  const runs = found.filter((run) => run !== undefined);
  for (const run of runs) problems.push(...(await judgeRun(world, run)));
  problems.push(...judgeRates(runs));
  problems.push(...(await judgeAnswers(world)));
  problems.push(...(await judgeSchedules(world)));
  return problems;
}

// --- internal ---

async function judgeRun({ store }: World, record: RunRecord): Promise<readonly string[]> {
  const runId = record.run_id;
  const problems: string[] = [];
  const name = nameOf(record);
  if (!isTerminal(record.status)) problems.push(`${name} is left behind: ${record.status}`);
  const code = record.error?.error_code ?? '';
  if (ofTheJournal.has(code)) problems.push(`${name} has failed for the journal's sake: ${code}`);
  const events = await store.readEvents(runId, 0, 100_000);
  if (events.some((event, index) => event.seq !== index + 1)) problems.push(`${name}: events have gaps`);
  const countOf = (type: string) => events.filter((event) => event.type === type).length;
  if (countOf('run_finished') > 1) problems.push(`${name} has ended twice`);
  if (countOf('run_started') > 1) problems.push(`${name} has started twice`);
  for (const { step_id, item, result } of await store.readCommits(runId)) {
    const because = result.error?.error_code ?? '';
    if (ofTheJournal.has(because)) problems.push(`${name}: step ${step_id} has failed with ${because}`);
    if (item !== undefined) continue;
    const ends = events.filter((event) => event.type === 'step_finished' && event.step_id === step_id);
    const isKept = ends.length === 0 && record.resumed_from !== undefined;
    if (ends.length !== 1 && !isKept) {
      problems.push(`${name}: step ${step_id} has ${ends.length} ends (${result.status})`);
    }
  }
  return problems;
}

/** A journal that is away for a while fails nothing. */
const ofTheJournal: ReadonlySet<string> = new Set(['STORAGE_FAILED', 'STATE_LOCKED', 'INTERNAL']);

/** A call that may not be repeated is made once for each attempt that the manifest or a person allowed. */
function judgeCalls({ calls }: World): readonly string[] {
  const made = new Map<string, number>();
  for (const { found, step } of calls) {
    if (step === undefined || isRepeatable(found)) continue;
    const key = `${found.command.id} ${step.runId} ${step.path.join('/')}.${step.attempt}`;
    made.set(key, (made.get(key) ?? 0) + 1);
  }
  return [...made].filter(([, count]) => count > 1).map(([key, count]) => `${key} was made ${count} times`);
}

/** An approval that was answered has that answer, or has not ended. */
async function judgeAnswers({ store, answers }: World): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const { runId, questionId, value } of answers) {
    const place = /approval:([^#]+)#/.exec(questionId)?.[1];
    if (place === undefined) continue;
    const asking = questionId.split('/').at(-2) ?? runId;
    const record = await store.getRun(asking);
    if (record === undefined) continue;
    const [, stepId, item] = /^([^[]+)(?:\[(\d+)\])?$/.exec(place) ?? [];
    const commit = (await store.readCommits(asking)).find(
      ({ step_id, item: index }) =>
        step_id === stepId && index === (item === undefined ? undefined : Number(item)),
    );
    const { choice } = value as { choice: string };
    const output = commit?.result.output as { choice?: string } | undefined;
    if (commit?.result.status === 'succeeded' && output?.choice !== choice) {
      problems.push(
        `${nameOf(record)}: ${questionId} was answered ${choice}, and became ${output?.choice ?? ''}`,
      );
    }
    if (commit?.result.error?.error_code === 'STEP_TIMEOUT') {
      problems.push(`${nameOf(record)}: ${questionId} was answered ${choice}, and timed out`);
    }
  }
  return problems;
}

function nameOf({ run_id, workflow_id, parent }: RunRecord): string {
  return parent === undefined
    ? run_id
    : `${run_id} (${workflow_id} of ${parent.runId} ${parent.path.join('/')})`;
}
