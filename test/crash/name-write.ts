/**
 * What a write to the journal writes, in names that are the same in every run of a workflow, whoever carries it.
 *
 * `create_3: calling 1.1` (poll and attempt), `tell_3[2]: committed`, `sub_3/first: committed` (of a sub-workflow),
 * `run: succeeded`. Events alone, where there is nothing else: `create_3: step_started`.
 */
import type { JournalEntry, RunChange } from '@oatty/engine';

/** @param parent - the step of the sub-workflow that writes */
export function nameWrite(
  parent: string | undefined,
  { marks = [], commits = [], questions = [], events = [] }: JournalEntry,
  status?: RunChange['status'],
): readonly string[] {
  const names = [
    ...(status === undefined ? [] : [`run: ${status}`]),
    ...marks.map((mark) => `${nameStep(mark)}: ${mark.phase} ${mark.poll}.${mark.attempt}`),
    ...commits.map((commit) => `${nameStep(commit)}: committed`),
    ...questions.map(({ kind }) => `run: asks for ${kind}`),
  ];
  const all = names.length > 0 ? names : events.map(nameEvent);
  return parent === undefined ? all : all.map((name) => `${parent}/${name}`);
}

// --- internal ---

function nameStep({ step_id, item }: { readonly step_id: string; readonly item?: number }): string {
  return item === undefined ? step_id : `${step_id}[${item}]`;
}

function nameEvent(event: NonNullable<JournalEntry['events']>[number]): string {
  return `${'step_id' in event ? event.step_id : 'run'}: ${event.type}`;
}
