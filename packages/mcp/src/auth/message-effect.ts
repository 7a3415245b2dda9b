/**
 * What messages make the server do: a tool does what its safety level says, everything else that is asked reads.
 *
 * What a tool takes may name somebody else. Where the name of the tool tells that, it needs the scope of an admin before
 * anything is read; a command that is called by another way refuses it itself.
 */
import type { Effect } from '@oatty/types';
import type { KnownTool, Toolbox } from '../tools/toolbox.ts';
import { toScopes } from './scopes.ts';

/** Every scope of what one of these messages does, least first. */
export function neededScopes(messages: readonly object[], tools: Pick<Toolbox, 'find'>): readonly string[] {
  const acts = messages.map((message) => toAct(message, tools));
  const level = (['destructive', 'standard'] as const).find((one) =>
    acts.some(({ effect }) => effect === one),
  );
  return toScopes(
    level ?? 'safe',
    acts.some(({ isAboutOthers }) => isAboutOthers),
  );
}

// --- internal ---

interface Act {
  readonly effect: Effect;
  readonly isAboutOthers: boolean;
}

/** They change what runs: whoever could start a run may do so. */
const changingMethods: ReadonlySet<unknown> = new Set(['tasks/cancel', 'tasks/update']);

function toAct(message: object, tools: Pick<Toolbox, 'find'>): Act {
  if (!('method' in message)) return { effect: 'safe', isAboutOthers: false }; // an answer to what the server asked
  if (message.method === 'tools/call') return toCall('params' in message ? message.params : undefined, tools);
  return { effect: changingMethods.has(message.method) ? 'standard' : 'safe', isAboutOthers: false };
}

function toCall(params: unknown, tools: Pick<Toolbox, 'find'>): Act {
  const { name, arguments: args } = toRecord(params);
  const tool = typeof name === 'string' ? tools.find(name) : undefined;
  return { effect: tool?.safety ?? 'safe', isAboutOthers: tool !== undefined && namesOthers(tool, args) };
}

function namesOthers({ adminArguments = [] }: KnownTool, args: unknown): boolean {
  const given = toRecord(args);
  return adminArguments.some((name) => given[name] !== undefined);
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
