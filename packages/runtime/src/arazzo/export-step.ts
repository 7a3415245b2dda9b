/** One step of a manifest → one step of an Arazzo workflow. */
import { parseCondition } from '@oatty/engine';
import type { FoundCommand } from '@oatty/registry';
import { parseDuration } from '@oatty/types';
import type { Repeat, Retry, Step } from '@oatty/types';
import { caseMessage, exportCondition, heedsCase } from './export-expression.ts';
import type { ExportScope } from './export-expression.ts';
import { exportValue } from './export-value.ts';
import type { Findings } from './findings.ts';
import type { Shape } from './read-shape.ts';

export interface StepPlace {
  /** `$.steps[0]` */
  readonly path: string;
  readonly found: FoundCommand | undefined;
  /** Name of the source description of its catalog. */
  readonly source: string;
  readonly scope: ExportScope;
  readonly findings: Findings;
}

export function exportStep(step: Step, place: StepPlace): Shape {
  refuseLoops(step, place);
  const { path, findings } = place;
  if (step.output_contract) {
    findings.warn(
      `${path}.output_contract`,
      'arazzo_step',
      '"output_contract" has no counterpart in Arazzo.',
    );
  }
  const until = exportUntil(step, place);
  return {
    stepId: step.id,
    ...(step.description && { description: step.description }),
    ...operationOf(step, place),
    ...callOf(step, place),
    ...(step.timeout !== undefined && step.timeout !== null && { timeout: parseDuration(step.timeout) }),
    successCriteria: [
      { condition: '$statusCode < 400' },
      ...(until === undefined ? [] : [{ condition: until }]),
    ],
    ...failureOf(step, place),
  };
}

// --- internal ---

function refuseLoops(step: Step, { path, findings }: StepPlace): void {
  if (step.for_each !== undefined && step.for_each !== null) {
    findings.refuse(
      `${path}.for_each`,
      'arazzo_for_each',
      'A step for each item has no counterpart in Arazzo.',
    );
  }
  if (step.on_failure === 'continue') {
    findings.refuse(
      `${path}.on_failure`,
      'arazzo_on_failure',
      'Going on after a failure has no counterpart here.',
    );
  }
}

function operationOf(step: Step, { path, found, source, findings }: StepPlace): Shape {
  const command = found?.command;
  if (command?.execution.kind !== 'http') {
    findings.refuse(`${path}.run`, 'arazzo_operation', `"${step.run}" is no operation of a description.`);
    return {};
  }
  if (command.operation_id !== undefined) {
    return { operationId: `$sourceDescriptions.${source}.${command.operation_id}` };
  }
  const { path: template, method } = command.execution;
  const token = template.replaceAll('~', '~0').replaceAll('/', '~1');
  return { operationPath: `{$sourceDescriptions.${source}.url}#/paths/${token}/${method.toLowerCase()}` };
}

function callOf(step: Step, { path, found, scope, findings }: StepPlace): Shape {
  const own = found?.command.parameters ?? [];
  const parameters: Shape[] = [];
  const properties: Record<string, unknown> = {};
  for (const [name, written] of Object.entries(step.with ?? {})) {
    const parameter = own.find((one) => one.name === name);
    const value = exportOrRefuse(written, `${path}.with.${name}`, scope, findings);
    const wire = parameter?.wire_name ?? name;
    if (parameter?.in === 'body') properties[wire] = value;
    else if (parameter !== undefined) parameters.push({ name: wire, in: parameter.in, value });
  }
  const body =
    step.body === undefined ? undefined : exportOrRefuse(step.body, `${path}.body`, scope, findings);
  const payload = body ?? (Object.keys(properties).length > 0 ? properties : undefined);
  const contentType = found?.command.body?.media_type;
  return {
    ...(parameters.length > 0 && { parameters }),
    ...(payload !== undefined && { requestBody: { ...(contentType && { contentType }), payload } }),
  };
}

