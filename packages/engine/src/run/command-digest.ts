/**
 * What a command is at one moment, as a short text: method, path, parameters, effect, and where it is sent.
 *
 * A run keeps the digests of its commands, so that an edit of a catalog while it waits, or between a crash and the
 * take-over, does not change it silently. A sub-workflow keeps its own manifest from when it starts.
 */
import type { Command, Workflow } from '@oatty/types';
import type { CommandSource, FoundCommand } from '../ports/command-source.ts';
import { toHex } from './recorded-request.ts';
import { sha256 } from './sha256.ts';

/** By command id; commands that do not exist are left out. */
export function digestCommands(
  workflow: Workflow,
  commands: CommandSource,
): Readonly<Record<string, string>> {
  const ids = [...new Set(workflow.steps.map(({ run }) => run))];
  return Object.fromEntries(
    ids.flatMap((id) => {
      const found = commands.find(id);
      return found === undefined ? [] : [[id, digestCommand(found)]];
    }),
  );
}

export function digestCommand({ command, catalog }: FoundCommand): string {
  const place = `${catalog.base_url ?? ''} ${catalog.idempotency.header ?? ''} ${catalog.idempotency.honoured}`;
  const known = digests.get(command);
  if (known?.place === place) return known.digest;
  const { effect, parameters, body, pagination, execution } = command;
  const bytes = sha256(JSON.stringify([place, effect, parameters, body, pagination, execution]));
  const digest = toHex(bytes.slice(0, 8));
  digests.set(command, { place, digest });
  return digest;
}

// --- internal ---

const digests = new WeakMap<Command, { readonly place: string; readonly digest: string }>();
