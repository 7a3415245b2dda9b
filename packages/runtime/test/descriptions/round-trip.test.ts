/**
 * Public descriptions, each with a server made of it: every command is called, and what arrives is compared with what
 * the description says, not with what the import made of it. `OATTY_CORPUS` names a folder with more descriptions
 * (`facts.json` counts their operations): too many calls for the suite.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OattyError } from '@oatty/types';
import type { Command, CommandParameter, CommandResult } from '@oatty/types';
import { describe, expect, it } from 'vitest';
import type { Oatty } from '../../src/index.ts';
import { openOatty } from '../open-oatty.ts';
import { readDescribedApi } from './described-api.ts';
import type { DescribedOperation } from './described-api.ts';
import { anExampleServer, toBytes } from './example-server.ts';
import type { Arrived } from './example-server.ts';
import { readBody, toValues } from './read-body.ts';
import { sampleCall } from './sample-arguments.ts';
import type { SampleCall } from './sample-arguments.ts';

const fixtures = fileURLToPath(new URL('fixtures', import.meta.url));
const corpus = process.env['OATTY_CORPUS'];

const descriptions: readonly (readonly [file: string, folder: string, operations: number])[] = [
  ['petstore-2.0.json', fixtures, 4],
  ['petstore-3.0.yaml', fixtures, 19],
  ['museum-3.1.yaml', fixtures, 8],
  ['cafe-3.2.yaml', fixtures, 12],
  ['multifile-cafe/openapi/openapi.yaml', fixtures, 12],
  ...(corpus === undefined ? [] : readCorpus(corpus)),
];

function readCorpus(folder: string): [file: string, folder: string, operations: number][] {
  const facts = JSON.parse(readFileSync(join(folder, 'facts.json'), 'utf8')) as Record<
    string,
    { readonly operations: number }
  >;
  const described = Object.entries(facts).filter(([, { operations }]) => operations > 0);
  return described.map(([file, { operations }]) => [file, folder, operations]);
}

describe.each(descriptions)('%s', (file, folder, count) => {
  it(
    'arrives as described, command by command, and its examples come back',
    { timeout: 600_000 },
    async () => {
      const source = join(folder, file);
      const api = await readDescribedApi(source);
      const server = await anExampleServer(api);
      const oatty = await openOatty();
      const { catalog_id } = await oatty.catalogs.importOpenapi({
        source,
        vendor: 'api',
        baseUrl: server.baseUrl,
      });
      await setCredentials(oatty, catalog_id);
      const { commands, schemas } = await oatty.catalogs.show(catalog_id);
      const flaws: unknown[] = [];
      for (const command of commands) {
        const call = sampleCall(command, schemas);
        const result = await callUnlessRefused(oatty, command, call);
        const flaw = result && (await compare({ command, call, result, arrived: server.arrived.at(-1) }));
        if (flaw !== undefined) flaws.push(flaw);
      }
      expect(flaws).toEqual([]);
      expect(api.operations).toHaveLength(count);
      const called = new Set(server.arrived.map(({ operation }) => operation)).size;
      expect(called).toBeGreaterThanOrEqual(folder === fixtures ? count : count * 0.9);
    },
  );
});

/** `undefined` where the made-up arguments are refused, or the operation has a server of its own. */
async function callUnlessRefused(
  oatty: Oatty,
  { id }: Command,
  call: SampleCall,
): Promise<CommandResult | undefined> {
  try {
    return await oatty.commands.run(id, { ...call, confirmed: true });
  } catch (thrown) {
    const { code } = OattyError.from(thrown);
    if (code === 'ARGUMENT_INVALID' || code === 'NETWORK_ERROR') return undefined;
    throw thrown;
  }
}

async function setCredentials(oatty: Oatty, catalogId: string): Promise<void> {
  const { security_schemes } = await oatty.catalogs.show(catalogId);
  for (const [name, scheme] of Object.entries(security_schemes)) {
    const isBasic = (scheme as { readonly kind: string }).kind === 'basic';
    const value = '${env:SHOP_KEY}';
    await oatty.catalogs.setAuth(
      catalogId,
      name,
      isBasic ? { username: 'user', password: value } : { value },
    );
  }
}

interface Trip {
  readonly command: Command;
  readonly call: SampleCall;
  readonly result: CommandResult;
  readonly arrived: Arrived | undefined;
}

