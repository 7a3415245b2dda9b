/** A run as a person reads it: a timeline of its steps, what it waits for, its output or error. */
import type { Question, RunDocument, StepResult } from '@oatty/types';
import { toEndLine, toFinishedLine } from '../progress/step-line.ts';
import { toErrorText } from './error-text.ts';
import { padTo, toPrintable, widthOf } from './printable.ts';
import type { TextStyle } from './text-style.ts';
import { toReadableValue } from './value.ts';

export type ShownRun = RunDocument & { readonly open_questions: readonly Question[] };

export function toRunText(run: ShownRun, style: TextStyle): string {
  const { workflow_id, steps, open_questions, error, final_output } = run;
  return [
    `${workflow_id}  ${toEndLine(run, style)}`,
    ...toFacts(run),
    '',
    ...toTimeline(run, steps, style),
    ...open_questions.flatMap((question) => ['', ...toQuestionLines(run.run_id, question)]),
    ...(error === undefined ? [] : ['', toErrorText(error, { paint: style.paint, verbose: false })]),
    ...(final_output === null ? [] : ['', toReadableValue(final_output, style)]),
  ].join('\n');
}

export function toQuestionLines(runId: string, { message, approvers, due_at, schema }: Question): string[] {
  const [name, choices] = firstChoices(schema);
  return [
    toPrintable(`? ${message}`),
    ...(approvers === undefined ? [] : [toPrintable(`  to be answered by: ${approvers.join(', ')}`)]),
    ...(due_at === undefined ? [] : [`  until ${due_at}`]),
    toPrintable(
      `  answer with: oatty runs respond ${runId} ${choices?.join('|') ?? (name ? `{"${name}": …}` : 'ANSWER')}`,
    ),
  ];
}

// --- internal ---

function toFacts({ created_at, started_at, finished_at, due_at, resumed_from }: RunDocument): string[] {
  return [
    `  created ${created_at}`,
    ...(started_at === undefined ? [] : [`  started ${started_at}`]),
    ...(finished_at === undefined ? [] : [`  ended   ${finished_at}`]),
    ...(due_at === undefined ? [] : [`  waits until ${due_at}`]),
    ...(resumed_from === undefined ? [] : [toPrintable(`  resumed from ${resumed_from}`)]),
  ];
}

const barWidth = 24;

/** Each step with a bar where in the run it was; in a pipe without. */
function toTimeline(run: RunDocument, steps: readonly StepResult[], style: TextStyle): string[] {
  const lines = steps.map((step) => toFinishedLine(step, style));
  if (!style.isTerminal || run.started_at === undefined) return lines;
  const start = Date.parse(run.started_at);
  const end = Math.max(start + 1, ...[run.finished_at, ...steps.map((step) => step.finished_at)].map(toMs));
  return lines.map((line, index) => {
    const bar = toBar(steps[index], start, end);
    return `${style.paint.cyan(padTo(bar, barWidth))} ${line}`;
  });
}

function toBar(step: StepResult | undefined, start: number, end: number): string {
  if (step?.started_at === undefined) return '';
  const scale = barWidth / (end - start);
  const from = Math.min(barWidth - 1, Math.floor((Date.parse(step.started_at) - start) * scale));
  const until = step.finished_at === undefined ? end : Date.parse(step.finished_at);
  const length = Math.max(1, Math.round((until - Date.parse(step.started_at)) * scale));
  const bar = `${' '.repeat(from)}${'━'.repeat(Math.min(length, barWidth - from))}`;
  return widthOf(bar) > barWidth ? bar.slice(0, barWidth) : bar;
}

function toMs(instant: string | undefined): number {
  return instant === undefined ? 0 : Date.parse(instant);
}

function firstChoices(
  schema: Question['schema'],
): readonly [string | undefined, readonly string[] | undefined] {
  const properties = schema['properties'];
  if (typeof properties !== 'object' || properties === null) return [undefined, undefined];
  const [first] = Object.entries(properties);
  if (first === undefined) return [undefined, undefined];
  const [name, property] = first;
  const choices: unknown = (property as { readonly enum?: unknown }).enum; // read with care below
  return [name, Array.isArray(choices) ? choices.map(String) : undefined];
}
