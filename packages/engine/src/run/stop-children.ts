/**
 * Ends sub-workflows that nobody waits for any more: what called them is over, or its owner disappeared.
 *
 *   C1. A step, an item or a run ends after the sub-workflows that it had begun: whoever dies in between leaves the marks
 *       by which the next owner finds them.
 */
import { isTerminal } from '@oatty/types';
import type { CommandSource } from '../ports/command-source.ts';
import type { CallMark } from '../ports/journal-entry.ts';
import type { RunRecord } from '../ports/run-record.ts';
import type { RunStore } from '../ports/run-store.ts';
import { childRunIdOf, nameCall } from './call-identity.ts';

export interface Parent {
  readonly record: RunRecord;
  readonly ports: { readonly commands: CommandSource; readonly store: RunStore };
  /** Cancels a sub-workflow; resolves when it has ended. */
  endChild(runId: string): Promise<void>;
}

/** Those of all open steps, or of one, or of one item of it. */
export async function stopChildren(parent: Parent, stepId?: string, item?: number): Promise<void> {
  const { record, ports } = parent;
  const callers = record.workflow.steps.filter(({ id, run }) => {
    return (stepId === undefined || id === stepId) && isWorkflow(run, ports.commands);
  });
  if (callers.length === 0) return;
  const open = new Set(callers.map(({ id }) => id));
  const marks = await ports.store.readMarks(record.run_id);
  for (const mark of marks.filter(({ step_id }) => open.has(step_id))) {
    if (item === undefined || mark.item === item) await stopChild(parent, mark);
  }
}

// --- internal ---

function isWorkflow(commandId: string, commands: CommandSource): boolean {
  return commands.find(commandId)?.command.execution.kind === 'workflow';
}

async function stopChild(parent: Parent, mark: CallMark): Promise<void> {
  const childId = childRunIdOf(toCall(parent.record, mark));
  const child = await parent.ports.store.getRun(childId);
  if (child !== undefined && !isTerminal(child.status)) await parent.endChild(childId);
}

function toCall(record: RunRecord, { step_id, item, poll, attempt }: CallMark) {
  const position = { stepId: step_id, ...(item !== undefined && { item }), poll };
  return {
    runId: record.run_id,
    rootRunId: record.root_run_id,
    path: [...(record.parent?.path ?? []), nameCall(position)],
    ...position,
    attempt,
  };
}
