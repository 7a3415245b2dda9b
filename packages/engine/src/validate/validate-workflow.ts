/**
 * A manifest → everything that is wrong with it and everything that is doubtful, at once. Nothing is executed.
 *
 * Pure over its arguments. What does not parse is reported and left out; the rest is checked all the same.
 */
import type { Violation, Workflow } from '@oatty/types';
import type { CommandSource } from '../ports/command-source.ts';
import { checkForEach } from './check-for-each.ts';
import { checkInputs } from './check-inputs.ts';
import { checkLimits, defaultManifestLimits } from './check-limits.ts';
import type { ManifestLimits } from './check-limits.ts';
import { checkOrder } from './check-order.ts';
import { checkProviders } from './check-providers.ts';
import { checkReferences } from './check-references.ts';
import { checkRequirements } from './check-requirements.ts';
import { explainShapeIssue } from './check-shape.ts';
import { checkStepCommands } from './check-step-commands.ts';
import { checkSubWorkflows } from './check-sub-workflows.ts';
import { checkTimings } from './check-timings.ts';
import { checkWrappers } from './check-wrappers.ts';
import { parseManifest } from './draft-workflow.ts';
import type { DraftWorkflow } from './draft-workflow.ts';
import { explainInputsSchema } from './inputs-schema.ts';
import type { ManifestDocument } from './manifest-document.ts';
import { setScene } from './scene.ts';
import type { SavedWorkflows } from './scene.ts';
import { ValidationReport } from './validation-report.ts';
import { warnAboutChanges } from './warn-about-changes.ts';
import { warnAboutConditions } from './warn-about-conditions.ts';
import { warnAboutSettings } from './warn-about-settings.ts';

export interface ValidationContext {
  readonly commands: CommandSource;
  /** Without it, chains of sub-workflows and the workflows that defaults name are not followed. */
  readonly workflows?: SavedWorkflows;
  readonly limits?: Partial<ManifestLimits>;
}

export interface ValidationResult {
  /** There whenever the shape is right; it may be run only when there are no violations. */
  readonly workflow?: Workflow;
  /** In the order of the text. */
  readonly violations: readonly Violation[];
  readonly warnings: readonly Violation[];
}

export function validateWorkflow(document: ManifestDocument, context: ValidationContext): ValidationResult {
  const report = new ValidationReport(document);
  const limits = { ...defaultManifestLimits, ...context.limits };
  if (!checkLimits(document.value, limits, report)) return report.finish();
  const { workflow, draft, issues, inputsSchema, renamed } = parseManifest(document.value);
  report.readAs(renamed);
  if (inputsSchema) report.violation(explainInputsSchema(inputsSchema));
  for (const finding of issues.flatMap(explainShapeIssue)) report.violation(finding);
  checkMeaning(draft, context, report);
  return { ...(workflow && { workflow }), ...report.finish() };
}

// --- internal ---

function checkMeaning(draft: DraftWorkflow, context: ValidationContext, report: ValidationReport): void {
  const scene = setScene(draft, context, report);
  checkConditionNames(draft, report);
  checkRequirements(scene);
  checkInputs(scene);
  checkProviders(scene);
  checkStepCommands(scene);
  checkSubWorkflows(scene);
  checkOrder(scene);
  checkReferences(scene);
  checkForEach(scene);
  checkWrappers(scene);
  checkTimings(scene);
  warnAboutConditions(scene);
  warnAboutChanges(scene);
  warnAboutSettings(scene);
}

function checkConditionNames({ steps }: DraftWorkflow, report: ValidationReport): void {
  for (const [index, step] of steps.entries()) {
    const hasBoth = (step.if ?? undefined) !== undefined && (step.when ?? undefined) !== undefined;
    if (!hasBoth) continue;
    report.violation({
      path: ['steps', index, 'when'],
      rule: 'if_and_when',
      message: '"if" and "when" are two names of one key.',
      suggestion: 'Keep "if", joining both conditions with "&&".',
      target: 'key',
    });
  }
}
