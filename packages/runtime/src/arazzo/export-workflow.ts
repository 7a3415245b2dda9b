/**
 * A manifest → an Arazzo document with one workflow. Pure.
 *
 *   O1. Steps keep their order, so a step may only read those before it in the file.
 *   O2. The condition of a step becomes a `goto` of each step that may come right before it.
 *   O3. Version 1.0.1; 1.1.0 where a step has a timeout.
 */
import { parseCondition, parseTemplate } from '@oatty/engine';
import type { FoundCommand } from '@oatty/registry';
import { stepCondition } from '@oatty/types';
import type { Step, Workflow } from '@oatty/types';
import {
  caseMessage,
  exportCondition,
  exportExpression,
  heedsCase,
  StepOutputs,
  withoutFallback,
} from './export-expression.ts';
import type { ExportScope } from './export-expression.ts';
import { exportInputs } from './export-inputs.ts';
import { exportStep } from './export-step.ts';
import type { Findings } from './findings.ts';
import type { Shape } from './read-shape.ts';
import { isShape } from './read-shape.ts';

export interface ExportPlace {
  readonly find: (commandId: string) => FoundCommand | undefined;
  /** Catalog id → where its description is, as the document shall say. */
  readonly sources: ReadonlyMap<string, string>;
  readonly findings: Findings;
}

/** Meaningless where there are refusals. */
export function exportWorkflow(workflow: Workflow, place: ExportPlace): Shape {
  const { findings } = place;
  warnAboutRest(workflow, findings);
  const outputs = new StepOutputs();
  const steps = exportSteps(workflow.steps, outputs, place);
  const given = exportOutputs(workflow, outputs, findings);
  const inputs = exportInputs(workflow.inputs, findings);
  const named = steps.map((step, index) => {
    const own = outputs.of(workflow.steps[index]?.id ?? '');
    return own === undefined ? step : { ...step, outputs: own };
  });
  return {
    arazzo: steps.some((step) => 'timeout' in step) ? '1.1.0' : '1.0.1',
    info: { title: workflow.title ?? workflow.workflow, version: '1.0.0' },
    sourceDescriptions: [...place.sources].map(([name, url]) => ({ name, url, type: 'openapi' })),
    workflows: [
      {
        workflowId: workflow.workflow,
        ...(workflow.title && { summary: workflow.title }),
        ...(workflow.description && { description: workflow.description }),
        ...(inputs && { inputs }),
        steps: named,
        ...(Object.keys(given).length > 0 && { outputs: given }),
      },
    ],
  };
}

// --- internal ---

function warnAboutRest(workflow: Workflow, findings: Findings): void {
  for (const key of ['max_parallel', 'timeout', 'queue'] as const) {
    if (workflow[key] === undefined || workflow[key] === null) continue;
    findings.warn(`$.${key}`, 'arazzo_workflow', `"${key}" of a workflow has no counterpart in Arazzo.`);
  }
}

function exportSteps(steps: readonly Step[], outputs: StepOutputs, place: ExportPlace): readonly Shape[] {
  const certain = new Set<string>();
  return steps.map((step, index) => {
    const path = `$.steps[${index}]`;
    const scope = { outputs, steps: new Set(certain) };
    refuseUncertain(step, index, scope, path, place.findings);
    const found = place.find(step.run);
    const source = found?.entry.id ?? '';
    const exported = exportStep(step, { path, found, source, scope, findings: place.findings });
    const actions = actionsOf(steps, index, scope, place.findings);
    if (!isConditional(step)) certain.add(step.id);
    return actions.length === 0 ? exported : { ...exported, onSuccess: actions };
  });
}

function isConditional(step: Step): boolean {
  const condition = stepCondition(step);
  return condition !== undefined && condition !== null && condition !== true;
}

function refuseUncertain(
  step: Step,
  index: number,
  { steps }: ExportScope,
  path: string,
  findings: Findings,
): void {
  if (index === 0 && isConditional(step)) {
    findings.refuse(`${path}.if`, 'arazzo_condition', 'The first step of an Arazzo workflow always runs.');
  }
  for (const id of step.depends_on ?? []) {
    if (steps.has(id)) continue;
    findings.refuse(
      `${path}.depends_on`,
      'arazzo_depends_on',
      `"${id}" comes later in the file, or may be skipped.`,
    );
  }
}

/** What follows a step: the first of the next steps whose condition holds. */
function actionsOf(
  steps: readonly Step[],
  index: number,
  scope: ExportScope,
  findings: Findings,
): readonly Shape[] {
  const actions: Shape[] = [];
  const response = steps[index]?.id;
  for (const [offset, next] of steps.slice(index + 1).entries()) {
    const name = `to_${next.id}`;
    if (!isConditional(next)) {
      return offset === 0 ? [] : [...actions, { name, type: 'goto', stepId: next.id }];
    }
    const path = `$.steps[${index + 1 + offset}].if`;
    const expression = parseCondition(String(stepCondition(next)));
    if (offset === 0 && heedsCase(expression)) findings.warn(path, 'arazzo_case', caseMessage);
    const condition = exportCondition(expression, {
      ...scope,
      ...(response !== undefined && { response }),
    });
    if ('text' in condition) {
      actions.push({ name, type: 'goto', stepId: next.id, criteria: [{ condition: condition.text }] });
    } else findings.refuse(path, 'arazzo_condition', `${condition.reason}.`);
  }
  return actions.length === 0 ? [] : [...actions, { name: 'done', type: 'end' }];
}

/** Outputs of Arazzo are runtime expressions by name. */
function exportOutputs(workflow: Workflow, outputs: StepOutputs, findings: Findings): Shape {
  const { final_output: output, steps } = workflow;
  if (output === undefined || output === null) return {};
  if (!isShape(output)) {
    findings.warn('$.final_output', 'arazzo_output', 'An output that is no object is left out.');
    return {};
  }
  const scope = { outputs, steps: new Set(steps.map(({ id }) => id)) };
  const entries = Object.entries(output).flatMap(([name, value]): [string, string][] => {
    const template = typeof value === 'string' ? parseTemplate(value) : undefined;
    const exported =
      template?.kind === 'whole'
        ? exportExpression(withoutFallback(template.expression), scope)
        : { reason: 'It is more than one value' };
    if ('text' in exported) return [[name, exported.text]];
    findings.warn(`$.final_output.${name}`, 'arazzo_output', `${exported.reason}; the output is left out.`);
    return [];
  });
  return Object.fromEntries(entries);
}
