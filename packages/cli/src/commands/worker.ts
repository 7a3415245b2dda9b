import { OattyError } from '@oatty/types';
import type { RunDocument } from '@oatty/types';
import { parseCount } from '../arguments/parse-count.ts';
import { listOption, textOption } from '../cli-command.ts';
import type { CliCommand, CliContext, ParsedInput } from '../cli-command.ts';
import { interruption } from '../interruption.ts';
import { toCount } from '../output/count-text.ts';
import { toDurationText } from '../output/duration-text.ts';

export const command: CliCommand = {
  path: 'worker',
  summary: 'Carry runs that wait in queues, until Ctrl-C.',
  options: {
    queue: {
      type: 'string',
      value: 'NAME',
      multiple: true,
      description: 'A queue to serve; default: all queues.',
    },
    concurrency: { type: 'string', value: 'N', description: 'How many of their runs at once; default 10.' },
  },
  notes: [
    'It also carries on runs whose process is gone, and starts what schedules are due, as oatty mcp does.',
    'Ctrl-C or SIGTERM: calls that are under way end, within 30 seconds; other processes carry the runs on. A second Ctrl-C does not wait.',
    'With --json each line on stderr is a JSON document, and so is the one at the end on stdout.',
  ],
  examples: ['oatty worker', 'oatty worker --queue mail --queue reports --concurrency 4'],
  async run(context, input) {
    const { queues, concurrency } = readOptions(input);
    const { runs, schedules } = await context.oatty();
    const tally = new Tally();
    context.onTrouble((error) => {
      tell(context, { event: 'trouble', ...error.toErrorData() }, error.message);
    });
    const worker = runs.work({
      concurrency,
      ...(queues.length > 0 && { queues }),
      onClaim: (runId) => {
        tally.claimed += 1;
        tell(context, { event: 'claimed', run_id: runId }, `Run ${runId} begins`);
      },
      onRest: (run) => {
        tally.count(run);
        const { run_id, workflow_id, status } = run;
        tell(context, { event: 'rests', run_id, workflow_id, status }, toRestText(run));
      },
    });
    schedules.startDue();
    const served = queues.length === 0 ? 'all queues' : queues.join(', ');
    tell(context, { event: 'serving', queues, concurrency }, `Serving ${served} (Ctrl-C stops)`);
    const alive = setInterval(() => {}, 60_000); // looking for runs keeps no process
    await interruption(context.signal);
    await worker.handBack(graceMs);
    clearInterval(alive);
    context.print(tally.toDocument(), ({ claimed, ...ended }) => toTallyText(claimed, ended));
    return 0;
  },
};

// --- internal ---

const graceMs = 30_000;

function readOptions(input: ParsedInput) {
  const concurrency = parseCount('concurrency', textOption(input, 'concurrency'), 10);
  if (concurrency > 0) return { queues: listOption(input, 'queue'), concurrency };
  throw new OattyError('ARGUMENT_INVALID', '--concurrency takes a number above 0.');
}

/** What became of the claimed runs here. */
class Tally {
  claimed = 0;
  readonly #ended = { succeeded: 0, failed: 0, canceled: 0 };

  count({ status }: RunDocument): void {
    if (status === 'succeeded' || status === 'failed' || status === 'canceled') this.#ended[status] += 1;
  }

  toDocument() {
    return { claimed: this.claimed, ...this.#ended };
  }
}

function toRestText({ run_id, workflow_id, status, duration_ms }: RunDocument): string {
  const took = duration_ms === undefined ? '' : ` in ${toDurationText(duration_ms)}`;
  return `Run ${run_id} of ${workflow_id}: ${status}${took}`;
}

function toTallyText(claimed: number, ended: Readonly<Record<string, number>>): string {
  const parts = Object.entries(ended).filter(([, count]) => count > 0);
  const ends = parts.map(([status, count]) => `${count} ${status}`).join(', ');
  return `Claimed ${toCount(claimed, 'run')}${ends === '' ? '' : `; ended here: ${ends}`}`;
}

function tell(context: CliContext, document: object, text: string): void {
  context.note(context.flags.json ? JSON.stringify({ at: new Date().toISOString(), ...document }) : text);
}
