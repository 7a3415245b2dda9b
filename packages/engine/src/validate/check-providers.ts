/**
 * Can the provider of an input be run with what the manifest gives it, and does it give what the input takes?
 *
 * A saved workflow is no provider: whether it is a command depends on what was looked for in this process before.
 */
import { listBindings } from '../input/order-inputs.ts';
import { providerCommand } from '../input/provider-choices.ts';
import type { FoundCommand } from '../ports/command-source.ts';
import { checkArguments } from '../schema/check-arguments.ts';
import { checkBindings, checkUpstream } from './check-provider-bindings.ts';
import { checkSelect } from './check-provider-select.ts';
import { hasTemplate } from './check-step-commands.ts';
import type { InputScene, Scene } from './scene.ts';

export function checkProviders(scene: Scene): void {
  for (const input of scene.inputs) {
    checkBindings(scene, input);
    const commandId = providerCommand(input.input);
    if (commandId === undefined) continue;
    checkUpstream(scene, input);
    const found = scene.commands.find(commandId);
    if (found === undefined || found.command.execution.kind === 'workflow') {
      reportUnknown(scene, input, commandId);
      continue;
    }
    checkCommand(scene, input, found);
    checkProviderArguments(scene, input, found);
    checkSelect(scene, input, found);
  }
}

// --- internal ---

function reportUnknown({ commands, report }: Scene, { path, name, input }: InputScene, id: string): void {
  const nearest = commands
    .nearest(id, 3)
    .filter((near) => commands.find(near)?.command.execution.kind !== 'workflow');
  const alike =
    nearest.length > 0 ? `Did you mean ${nearest.map((near) => `"${near}"`).join(' or ')}?` : undefined;
  report.violation({
    path: [...path, 'provider', ...(typeof input.provider === 'object' ? ['id'] : [])],
    rule: 'provider_not_found',
    message: `The provider "${id}" of input "${name}" is no command of a catalog.`,
    actual: id,
    suggestion: commands.advise?.(id) ?? alike,
  });
}

function checkCommand(
  { report }: Scene,
  { path, name }: InputScene,
  { command, catalog }: FoundCommand,
): void {
  const at = { path: [...path, 'provider'] };
  if (!catalog.enabled) {
    const message = `The provider of input "${name}" belongs to the catalog "${catalog.id}", which is disabled.`;
    report.violation({ ...at, rule: 'catalog_disabled', message, suggestion: `Enable "${catalog.id}".` });
  }
  if (command.effect === 'safe') return;
  report.violation({
    ...at,
    rule: 'provider_not_safe',
    message: `The provider "${command.id}" of input "${name}" changes something; only safe commands offer values.`,
    expected: 'safe',
    actual: command.effect,
  });
}

/** Stands for a value that is known later. */
const later = '${{ later }}';

function checkProviderArguments(
  { report }: Scene,
  { path, name, input }: InputScene,
  found: FoundCommand,
): void {
  const bindings = listBindings(input);
  const given = bindings.map(({ argument, binding }) => [
    argument,
    typeof binding === 'string' ? binding : later,
  ]);
  const values = Object.fromEntries(given) as Readonly<Record<string, unknown>>; // entries of texts
  const issues = checkArguments(found, { with: values }, { isUnknown: hasTemplate, lenientText: true });
  for (const { path: issuePath, rule, ...issue } of issues) {
    const binding = bindings.find(({ argument }) => argument === issuePath[1]);
    const place = binding === undefined ? ['provider_args', ...issuePath.slice(1)] : binding.path;
    const message = `Provider of input "${name}": ${issue.message}`;
    const finding = { ...issue, path: [...path, ...place], message };
    if (rule === 'parameter_missing') {
      const suggestion = `Give it under "provider_args": ${String(issuePath[1])}.`;
      report.violation({ ...finding, rule: 'provider_argument_missing', suggestion });
    } else if (rule === 'parameter_unknown')
      report.violation({ ...finding, rule: 'provider_argument_unknown', target: 'key' });
    else report.violation({ ...finding, rule });
  }
}
