/** What a document is: a description we import, or something else that has a name. */
import { isJsonObject, memberOf, textOf } from './json-value.ts';

export type SpecificationVersion = '2.0' | '3.0' | '3.1' | '3.2';

export type DocumentIdentity =
  | {
      readonly kind: 'openapi_2' | 'openapi_3';
      readonly version: SpecificationVersion;
      readonly declared: string;
    }
  /** `what` completes the sentence "This is …". */
  | { readonly kind: 'unknown'; readonly what: string };

export function identifyDocument(document: unknown): DocumentIdentity {
  if (Array.isArray(document)) return { kind: 'unknown', what: 'a list' };
  if (!isJsonObject(document)) return { kind: 'unknown', what: 'a single value' };
  const openapi = textOf(document['openapi']);
  if (openapi !== undefined) return identifyOpenApi(openapi);
  const swagger = textOf(document['swagger']);
  if (swagger !== undefined) return identifySwagger(swagger);
  const other = otherKinds.find(({ isIt }) => isIt(document));
  return { kind: 'unknown', what: other?.what ?? 'an object without the field "openapi" or "swagger"' };
}

// --- internal ---

function identifyOpenApi(declared: string): DocumentIdentity {
  // `openapi: 3.0` without quotes is the number 3 to a YAML parser.
  const minor = /^3(?:\.(\d+)(?:\.\w[\w.+-]*)?)?$/.exec(declared);
  const version = minor && (`3.${minor[1] ?? '0'}` as SpecificationVersion);
  if (version && supported.has(version))
    return { kind: 'openapi_3', version, declared: `openapi ${declared}` };
  return { kind: 'unknown', what: `OpenAPI ${toShownVersion(declared)}` };
}

function identifySwagger(declared: string): DocumentIdentity {
  if (declared === '2' || declared.startsWith('2.')) {
    return { kind: 'openapi_2', version: '2.0', declared: 'swagger 2.0' };
  }
  return { kind: 'unknown', what: `Swagger ${toShownVersion(declared)}` };
}

/** The file may be any; what does not look like a version is not shown. */
function toShownVersion(declared: string): string {
  return /^v?\d[\d.]{0,19}$/.test(declared) ? declared : 'of an unknown version';
}

const supported = new Set<string>(['3.0', '3.1', '3.2'] satisfies SpecificationVersion[]);

const otherKinds: { what: string; isIt: (document: object) => boolean }[] = [
  { what: 'an Arazzo workflow document', isIt: (document) => 'arazzo' in document },
  { what: 'an AsyncAPI document', isIt: (document) => 'asyncapi' in document },
  { what: 'an OpenAPI Overlay', isIt: (document) => 'overlay' in document },
  { what: 'a Swagger 1.x document', isIt: (document) => 'swaggerVersion' in document },
  {
    what: 'a Postman collection',
    isIt: (document) => {
      const info = memberOf(document, 'info');
      const schema = textOf(memberOf(info, 'schema')) ?? '';
      return memberOf(info, '_postman_id') !== undefined || schema.includes('getpostman.com');
    },
  },
  { what: 'an Insomnia export', isIt: (document) => '__export_format' in document },
  { what: 'a Google API discovery document', isIt: (document) => 'discoveryVersion' in document },
  {
    what: 'a HAR recording',
    isIt: (document) => memberOf(memberOf(document, 'log'), 'entries') !== undefined,
  },
  {
    what: 'a GraphQL schema',
    isIt: (document) =>
      '__schema' in document || memberOf(memberOf(document, 'data'), '__schema') !== undefined,
  },
  { what: 'an oatty workflow', isIt: (document) => 'workflow' in document && 'steps' in document },
  { what: 'a JSON Schema', isIt: (document) => '$schema' in document },
];
