/**
 * The one place where a command and its arguments become an HTTP request. Pure: nothing is read, sent or looked up.
 *
 * `execute-http-command.ts` sends the plan, `preview-request.ts` shows it.
 */
import type { CatalogEntry, Command, HttpExecution, HttpMethod, SchemaTable } from '@oatty/types';
import { OattyError } from '@oatty/types';
import type { GivenArguments, GivenParameter } from '../arguments/read-arguments.ts';
import type { PlacedCredentials } from '../auth/place-credentials.ts';
import { resolveBaseUrl } from './base-url.ts';
import type { BaseUrl } from './base-url.ts';
import { fillPath } from './fill-path.ts';
import { pathTemplateOf } from './path-template.ts';
import type { PathTemplate } from './path-template.ts';
import { planBody } from './plan-body.ts';
import type { BodyPlan } from './plan-body.ts';
import { percentEncode } from './percent-encode.ts';
import { buildHeaders } from './request-headers.ts';
import { serializeQuery } from './serialize-parameter.ts';
import type { Pair } from './serialize-style.ts';

export interface RequestPlan {
  readonly method: HttpMethod;
  readonly url: URL;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: BodyPlan | undefined;
}

export interface RequestSources {
  readonly command: Command;
  readonly entry: CatalogEntry;
  readonly schemas: SchemaTable;
  readonly given: GivenArguments;
  readonly credentials: PlacedCredentials;
  readonly extraHeaders: Readonly<Record<string, string>>;
  readonly idempotencyKey: string | undefined;
}

/** @throws {OattyError} `ARGUMENT_INVALID` */
export function buildRequest(sources: RequestSources): RequestPlan {
  const { command, entry, given, credentials } = sources;
  const execution = toHttpExecution(command);
  const body = planBody(command, given, sources.schemas);
  const query = [...given.query.flatMap(serializeQuery), ...withoutGiven(credentials.query, given.query)];
  return {
    method: execution.method,
    url: buildUrl(resolveBaseUrl(entry, execution), pathTemplateOf(execution), given.path, query),
    headers: buildHeaders({ ...sources, execution, body }),
    body,
  };
}

/** @throws {OattyError} `INTERNAL`: commands of other kinds have their own executors. */
export function toHttpExecution(command: Command): HttpExecution {
  if (command.execution.kind === 'http') return command.execution;
  throw new OattyError('INTERNAL', `"${command.id}" is not an HTTP command.`);
}

// --- internal ---

/** A parameter that the caller gives stands above a credential of its name, as in headers. */
function withoutGiven(credentials: readonly Pair[], given: readonly GivenParameter[]): string[] {
  const names = new Set(given.map(({ wireName }) => percentEncode(wireName)));
  const byName = new Map(credentials.filter(([name]) => !names.has(name)));
  return [...byName].map((pair) => pair.join('='));
}

/** The query of the base URL comes first, then that of the path template, then the parameters. */
function buildUrl(
  base: BaseUrl,
  template: PathTemplate,
  path: readonly GivenParameter[],
  query: readonly string[],
): URL {
  const url = new URL(base.prefix + fillPath(template, path).replace(/^\/*/, '/'));
  const search = [base.query, template.query, ...query].filter((part) => part !== '').join('&');
  if (search !== '') url.search = search; // reads the whole URL anew
  return url;
}
