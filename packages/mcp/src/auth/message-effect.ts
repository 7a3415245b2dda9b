/** What messages make the server do: a tool does what its safety level says, everything else that is asked reads. */
import type { Effect } from '@oatty/types';
import type { Toolbox } from '../tools/toolbox.ts';

/** The most that one of these messages does. */
export function greatestEffect(messages: readonly object[], tools: Pick<Toolbox, 'find'>): Effect {
  const effects = messages.map((message) => toEffect(message, tools));
  return (['destructive', 'standard'] as const).find((level) => effects.includes(level)) ?? 'safe';
}

// --- internal ---

/** They change what runs: whoever could start a run may do so. */
const changingMethods: ReadonlySet<unknown> = new Set(['tasks/cancel', 'tasks/update']);

function toEffect(message: object, tools: Pick<Toolbox, 'find'>): Effect {
  if (!('method' in message)) return 'safe'; // an answer to what the server asked
  if (message.method === 'tools/call') return tools.find(toolName(message))?.safety ?? 'safe';
  return changingMethods.has(message.method) ? 'standard' : 'safe';
}

function toolName(message: object): string {
  if (!('params' in message) || typeof message.params !== 'object' || message.params === null) return '';
  return 'name' in message.params ? String(message.params.name) : '';
}
