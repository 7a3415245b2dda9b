/**
 * The secrets that the steps of a run name.
 *
 *   S1. A secret that is not bound to the catalog of a step's command is never looked up for it.
 *   S2. What is wrong with a secret fails the step that uses it, not the run that mentions it.
 */
import { OattyError } from '@oatty/types';
import type { Step, Workflow } from '@oatty/types';
import { textReferences } from '../plan/step-dependencies.ts';
import { listStepTexts } from '../plan/step-texts.ts';
import type { CommandSource, FoundCommand } from '../ports/command-source.ts';
import type { SecretSource } from '../ports/values.ts';

export interface RunSecrets {
  /** Every value that was found. */
  readonly values: readonly string[];
  /** What a step may read. @throws {OattyError} `ARGUMENT_INVALID`, or what the source of the secrets throws */
  of(step: Step, found: FoundCommand | undefined): ReadonlyMap<string, string>;
}

export async function loadRunSecrets(
  { steps }: Workflow,
  commands: CommandSource,
  source: SecretSource,
): Promise<RunSecrets> {
  const names = new Set(steps.flatMap((step) => listBoundNames(step, commands.find(step.run))));
  const entries = [...names].map(async (name) => [name, await lookUp(name, source)] as const);
  const lookUps = new Map(await Promise.all(entries));
  return {
    values: [...lookUps.values()].flatMap(({ value }) => value ?? []),
    of: (step, found) => new Map(listNames(step).map((name) => [name, readSecret(name, found, lookUps)])),
  };
}

// --- internal ---

interface LookUp {
  readonly value?: string;
  readonly problem?: OattyError;
}

async function lookUp(name: string, source: SecretSource): Promise<LookUp> {
  try {
    const value = await source.get(name);
    return value === undefined ? { problem: withoutValue(name) } : { value };
  } catch (thrown) {
    return { problem: OattyError.from(thrown) };
  }
}

function readSecret(
  name: string,
  found: FoundCommand | undefined,
  lookUps: ReadonlyMap<string, LookUp>,
): string {
  if (found?.catalog.secrets.includes(name) !== true) throw unbound(name, found);
  const { value, problem } = lookUps.get(name) ?? {};
  if (value === undefined) throw problem ?? withoutValue(name);
  return value;
}

function listBoundNames(step: Step, found: FoundCommand | undefined): readonly string[] {
  const bound = found?.catalog.secrets ?? [];
  return bound.length === 0 ? [] : listNames(step).filter((name) => bound.includes(name));
}

function listNames(step: Step): readonly string[] {
  const texts = listStepTexts(step).filter(({ place, text }) => {
    return (place === 'with' || place === 'body') && text.includes('secrets');
  });
  return texts.flatMap(textReferences).flatMap(({ root, segments: [name] }) => {
    return root === 'secrets' && typeof name === 'string' ? [name] : [];
  });
}

function withoutValue(name: string): OattyError {
  return new OattyError('ARGUMENT_INVALID', `The secret "${name}" has no value.`, {
    suggestedAction: `Set it: oatty secret set ${name}`,
    context: { secret: name },
  });
}

function unbound(name: string, found: FoundCommand | undefined): OattyError {
  const catalogId = found?.catalog.id ?? null;
  return new OattyError(
    'ARGUMENT_INVALID',
    `The secret "${name}" is not bound to the catalog "${catalogId}".`,
    {
      suggestedAction: 'Bind it to the catalog when you set it, or use a secret that is bound.',
      context: { secret: name, catalog_id: catalogId },
    },
  );
}