/** Bodies with styles, and objects within parameters, are compared byte for byte in the tests of `@oatty/api`. */
function isComparable({ command, call }: Trip): boolean {
  const { body, execution, parameters } = command;
  const isTwin = execution.kind === 'http' && execution.path.includes('#'); // a server sees no fragment
  const isStyled = body?.encoding !== undefined;
  const isNested = parameters.some(
    ({ name, in: place }) => place !== 'body' && typeof [call.with[name]].flat()[0] === 'object',
  );
  return !isTwin && !isStyled && !isNested;
}

/** `undefined` where everything is as it should be. */
async function compare(trip: Trip): Promise<unknown> {
  const { command, call, arrived, result } = trip;
  const operation = arrived?.operation;
  if (!isComparable(trip)) return undefined;
  if (arrived === undefined || operation === undefined)
    return { command: command.id, arrived: arrived?.method };
  const wanted = {
    parameters: wantedParameters(trip, operation),
    body: wantedBody(trip, operation, arrived),
    credentials: operation.security.length > 0,
    answer: wantedAnswer(arrived),
  };
  const found = {
    parameters: foundParameters(operation, arrived),
    body: await readBody(arrived),
    credentials: hasCredentials(arrived),
    answer: { status: result.status, body: withoutFileName(result.body) },
  };
  if (JSON.stringify(found) === JSON.stringify(wanted)) return undefined;
  return { command: command.id, call, url: arrived.path, wanted, found };
}

/** What the test gave for each parameter of the description, as text. */
function wantedParameters({ command, call }: Trip, { parameters }: DescribedOperation) {
  return parameters.filter(isPlain).map((described) => {
    const parameter = command.parameters.find((one) => isFor(one, described));
    const value = parameter === undefined ? undefined : call.with[parameter.name];
    return [described['name'], [value].flat().map(toText).join()];
  });
}

function isFor(
  { name, wire_name = name, in: place }: CommandParameter,
  described: Readonly<Record<string, unknown>>,
) {
  return place === described['in'] && wire_name === described['name'];
}

/** Styles are compared byte for byte in the tests of `@oatty/api`. */
function isPlain({ style, content, in: place, name }: Readonly<Record<string, unknown>>): boolean {
  const isReserved = place === 'header' && /^(?:accept|content-type|authorization)$/i.test(String(name));
  return style === undefined && content === undefined && place !== 'cookie' && !isReserved;
}

function foundParameters({ parameters }: DescribedOperation, { path, query, headers }: Arrived) {
  return parameters.filter(isPlain).map((described) => {
    const name = String(described['name']);
    switch (described['in']) {
      case 'path':
        return [name, path[name]];
      case 'query':
        return [name, query.getAll(name).join()];
      default:
        return [name, String(headers[name.toLowerCase()])];
    }
  });
}

function wantedBody({ command, call }: Trip, { consumes }: DescribedOperation, arrived: Arrived): unknown {
  const type = arrived.headers['content-type']?.split(';')[0];
  if (command.body === undefined) return undefined;
  if (!consumes.includes(type ?? '')) return { type, consumes };
  const properties = command.parameters
    .filter(({ in: place }) => place === 'body')
    .map(({ name, wire_name = name }): [string, unknown] => [wire_name, call.with[name]]);
  if (/json/.test(type ?? '')) return call.body ?? Object.fromEntries(properties);
  if (call.body !== undefined) return toText(call.body);
  const pairs = properties.flatMap(([name, value]) =>
    [value].flat().map((item): [string, string] => [name, toText(item)]),
  );
  return toValues(pairs);
}

/** What is neither JSON nor text comes as a file, whose name is nobody's business here. */
function wantedAnswer({ answered: { status, mediaType, value } }: Arrived) {
  if (mediaType === undefined) return { status, body: null };
  if (/json|text|xml/.test(mediaType)) return { status, body: value };
  return { status, body: { media_type: mediaType, bytes: Buffer.byteLength(toBytes(mediaType, value)) } };
}

function withoutFileName(body: unknown): unknown {
  const isFile = typeof body === 'object' && body !== null && 'file' in body && 'media_type' in body;
  if (!isFile) return body;
  const { file, ...rest } = body;
  return rest;
}

/** Text that the test's server got back from base64, too. */
function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return String(value);
  return 'base64' in value ? String(value.base64) : JSON.stringify(value);
}

function hasCredentials({ headers, query }: Arrived): boolean {
  const values = [...Object.values(headers).flat(), ...query.values()];
  return values.some((value) => value !== undefined && /shop-test-key|^Basic /.test(value));
}
