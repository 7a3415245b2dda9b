/** Builders with valid defaults: a test says only what matters to it. */
import type { CatalogEntry, Command, CommandParameter, HttpExecution } from '@oatty/types';
import type { HttpCall } from '../src/http-call.ts';

export type CommandChanges = Partial<Omit<Command, 'execution'>> & Partial<Omit<HttpExecution, 'kind'>>;

/** `GET /things` unless told otherwise. */
export function aCommand(changes: CommandChanges = {}): Command {
  const { method = 'GET', path = '/things', servers, security, accept, idempotency, ...command } = changes;
  return {
    id: 'shop things:list',
    summary: 'List things',
    effect: 'safe',
    parameters: [],
    ...command,
    execution: {
      kind: 'http',
      method,
      path,
      ...(servers && { servers }),
      ...(security && { security }),
      ...(accept && { accept }),
      ...(idempotency && { idempotency }),
    },
  };
}

export function aParameter(
  changes: Partial<CommandParameter> & Pick<CommandParameter, 'name' | 'in'>,
): CommandParameter {
  return { required: changes.in === 'path', schema: {}, ...changes };
}

function anEntry(changes: Partial<CatalogEntry> = {}): CatalogEntry {
  return {
    id: 'shop-api',
    title: 'Shop API',
    vendor: 'shop',
    description: '',
    kind: 'openapi',
    source: 'openapi.yaml',
    source_type: 'path',
    manifest: 'shop-api.json',
    base_urls: [],
    base_url: 'http://127.0.0.1:1',
    headers: {},
    auth: {},
    secrets: [],
    idempotency: { header: 'Idempotency-Key', honoured: false },
    enabled: true,
    manifest_sha256: '',
    command_count: 1,
    provider_contract_count: 0,
    ...changes,
  };
}

export type CallChanges = Partial<Omit<HttpCall, 'arguments' | 'entry'>> & {
  readonly entry?: Partial<CatalogEntry>;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  /** The base URL of the catalog. */
  readonly baseUrl?: string;
  /** What references resolve to, as `env:NAME` or `secret:NAME`. */
  readonly values?: Readonly<Record<string, string>>;
};

export function aCall(changes: CallChanges = {}): HttpCall {
  const { entry, with: given = {}, body, baseUrl, values = {}, ...call } = changes;
  return {
    command: aCommand(),
    securitySchemes: {},
    schemas: {},
    resolveReference: ({ kind, name }) => values[`${kind}:${name}`],
    ...call,
    entry: anEntry({ ...(baseUrl !== undefined && { base_url: baseUrl }), ...entry }),
    arguments: { with: given, ...(body !== undefined && { body }) },
  };
}
