/**
 * Commands and what answers them, in memory.
 *
 * `createFakeApi({ 'shop orders:get': (call) => ({ id: call.arguments.with.id }) })` is a catalog with one safe
 * command; a route names what else a test needs.
 */
import { OattyError } from '@oatty/types';
import type { Command, CommandResult, HttpMethod, SchemaTable } from '@oatty/types';
import type { CommandCall, CommandExecutors } from '../ports/command-executor.ts';
import type { CatalogSummary, CommandSource, FoundCommand } from '../ports/command-source.ts';
import { aCommand } from './builders.ts';

/** Gives the body of the answer, or throws. `nth` counts the calls of this command from 1. */
export type Answer = (call: CommandCall, nth: number) => unknown;

export interface FakeRoute {
  readonly answer: Answer;
  /** Default GET. */
  readonly method?: HttpMethod;
  /** What comes with the body; default 200, without headers. */
  readonly response?: (call: CommandCall, nth: number) => Partial<Omit<CommandResult, 'body'>>;
  readonly command?: Partial<Command>;
  readonly catalog?: Partial<CatalogSummary>;
  readonly schemas?: SchemaTable;
}

export interface FakeApi {
  readonly commands: CommandSource;
  readonly executors: CommandExecutors;
  /** Every call that was made, in order. */
  readonly calls: readonly CommandCall[];
  /** How often a command was called. */
  countOf(commandId: string): number;
}

export function createFakeApi(routes: Readonly<Record<string, Answer | FakeRoute>>): FakeApi {
  const table = new Map(Object.entries(routes).map(([id, route]) => [id, toRoute(route)] as const));
  const calls: CommandCall[] = [];
  const countOf = (commandId: string): number => {
    return calls.filter((call) => call.found.command.id === commandId).length;
  };

  const executor = {
    async execute(call: CommandCall) {
      const { id } = call.found.command;
      calls.push(call);
      const route = table.get(id);
      const body: unknown = await route?.answer(call, countOf(id));
      return { status: 200, headers: {}, ...route?.response?.(call, countOf(id)), body };
    },
  };

  return {
    commands: {
      find: (id) => toFound(id, table.get(id)),
      nearest: (id, limit) => [...table.keys()].filter((known) => known[0] === id[0]).slice(0, limit),
      catalogs: () => [aCatalogSummary()],
    },
    executors: { http: executor, module: executor, workflow: executor, approval: executor },
    calls,
    countOf,
  };
}

/** What the HTTP executor throws for a status of 400 or more. */
export function httpError(status: number, context: Readonly<Record<string, unknown>> = {}): OattyError {
  return new OattyError('HTTP_ERROR', `GET / answered ${status}`, {
    retryable: status === 429 || status >= 500,
    context: { status, ...context },
    responsePayload: { status, headers: {}, body: { error: `status ${status}` } },
  });
}

export function networkError(kind = 'refused'): OattyError {
  return new OattyError('NETWORK_ERROR', 'api.test refuses the connection.', { context: { kind } });
}

export function aCatalogSummary(parts: Partial<CatalogSummary> = {}): CatalogSummary {
  return {
    id: 'shop-api',
    title: 'Shop API',
    vendor: 'shop',
    enabled: true,
    secrets: [],
    idempotency: { header: 'Idempotency-Key', honoured: false },
    ...parts,
  };
}

// --- internal ---

function toRoute(route: Answer | FakeRoute): FakeRoute {
  return typeof route === 'function' ? { answer: route } : route;
}

function toFound(id: string, route: FakeRoute | undefined): FoundCommand | undefined {
  if (route === undefined) return undefined;
  const { method = 'GET', command, catalog, schemas = {} } = route;
  return { command: aCommand(id, method, command), catalog: aCatalogSummary(catalog), schemas };
}
