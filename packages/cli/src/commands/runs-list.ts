import { OattyError } from '@oatty/types';
import type { RunStatus, RunSummary } from '@oatty/types';
import { textOption } from '../cli-command.ts';
import type { CliCommand } from '../cli-command.ts';
import { parseCount } from '../arguments/parse-count.ts';
import { toDurationText } from '../output/duration-text.ts';
import { toTable } from '../output/table.ts';
import type { TextStyle } from '../output/text-style.ts';

const statuses = ['pending', 'running', 'waiting', 'succeeded', 'failed', 'canceled'] as const;

export const command: CliCommand = {
  path: 'runs list',
  summary: 'List runs, newest first.',
  options: {
    workflow: { type: 'string', value: 'ID', description: 'Only runs of this workflow.' },
    status: {
      type: 'string',
      value: 'STATUS',
      choices: statuses,
      description: 'Only runs in this status.',
    },
    queue: { type: 'string', value: 'NAME', description: 'Only runs of this queue.' },
    limit: { type: 'string', value: 'N', description: 'How many; default 20.' },
    cursor: { type: 'string', value: 'CURSOR', description: 'The next_cursor of the page before.' },
  },
  examples: ['oatty runs list --status waiting', 'oatty runs list --workflow fulfil_order --json'],
  async run(context, input) {
    const workflowId = textOption(input, 'workflow');
    const status = toStatus(textOption(input, 'status'));
    const queue = textOption(input, 'queue');
    const cursor = textOption(input, 'cursor');
    const { runs } = await context.oatty();
    const document = await runs.list({
      limit: parseCount('limit', textOption(input, 'limit'), 20),
      ...(workflowId !== undefined && { workflowId }),
      ...(status !== undefined && { status }),
      ...(queue !== undefined && { queue }),
      ...(cursor !== undefined && { cursor }),
    });
    context.print(document, ({ items }, style) => toListText(items, style));
    if (!context.flags.json && document.next_cursor !== undefined) {
      context.note(`More with: --cursor ${document.next_cursor}`);
    }
    return 0;
  },
};

// --- internal ---

function toStatus(text: string | undefined): RunStatus | undefined {
  const status = statuses.find((known) => known === text);
  if (text === undefined || status !== undefined) return status;
  throw new OattyError('ARGUMENT_INVALID', `No run is "${text}".`, {
    suggestedAction: `Use one of: ${statuses.join(', ')}.`,
  });
}

function toListText(items: readonly RunSummary[], { width }: TextStyle): string {
  if (items.length === 0) return 'No runs.';
  const rows = items.map((run) => [
    run.run_id,
    run.status,
    run.created_at.slice(0, 19).replace('T', ' '),
    run.duration_ms === undefined ? '' : toDurationText(run.duration_ms),
    `${run.workflow_id}${toRemark(run)}`,
  ]);
  return toTable(['RUN', 'STATUS', 'CREATED (UTC)', 'TOOK', 'WORKFLOW'], rows, { width });
}

/** What it waits for. */
function toRemark({ status, due_at, queue }: RunSummary): string {
  if (due_at !== undefined) return ` (until ${due_at.slice(0, 19)}Z)`;
  return status === 'pending' && queue !== undefined ? ` (queue ${queue})` : '';
}
