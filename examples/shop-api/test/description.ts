/** The parts of the description that the tests compare the server with. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

export interface Operation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly pointer: string;
  readonly statuses: readonly string[];
  readonly isAnonymous: boolean;
}

type Json = Readonly<Record<string, unknown>>;

const document = parse(readFileSync(new URL('../openapi.yaml', import.meta.url), 'utf8')) as Json;

const ajv = new Ajv2020({
  strict: false,
  allErrors: true,
  formats: { email: /^\S+@\S+$/, 'uri-reference': /^\S*$/ },
});
ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
ajv.addSchema(document, 'shop');

const methods = ['get', 'post', 'put', 'patch', 'delete'];

export function listOperations(): Operation[] {
  return Object.entries(at('#/paths')).flatMap(([path, item]) =>
    Object.entries(item as Json)
      .filter(([method]) => methods.includes(method))
      .map(([method, operation]) => toOperation(path, method, operation as Json)),
  );
}

/** @returns what the answer has that the description does not say, or lacks */
export async function findDifferences(operation: Operation, response: Response): Promise<string[]> {
  const pointer = resolve(`${operation.pointer}/responses/${response.status}`);
  const described = at(pointer);
  const mediaTypes = Object.keys(described['content'] ?? {});
  const mediaType = response.headers.get('content-type');
  const body = await response.arrayBuffer();
  const differences = findMissingHeaders(pointer, response.headers);
  if (mediaTypes.length === 0)
    return body.byteLength === 0 ? differences : [...differences, 'has a body, where none is described'];
  if (mediaType === null || !mediaTypes.includes(mediaType))
    return [...differences, `comes as ${mediaType}, not as ${mediaTypes.join(', ')}`];
  const schema = `${pointer}/content/${escape(mediaType)}/schema`;
  if (at(`${pointer}/content/${escape(mediaType)}`)['schema'] === undefined) return differences;
  return [...differences, ...findViolations(schema, JSON.parse(Buffer.from(body).toString()) as unknown)];
}

/** Examples that do not fit the schema beside them, each with its place. */
export function findWrongExamples(node: unknown = document, pointer = '#'): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { schema, example, examples } = node as Json;
  const named = Object.values((Array.isArray(examples) ? {} : (examples ?? {})) as Json);
  const values = [example, ...named.map((entry) => (entry as Json)['value'])];
  const given = schema === undefined ? [] : values.filter((value) => value !== undefined);
  const wrong = given.flatMap((value) => findViolations(`${pointer}/schema`, value));
  const below = Object.entries(node).filter(([key]) => key !== 'example' && key !== 'examples');
  return [
    ...wrong.map((text) => `${pointer}: ${text}`),
    ...below.flatMap(([key, value]) => findWrongExamples(value, `${pointer}/${escape(key)}`)),
  ];
}

// --- internal ---

function toOperation(path: string, method: string, operation: Json): Operation {
  return {
    operationId: String(operation['operationId']),
    method: method.toUpperCase(),
    path,
    pointer: `#/paths/${escape(path)}/${method}`,
    statuses: Object.keys(operation['responses'] as Json).filter((status) => status !== 'default'),
    isAnonymous: Array.isArray(operation['security']) && operation['security'].length === 0,
  };
}

function findMissingHeaders(pointer: string, headers: Headers): string[] {
  return Object.keys((at(pointer)['headers'] ?? {}) as Json).flatMap((name) => {
    const header = resolve(`${pointer}/headers/${name}`);
    const value = headers.get(name);
    if (value === null) return at(header)['required'] === true ? [`lacks the header ${name}`] : [];
    const isInteger = (at(header)['schema'] as Json)['type'] === 'integer';
    return findViolations(`${header}/schema`, isInteger ? Number(value) : value);
  });
}

function findViolations(pointer: string, value: unknown): string[] {
  const fragment = pointer.split('/').map(encodeURIComponent).join('/').replace('%23', '#');
  const validate = ajv.compile({ $ref: `shop${fragment}` });
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

/** Follows a reference at this place, if there is one. */
function resolve(pointer: string): string {
  const reference = at(pointer)['$ref'];
  return typeof reference === 'string' ? reference : pointer;
}

function at(pointer: string): Json {
  let node: unknown = document;
  for (const segment of pointer.split('/').slice(1)) {
    const key = segment.replaceAll('~1', '/').replaceAll('~0', '~');
    node = (node as Json)[key];
    if (node === undefined) throw new Error(`The description has nothing at ${pointer}.`);
  }
  return node as Json;
}

function escape(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
