import type { RunReplay } from '@oatty/runtime';
import { requiredPositional, textOption } from '../cli-command.ts';
import type { CliCommand } from '../cli-command.ts';
import { selectWorkflow } from '../input/workflow-source.ts';
import { toLine, toPrintable } from '../output/printable.ts';
import type { TextStyle } from '../output/text-style.ts';

export const command: CliCommand = {
  path: 'runs replay',
  summary: 'Replay a run on its recorded answers; show what would differ.',
  positionals: [{ name: 'ID', required: true, description: 'Id of the run.' }],
  options: {
    manifest: {
      type: 'string',
      value: 'WORKFLOW',
      description: 'Id or file to replay with; default: the manifest that the run was started with.',
    },
  },
  examples: ['oatty runs replay 01J…', 'oatty runs replay 01J… --manifest fulfil_order.yaml'],
  async run(context, input) {
    const manifest = textOption(input, 'manifest');
    const { runs } = await context.oatty();
    const workflow = manifest === undefined ? undefined : await selectWorkflow(context, manifest);
    const report = await runs.replay(requiredPositional(input, 0), { ...(workflow && { workflow }) });
    context.print(report, toReplayText);
    return report.matches ? 0 : 1;
  },
};

// --- internal ---

function toReplayText(report: RunReplay, style: TextStyle): string {
  const { paint } = style;
  const head = report.matches
    ? `${paint.green('✓')} ${report.workflow_id} does the same as recorded (${report.run_id})`
    : `${paint.red('✗')} ${report.workflow_id} differs from what is recorded (${report.run_id})`;
  return [
    head,
    ...report.drift.flatMap(({ message, path, recorded, replayed }) => [
      toPrintable(`  ${message}${path === undefined ? '' : ` at ${path}`}`),
      ...(path === undefined ? [] : [`    recorded: ${show(recorded)}`, `    now:      ${show(replayed)}`]),
    ]),
    ...report.children.map((child) => toReplayText(child, style)),
  ].join('\n');
}

function show(value: unknown): string {
  return toLine(JSON.stringify(value) ?? 'nothing', 200);
}
