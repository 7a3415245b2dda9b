/** Everything that the checks look at: the draft with its commands found and its expressions parsed, once. */
import type { WorkflowInput } from '@oatty/types';
import { references } from '../expression/analyze-expression.ts';
import type { Reference } from '../expression/analyze-expression.ts';
import type { Expression } from '../expression/expression.ts';
import { parseCondition, parseTemplate, templateExpressions } from '../expression/parse-template.ts';
import { listInputTexts } from '../input/order-inputs.ts';
import type { CommandSource, FoundCommand } from '../ports/command-source.ts';
import { listStepTexts, listStrings } from '../plan/step-texts.ts';
import type { StepPlace } from '../plan/step-texts.ts';
import type { DraftStep, DraftWorkflow } from './draft-workflow.ts';
import type { ManifestPath } from './manifest-document.ts';
import type { ValidationReport } from './validation-report.ts';

/** The saved workflows, for steps that run one and defaults that read one's output. */
export interface SavedWorkflows {
  has(workflowId: string): boolean;
  /** Ids of the workflows that the steps of a saved workflow run; empty for one that does not exist. */
  callsOf(workflowId: string): readonly string[];
  /** Why a saved workflow cannot run: `which has one violation: …`. Without it, that is found out by the run. */
  flawOf?(workflowId: string): string | undefined;
}

export interface Scene {
  readonly draft: DraftWorkflow;
  readonly commands: CommandSource;
  readonly workflows: SavedWorkflows | undefined;
  readonly report: ValidationReport;
  /** In the order of declaration. */
  readonly steps: readonly StepScene[];
  /** By id; the first of several with one id. */
  readonly stepsById: ReadonlyMap<string, StepScene>;
  readonly inputs: readonly InputScene[];
  readonly finalOutput: readonly ParsedText[];
  /** The key of the queue. */
  readonly queueKey: readonly ParsedText[];
}

export interface StepScene {
  readonly path: ManifestPath;
  readonly step: DraftStep;
  /** The id, or `[3]` where there is none; for messages. */
  readonly label: string;
  readonly found: FoundCommand | undefined;
  readonly texts: readonly ParsedText[];
}

export interface InputScene {
  readonly path: ManifestPath;
  readonly name: string;
  readonly input: WorkflowInput;
  readonly texts: readonly ParsedText[];
}

/** One string with expressions in it, or one expression. */
export interface ParsedText {
  readonly place: StepPlace | 'input' | 'final_output' | 'queue';
  /** From the manifest. */
  readonly path: ManifestPath;
  /** Text around or between templates: the value is text. */
  readonly isMixed: boolean;
  readonly expressions: readonly Expression[];
  readonly references: readonly Reference[];
}

/** Reports the expressions that do not parse. */
export function setScene(
  draft: DraftWorkflow,
  { commands, workflows }: { readonly commands: CommandSource; readonly workflows?: SavedWorkflows },
  report: ValidationReport,
): Scene {
  report.nameParts({
    inputs: new Set(draft.inputs.keys()),
    steps: new Set(draft.steps.flatMap(({ id }) => id ?? [])),
  });
  const steps = draft.steps.map((step, index) => toStepScene(step, ['steps', index], { commands, report }));
  return {
    draft,
    commands,
    workflows,
    report,
    steps,
    stepsById: new Map(
      steps.toReversed().flatMap((scene) => (scene.step.id ? [[scene.step.id, scene]] : [])),
    ),
    inputs: [...draft.inputs].map(([name, input]) => toInputScene(name, input, report)),
    finalOutput: listStrings(draft.final_output, ['final_output']).flatMap(({ path, text }) =>
      parseText({ place: 'final_output', path, language: 'template', text }, report),
    ),
    queueKey: listStrings(draft.queue?.dedup_key, ['queue', 'dedup_key']).flatMap(({ path, text }) =>
      parseText({ place: 'queue', path, language: 'template', text }, report),
    ),
  };
}

// --- internal ---

interface Text {
  readonly place: ParsedText['place'];
  readonly path: ManifestPath;
  readonly language: 'template' | 'expression';
  readonly text: string;
}

function toStepScene(
  step: DraftStep,
  path: ManifestPath,
  { commands, report }: { readonly commands: CommandSource; readonly report: ValidationReport },
): StepScene {
  return {
    path,
    step,
    label: step.id ?? `[${path[1]}]`,
    found: step.run === undefined ? undefined : commands.find(step.run),
    texts: listStepTexts(step).flatMap((text) =>
      parseText({ ...text, path: [...path, ...text.path] }, report),
    ),
  };
}

function toInputScene(name: string, input: WorkflowInput, report: ValidationReport): InputScene {
  const path = ['inputs', name];
  const texts = listInputTexts(input).flatMap((text) =>
    parseText(
      { place: 'input', path: [...path, ...text.path], language: 'template', text: text.text },
      report,
    ),
  );
  return { path, name, input, texts };
}

function parseText({ place, path, language, text }: Text, report: ValidationReport): readonly ParsedText[] {
  try {
    const template = language === 'template' ? parseTemplate(text) : undefined;
    const expressions = template === undefined ? [parseCondition(text)] : templateExpressions(template);
    const isMixed = template?.kind === 'mixed';
    return [{ place, path, isMixed, expressions, references: expressions.flatMap(references) }];
  } catch (thrown) {
    report.badExpression(path, thrown);
    return [];
  }
}
