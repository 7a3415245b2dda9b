/** What an integration can do: the shape that e-mail, webhooks and the others have. */
import type { HandlerContext, TimeZone } from '@oatty/types';
import type * as z from 'zod';
import type { TasksPorts } from '../ports.ts';
import type { Task } from '../task.ts';

/** What came of it, for people. */
export interface Made {
  readonly links: readonly { readonly title: string; readonly url: string }[];
  readonly details: Readonly<Record<string, unknown>>;
}

export interface ActionCall {
  /** The same on every attempt, and of nobody else: 32 hexadecimal digits. */
  readonly key: string;
  /** When it was first asked for. */
  readonly askedAt: Date;
  readonly context: HandlerContext;
}

export interface Action {
  readonly summary: string;
  readonly data: z.ZodObject;
  /** The other side recognises the key, so that nothing is doubled when it is done again. */
  readonly isRepeatable: boolean;
  /** It makes something that a task has one of; a message is no such thing. */
  readonly isOncePerTask: boolean;
  /** Data that is taken from a task where the caller says nothing else. */
  readonly fromTask: (task: Task, zone: TimeZone) => Readonly<Record<string, unknown>>;
  /**
   * One attempt.
   *
   * @param data - parsed by the schema
   * @throws {OattyError} `OUTCOME_UNKNOWN` when nobody knows whether it was done; with any other code it was not
   */
  readonly carryOut: (data: unknown, call: ActionCall) => Promise<Made>;
}

/** Keeps the types of schema and function together. */
export function defineAction<Data extends z.ZodObject>(
  action: Omit<Action, 'data' | 'carryOut'> & {
    readonly data: Data;
    readonly carryOut: (data: z.infer<Data>, call: ActionCall) => Promise<Made>;
  },
): Action {
  // Whoever calls has parsed the data with this very schema.
  return { ...action, carryOut: (data, call) => action.carryOut(data as z.infer<Data>, call) };
}

/** An integration that is set up. */
export interface OpenIntegration {
  readonly title: string;
  readonly actions: Readonly<Record<string, Action>>;
  /** @throws {OattyError} what keeps it from being used now */
  check(): Promise<void>;
}

/** A kind of integration that users set up. */
export interface IntegrationKind {
  readonly settings: z.ZodObject;
  /** @param settings - parsed by the schema */
  readonly open: (settings: unknown, ports: TasksPorts) => OpenIntegration;
}

/** Keeps the types of schema and function together. */
export function defineKind<Settings extends z.ZodObject>(kind: {
  readonly settings: Settings;
  readonly open: (settings: z.infer<Settings>, ports: TasksPorts) => OpenIntegration;
}): IntegrationKind {
  // Whoever opens has parsed the settings with this very schema.
  return { ...kind, open: (settings, ports) => kind.open(settings as z.infer<Settings>, ports) };
}
