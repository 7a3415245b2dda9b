/** Does each step run a command that is there, with arguments that it takes? */
import { nearestNames, resolveSchema } from '@oatty/types';
import type { Command } from '@oatty/types';
import { checkArguments } from '../schema/check-arguments.ts';
import type { CommandSource, FoundCommand } from '../ports/command-source.ts';
import type { ManifestPath } from './manifest-document.ts';
import type { Scene, StepScene } from './scene.ts';

export function checkStepCommands(scene: Scene): void {
  for (const step of scene.steps) {
    if (step.found === undefined) {
      reportUnknown(scene, step);
      continue;
    }
    checkCatalog(scene, step, step.found);
    checkStepArguments(scene, step, step.found);
    warnAboutTextForTypes(scene, step, step.found);
  }
}

/** Strings with templates in them are only known when the run gets there. */
export function hasTemplate(value: unknown): boolean {
  return typeof value === 'string' && value.includes('${{');
}

// --- internal ---

function reportUnknown({ commands, report, draft }: Scene, { step, path, label }: StepScene): void {
  const { run } = step;
  if (run === undefined || run === `workflow ${draft.workflow}`) return; // missing, or recursion: reported elsewhere
  const at = { path: [...path, 'run'], actual: run };
  const meant = findMeantCommand(run, commands);
  if (!/^\S+ \S+$/.test(run)) {
    const message = `Step "${label}" runs "${run}", which is not of the form "<vendor> <command>".`;
    const advice = meant ?? offer(commands.nearest(run, maxOffered), searchForCommand);
    return report.violation({ ...at, ...advice, rule: 'WORKFLOW_STEP_RUN_INVALID', message });
  }
  const rule = 'WORKFLOW_STEP_COMMAND_NOT_FOUND';
  if (run.startsWith(workflowPrefix)) {
    const message = `Step "${label}" runs the workflow "${run.slice(workflowPrefix.length)}", which is not saved.`;
    const saved = commands
      .nearest(run, maxLookedAt)
      .filter((id) => id.startsWith(workflowPrefix) && id !== `${workflowPrefix}${draft.workflow}`);
    return report.violation({ ...at, ...offer(saved, 'Save that workflow first.'), rule, message });
  }
  const message = `Step "${label}" runs "${run}", which no catalog has.`;
  const suggestion = commands.advise?.(run);
  const known = suggestion === undefined ? undefined : { suggestion };
  const advice = known ?? meant ?? offer(commands.nearest(run, maxOffered), searchForCommand);
  report.violation({ ...at, ...advice, rule, message });
}

interface Advice {
  readonly expected?: readonly string[];
  readonly suggestion: string;
}

/** `shop orders:info --order 1`, `shop:orders:info`, `GET /orders/{order}`, `getOrder` */
function findMeantCommand(run: string, commands: CommandSource): Advice | undefined {
  const [vendor = '', name = '', ...others] = run.split(/\s+/, 3);
  const id = `${vendor} ${name}`;
  if (others.length > 0 && commands.find(id) !== undefined) {
    return { expected: [id], suggestion: `Write "run: ${id}", and what it needs under "with".` };
  }
  const called = commands
    .nearest(run, maxLookedAt)
    .find((nearest) => isCalled(commands.find(nearest)?.command, run));
  return called === undefined ? undefined : offer([called], searchForCommand);
}

function isCalled(command: Command | undefined, run: string): boolean {
  if (command?.operation_id === run || command?.id === run.replace(/[.:/]/, ' ')) return true;
  if (command?.execution.kind !== 'http') return false;
  const { method, path } = command.execution;
  const [, givenMethod = '', givenPath = ''] =
    /^([A-Za-z]+) (\/\S*)/.exec(run.replaceAll(template, '{}')) ?? [];
  return givenMethod.toUpperCase() === method && toShape(givenPath) === toShape(path);
}

const template = /\$?\{+[^{}]{0,100}\}+/g;

/** `/orders/{order}/` → `/orders/{}` */
function toShape(path: string): string {
  return path.replaceAll(/\{[^{}]*\}/g, '{}').replace(/\/$/, '');
}

const workflowPrefix = 'workflow ';
const searchForCommand = 'Search the commands for the right id, or import the catalog that has it.';
const maxOffered = 3;
const maxLookedAt = 20;

function offer(nearest: readonly string[], otherwise: string): Advice {
  const ids = nearest.slice(0, maxOffered);
  if (ids.length === 0) return { suggestion: otherwise };
  return { expected: ids, suggestion: `Did you mean ${ids.map((id) => `"${id}"`).join(' or ')}?` };
}

function checkCatalog(
  { report }: Scene,
  { path, label }: StepScene,
  { command, catalog }: FoundCommand,
): void {
  const at = { path: [...path, 'run'] };
  if (!catalog.enabled) {
    report.violation({
      ...at,
      rule: 'catalog_disabled',
      message: `Step "${label}" runs "${command.id}", but the catalog "${catalog.id}" is disabled.`,
      suggestion: `Enable the catalog "${catalog.id}".`,
    });
  }
  if (command.deprecated === true) {
    const message = `Step "${label}" runs "${command.id}", which its description calls deprecated.`;
    report.warning({ ...at, rule: 'command_deprecated', message });
  }
}

function checkStepArguments({ report, inputs }: Scene, { step, path }: StepScene, found: FoundCommand): void {
  const inputNames = inputs.map(({ name }) => name);
  const given = { with: step.with ?? {}, ...(step.body !== undefined && { body: step.body }) };
  for (const issue of checkArguments(found, given, { isUnknown: hasTemplate })) {
    const isAboutName = issue.rule === 'parameter_unknown' || issue.rule === 'body_not_accepted';
    report.violation({
      ...issue,
      path: [...path, ...issue.path],
      ...(isAboutName && { target: 'key' as const }),
      ...(issue.rule === 'parameter_missing' && adviseOnMissing(issue.path, inputNames)),
    });
  }
}

/** An input of that name is what was probably meant: `order`, `order_id`, `the_order`. */
function adviseOnMissing(
  [place, parameter]: ManifestPath,
  inputNames: readonly string[],
): { readonly suggestion?: string } {
  if (place !== 'with' || typeof parameter !== 'string') return {};
  const alike = inputNames.find((input) => `_${input}_`.includes(`_${parameter}_`));
  const input = nearestNames(parameter, inputNames, 1)[0] ?? alike;
  if (input === undefined) return {};
  return { suggestion: `Write "${parameter}: '\${{ inputs.${input} }}'" under "with".` };
}

/** A template inside other text always gives text: `"'${{ inputs.count }}'"`. */
function warnAboutTextForTypes({ report }: Scene, step: StepScene, { command, schemas }: FoundCommand): void {
  for (const { place, path, isMixed } of step.texts) {
    const name = path[step.path.length + 1];
    if (!isMixed || place !== 'with' || path.length !== step.path.length + 2) continue;
    const parameter = command.parameters.find((candidate) => candidate.name === name);
    const type = resolveSchema(parameter?.schema, schemas)?.type;
    if (type === undefined || [type].flat().includes('string')) continue;
    report.warning({
      path,
      rule: 'template_expression_quoted_non_string_input',
      message: `Parameter "${name}" of "${command.id}" expects ${[type].flat().join(' or ')}, but a template inside other text gives text.`,
      expected: type,
      actual: 'string',
      suggestion: 'Let the value be exactly one template: ${{ … }}.',
    });
  }
}
