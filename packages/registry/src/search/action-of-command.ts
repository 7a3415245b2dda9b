/**
 * Command → what it does, as search sees it: list, get, create, update, delete.
 *
 * A1. The verb that the summary begins with decides: "Create or update a secret" does both.
 * A2. Else the first verb of the last name segment (`chat.postMessage`) or of the operation id.
 * A3. Method and shape of the path add to it: fully where there is no verb and the path names a resource
 *     (`POST …/{id}` updates), a little elsewhere.
 */
import type { Command } from '@oatty/types';
import { actionsOfVerb } from './vocabulary.ts';
import type { Action, ActionWeights } from './vocabulary.ts';

export interface ActionClues {
  /** Stems of the summary's first words, stop words included. */
  readonly opening: readonly string[];
  /** Stems of the last name segment and of the operation id. */
  readonly name: readonly string[];
}

export function actionsOfCommand(command: Command, clues: ActionClues): Map<Action, number> {
  const verb = verbOfSummary(clues.opening) ?? verbOfName(clues.name);
  const actions = new Map<Action, number>();
  raise(actions, actionsOfShape(command), verb === undefined && isRest(command) ? 1 : weakShape);
  raise(actions, verb ?? {}, 1);
  return actions;
}

// --- internal ---

const weakShape = 0.4;
const readingVerbs: ReadonlySet<string> = new Set(['return', 'retriev', 'get', 'fetch']);

function verbOfSummary(opening: readonly string[]): ActionWeights | undefined {
  const [first = '', second = '', third = ''] = opening;
  if (readingVerbs.has(first) && opening.slice(1, 4).includes('list')) return { list: 1 };
  const actions = actionsOfVerb(first);
  return actions !== undefined && second === 'or' ? { ...actionsOfVerb(third), ...actions } : actions;
}

function verbOfName(stems: readonly string[]): ActionWeights | undefined {
  const verb = stems.find((stem) => actionsOfVerb(stem) !== undefined);
  return verb === undefined ? undefined : actionsOfVerb(verb);
}

/** In `/chat.postMessage` and `/jobs/{job}:cancel` the method says little. */
function isRest({ execution }: Command): boolean {
  return execution.kind === 'http' && !/[.:][^/]*$/.test(execution.path);
}

function actionsOfShape({ execution }: Command): ActionWeights {
  if (execution.kind !== 'http') return {};
  const oneItem = /\}\/?$/.test(execution.path);
  switch (execution.method) {
    case 'GET':
    case 'HEAD':
    case 'OPTIONS':
      return oneItem ? { get: 1 } : { list: 0.9, get: 0.5 };
    case 'POST':
      return oneItem ? { update: 1 } : { create: 1 };
    case 'PUT':
      return oneItem ? { update: 1, create: 0.4 } : { update: 0.8, create: 0.5 };
    case 'PATCH':
      return { update: 1 };
    case 'DELETE':
      return { delete: 1 };
    case 'TRACE':
    case 'QUERY':
      return { list: 0.9, get: 0.5 };
    default:
      return {};
  }
}

function raise(actions: Map<Action, number>, weights: ActionWeights, factor: number): void {
  for (const action of ['list', 'get', 'create', 'update', 'delete'] as const) {
    const weight = (weights[action] ?? 0) * factor;
    if (weight > (actions.get(action) ?? 0)) actions.set(action, weight);
  }
}
