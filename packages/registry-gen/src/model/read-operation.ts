/** One operation of any version → `Operation`. What the versions write differently is in the two readers. */
import type { SecurityScheme } from '@oatty/types';
import type { Document } from './document.ts';
import { isJsonObject, listOf, memberOf, textOf } from './json-value.ts';
import type { OperationSource } from './list-operations.ts';
import type { Operation, OperationResponse } from './operation.ts';
import { readOpenApiInputs, readOpenApiContent } from './read-openapi.ts';
import { readSecurity } from './read-security.ts';
import { readOwnServers } from './read-servers.ts';
import { readSwaggerContent, readSwaggerInputs } from './read-swagger.ts';

export function readOperation(
  document: Document,
  schemes: Readonly<Record<string, SecurityScheme>>,
  source: OperationSource,
): Operation {
  const { label, method, path, pathItem, operation } = source;
  const ownServers = operation['servers'] ?? pathItem['servers'];
  const servers = ownServers === undefined ? [] : readOwnServers(document, ownServers, label);
  const security = readSecurity(document, schemes, operation['security'], label);
  const operationId = textOf(operation['operationId']);
  const summary = textOf(operation['summary']);
  const description = textOf(operation['description']);
  const inputs =
    document.version === '2.0' ? readSwaggerInputs(document, source) : readOpenApiInputs(document, source);
  return {
    label,
    method,
    path,
    ...inputs,
    ...(operationId !== undefined && { operationId }),
    ...(summary !== undefined && { summary }),
    ...(description !== undefined && { description }),
    tags: listOf(operation['tags']).filter((tag) => typeof tag === 'string'),
    deprecated: operation['deprecated'] === true,
    responses: readResponses(document, source),
    ...(servers.length > 0 && { servers }),
    ...(security && { security }),
  };
}

// --- internal ---

function readResponses(document: Document, source: OperationSource): OperationResponse[] {
  const responses = document.follow(source.operation['responses'], source.label) ?? {};
  const statuses = Object.keys(responses);
  const successful = statuses.filter((status) => /^2(?:\d\d|xx)$/i.test(status)).sort(byTelling);
  const chosen = successful.length > 0 ? successful : statuses.filter((status) => status === 'default');
  return chosen.map((status) => readResponse(document, source, status, responses[status]));
}

/** 200, 201, 202, 204, then ranges and the rest. */
function byTelling(a: string, b: string): number {
  const order = ['200', '201', '202', '204'];
  const rank = (status: string) => (order.includes(status) ? order.indexOf(status) : order.length);
  return rank(a) - rank(b) || Number(b.toUpperCase() === '2XX') - Number(a.toUpperCase() === '2XX');
}

function readResponse(
  document: Document,
  source: OperationSource,
  status: string,
  value: unknown,
): OperationResponse {
  const response = document.follow(value, source.label);
  const content =
    document.version === '2.0'
      ? readSwaggerContent(document, source, response)
      : readOpenApiContent(document, source, memberOf(response, 'content'));
  const headers = memberOf(response, 'headers');
  return {
    status,
    content,
    headers: isJsonObject(headers) ? Object.keys(headers).map((name) => name.toLowerCase()) : [],
  };
}
