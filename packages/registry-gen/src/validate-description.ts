/**
 * Whether a document can be imported, and if not, what it is and what is missing.
 *
 * The minimum is a supported version, an object of paths and one operation. Everything else that is wrong is a
 * warning: real descriptions are seldom perfect, and a catalog with one odd command is better than none.
 */
import type { Violation } from '@oatty/types';
import type { LoadedDescription } from './load/load-description.ts';
import { Document } from './model/document.ts';
import { identifyDocument } from './model/identify-document.ts';
import { isJsonObject, memberOf, textOf } from './model/json-value.ts';
import { listOperations, type OperationSource } from './model/list-operations.ts';
import { Warnings } from './model/warnings.ts';

export interface DescriptionReport {
  readonly valid: boolean;
  readonly document_kind: 'openapi_2' | 'openapi_3' | 'unknown';
  readonly operation_count: number;
  readonly warnings: readonly string[];
  readonly violations: readonly Violation[];
}

export function validateDescription(loaded: LoadedDescription): DescriptionReport {
  return inspectDescription(loaded).report;
}

/** The report, and for a description what it was made from. */
export interface Inspection {
  readonly report: DescriptionReport;
  readonly description?: {
    readonly document: Document;
    readonly operations: readonly OperationSource[];
    /** `openapi 3.1.0` */
    readonly declared: string;
  };
}

export function inspectDescription(loaded: LoadedDescription): Inspection {
  const identity = identifyDocument(loaded.document);
  if (identity.kind === 'unknown' || !isJsonObject(loaded.document)) {
    const what = identity.kind === 'unknown' ? identity.what : 'no object';
    return { report: toReport('unknown', [notADescription(what)], loaded.warnings) };
  }
  const document = new Document(loaded.document, identity.version, loaded.location, new Warnings());
  const operations = listOperations(document);
  const violations = pathViolations(loaded.document['paths'], operations.length);
  warnAboutNames(document, operations);
  const warnings = [...loaded.warnings, ...document.warnings.toList()];
  const report = toReport(identity.kind, violations, warnings, operations.length);
  return { report, description: { document, operations, declared: identity.declared } };
}

// --- internal ---

function toReport(
  document_kind: DescriptionReport['document_kind'],
  violations: readonly Violation[],
  warnings: readonly string[],
  operation_count = 0,
): DescriptionReport {
  return { valid: violations.length === 0, document_kind, operation_count, warnings, violations };
}

function notADescription(what: string): Violation {
  return {
    path: '$',
    rule: 'openapi_version',
    message: `This is ${what}, not an OpenAPI description of a supported version.`,
    expected: 'openapi 3.0, 3.1 or 3.2, or swagger 2.0',
  };
}

function pathViolations(paths: unknown, operationCount: number): Violation[] {
  if (paths === undefined || paths === null) {
    return [{ path: '$.paths', rule: 'paths_required', message: 'The description has no "paths".' }];
  }
  if (!isJsonObject(paths)) {
    return [
      { path: '$.paths', rule: 'paths_type', message: '"paths" is not an object.', expected: 'object' },
    ];
  }
  if (operationCount > 0) return [];
  return [{ path: '$.paths', rule: 'operations_presence', message: 'The description has no operation.' }];
}

function warnAboutNames(document: Document, operations: readonly OperationSource[]): void {
  const { root, warnings } = document;
  if (textOf(memberOf(root['info'], 'title')) === undefined)
    warnings.add('info', 'the description has no title.');
  if (root['webhooks'] !== undefined) warnings.add('webhooks', 'calls of the API to others are no commands.');
  const seen = new Map<string, string>();
  for (const { label, operation } of operations) {
    const id = textOf(operation['operationId']);
    if (id === undefined) continue;
    const first = seen.get(id);
    if (first !== undefined) warnings.add(label, `has the same operationId as ${first}: "${id}".`);
    else seen.set(id, label);
  }
}
