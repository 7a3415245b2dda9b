/**
 * Compares a description with the official schema of its version, for authors who ask what is wrong with theirs.
 *
 * This is what swagger-parser is here for. It is asked about the document as it is: resolving is switched off
 * (`load/` has done it, within limits) and so is dereferencing, which never ends on some documents. It takes several
 * times as long as an import, so importing does not wait for it. OpenAPI 3.2, which it does not know, gives nothing.
 */
import type SwaggerParser from '@apidevtools/swagger-parser';
import { toCheckable } from './checkable-document.ts';
import type { LoadedDescription } from './load/load-description.ts';
import { identifyDocument } from './model/identify-document.ts';
import { isJsonObject, memberOf } from './model/json-value.ts';
import { compareText } from './model/list-operations.ts';

/** @returns at most twenty warnings, each naming the operation or the part of the document; empty when all is well */
export async function checkSpecification(loaded: LoadedDescription): Promise<string[]> {
  const { document: root } = loaded;
  const identity = identifyDocument(root);
  if (identity.kind === 'unknown' || identity.version === '3.2' || !isJsonObject(root)) return [];
  const { document, departures } = toCheckable(root, identity.version, loaded);
  const { default: Checker } = await import('@apidevtools/swagger-parser');
  const checker: SpecificationChecker = new Checker();
  try {
    // A name, so that it knows no place to read from.
    await checker.validate('description', document, {
      resolve: { external: false },
      dereference: { circular: 'ignore', excludedPathMatcher: () => true },
      validate: { schema: true, spec: false },
    });
    return [...departures];
  } catch (failure) {
    return [...departures, ...toWarnings(failure)].slice(0, maxWarnings);
  }
}

// --- internal ---

/** What is used of swagger-parser. It asks for a description by its types, and this is to find out whether there is one. */
interface SpecificationChecker {
  validate(name: string, document: object, options: SwaggerParser.Options): Promise<unknown>;
}

/** What AJV says about one place. */
interface Complaint {
  readonly keyword: string;
  readonly instancePath: string;
  readonly message: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

const maxWarnings = 20;

/** Every mistake in a component is there once for each alternative that was tried. */
const maxComplaints = 500;

function toWarnings(failure: unknown): string[] {
  const details = memberOf(failure, 'details');
  if (!Array.isArray(details)) {
    const message = failure instanceof Error ? failure.message : 'it cannot be checked';
    return [`document: ${message.slice(0, 200)}`];
  }
  const complaints = (details as Complaint[]).filter(saysSomething).slice(0, maxComplaints);
  const deepest = complaints.filter(
    ({ instancePath }) => !complaints.some((other) => other.instancePath.startsWith(`${instancePath}/`)),
  );
  const lines = deepest.map((complaint) => `${describe(complaint.instancePath)} ${wordsOf(complaint)}.`);
  return [...new Set(lines)].sort(compareText);
}

/** Alternatives that did not fit are consequences; "or it could have been a reference" is noise. */
function saysSomething({ keyword, message }: Complaint): boolean {
  return !['oneOf', 'anyOf', 'if', 'dependentSchemas'].includes(keyword) && !message.includes("'$ref'");
}

/** AJV keeps the name of a property that should not be there to itself. */
function wordsOf({ message, params = {} }: Complaint): string {
  const name = params['additionalProperty'] ?? params['unevaluatedProperty'];
  return typeof name === 'string' ? `must not have the property "${name}"` : message;
}

/** `/paths/~1orders/get/responses` → `GET /orders: "responses"` */
function describe(instancePath: string): string {
  const segments = instancePath
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
  const [first, path, method, ...inside] = segments;
  if (first === 'paths' && path !== undefined && method !== undefined) {
    return inside.length === 0
      ? `${method.toUpperCase()} ${path}: it`
      : `${method.toUpperCase()} ${path}: "${inside.join('.')}"`;
  }
  return segments.length === 0 ? 'document: it' : `document: "${segments.join('.')}"`;
}
