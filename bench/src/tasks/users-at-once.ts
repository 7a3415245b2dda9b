/** Fifty users who work with their tasks at once, over HTTP, each with an access token. */
import { setTimeout } from 'node:timers/promises';
import { postModern } from '../../../packages/mcp/test/modern-request.ts';
import { percentile, timeOf } from '../compare.ts';

export const usersAtOnce = 50;

/** What a user does in turn; the last one works on what the first one has made. */
export const actions = ['create_task', 'list_tasks', 'update_task_status'] as const;

export type Action = (typeof actions)[number];

export interface Pace {
  readonly roundsEach: number;
  /** Milliseconds between two calls of a user; 0 asks as fast as answers come. */
  readonly pauseMs: number;
}

/** @returns milliseconds of each call, by action */
export async function timeUsers(
  url: string,
  tokens: readonly string[],
  { roundsEach, pauseMs }: Pace,
): Promise<Readonly<Record<Action, readonly number[]>>> {
  const times: Record<Action, number[]> = { create_task: [], list_tasks: [], update_task_status: [] };
  await Promise.all(
    tokens.map(async (token, user) => {
      await setTimeout((user / tokens.length) * pauseMs); // not all in the same moment
      for (let round = 0; round < roundsEach; round += 1) {
        let taskId: unknown;
        for (const name of actions) {
          const ms = await timeOf(async () => {
            taskId = (await call(url, token, name, toArguments(name, round, taskId))) ?? taskId;
          });
          times[name].push(ms);
          await setTimeout(Math.max(0, pauseMs - ms));
        }
      }
    }),
  );
  return times;
}

export function p95(times: readonly number[]): number {
  return percentile(times, 0.95);
}

// --- internal ---

function toArguments(name: Action, round: number, taskId: unknown): object {
  switch (name) {
    case 'create_task':
      return { title: `Task ${round}`, priority: 'high', due: '2036-03-29' };
    case 'list_tasks':
      return { status: ['pending'], sort: 'due', limit: 20 };
    case 'update_task_status':
      return { task_id: taskId, status: 'completed' };
  }
}

/** @returns the id of the task that it is about */
async function call(url: string, token: string, name: string, args: object): Promise<unknown> {
  const { status, body } = await postModern(
    url,
    'tools/call',
    { name, arguments: args },
    { authorization: `Bearer ${token}` },
  );
  const result = body.result as ToolResult | undefined;
  if (status !== 200 || result === undefined || result.isError === true) {
    throw new Error(`${name} was answered with ${status}: ${JSON.stringify(body)}`);
  }
  return result.structuredContent?.taskId;
}

interface ToolResult {
  readonly isError?: boolean;
  readonly structuredContent?: { readonly taskId?: string };
}