function exportOrRefuse(value: unknown, path: string, scope: ExportScope, findings: Findings): unknown {
  return exportValue(value, scope, (reason) => findings.refuse(path, 'arazzo_expression', `${reason}.`));
}

function exportUntil({ id, repeat }: Step, { path, scope, findings }: StepPlace): string | undefined {
  if (!repeat?.until) return undefined;
  const expression = parseCondition(repeat.until);
  if (heedsCase(expression)) findings.warn(`${path}.repeat.until`, 'arazzo_case', caseMessage);
  const exported = exportCondition(expression, { ...scope, response: id });
  if ('text' in exported) return exported.text;
  findings.refuse(`${path}.repeat.until`, 'arazzo_condition', `${exported.reason}.`);
  return undefined;
}

/** A poll is tried again after an answer that came, a retry after a call that failed. */
function failureOf(step: Step, { path, findings }: StepPlace): Shape {
  const { repeat, retry } = step;
  const actions = [
    ...(retry ? [toRetryAction(retry, `${path}.retry`, findings)] : []),
    ...(repeat ? toPollAction(repeat, `${path}.repeat`, findings) : []),
  ];
  if (retry && repeat) {
    findings.refuse(
      `${path}.retry`,
      'arazzo_retry',
      'A step that polls and tries again has no counterpart here.',
    );
  }
  return actions.length === 0 ? {} : { onFailure: actions };
}

const defaultRetried: readonly (number | string)[] = [408, 429, '5xx', 'network', 'timeout'];
const failures = ['4xx', '5xx', 'network', 'timeout'];

function toRetryAction(retry: Retry, path: string, findings: Findings): Shape {
  const on = retry.on ?? defaultRetried;
  const isAny = failures.every((one) => on.includes(one));
  if ((retry.backoff ?? 'exponential') !== 'constant') {
    findings.warn(`${path}.backoff`, 'arazzo_retry', 'The delay does not grow in Arazzo.');
  }
  const unsaid = on.filter((one) => one === 'network' || one === 'timeout');
  if (!isAny && unsaid.length > 0) {
    findings.warn(
      `${path}.on`,
      'arazzo_retry',
      `After ${unsaid.join(' and ')} alone Arazzo tries nothing again.`,
    );
  }
  const conditions = on.flatMap((one) => {
    if (one === 'network' || one === 'timeout') return [];
    const [, hundreds] = /^(\d)xx$/.exec(String(one)) ?? [];
    if (hundreds === undefined) return [`$statusCode == ${one}`];
    return [`($statusCode >= ${hundreds}00 && $statusCode <= ${hundreds}99)`];
  });
  if (!isAny && conditions.length === 0) {
    findings.refuse(`${path}.on`, 'arazzo_retry', 'Only a status can decide what is tried again.');
  }
  return {
    name: 'retry',
    type: 'retry',
    retryAfter: toSeconds(retry.delay ?? '1s'),
    retryLimit: retry.max_attempts - 1,
    ...(!isAny && { criteria: [{ condition: conditions.join(' || ') }] }),
  };
}

const defaultPolls = 100;

function toPollAction(repeat: Repeat, path: string, findings: Findings): readonly Shape[] {
  if (repeat.timeout !== undefined && repeat.timeout !== null) {
    findings.warn(
      `${path}.timeout`,
      'arazzo_retry',
      'The time of polling has no limit in Arazzo, its number has.',
    );
  }
  const polls = repeat.max_attempts ?? defaultPolls;
  if (polls === 1) return [];
  const retryAfter = toSeconds(repeat.every ?? '1s');
  const criteria = [{ condition: '$statusCode < 400' }];
  return [{ name: 'poll', type: 'retry', retryAfter, retryLimit: polls - 1, criteria }];
}

function toSeconds(duration: string | number): number {
  return (parseDuration(duration) ?? 0) / 1_000;
}
