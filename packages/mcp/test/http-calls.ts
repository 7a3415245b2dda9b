/** Requests of a client that we write ourselves. */
import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';

export const aPing = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });

export const anInitialize = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
});

interface Refusal {
  readonly error: {
    readonly code: number;
    readonly data: { readonly error_code: string; readonly correlation_id: string };
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Refusal;
  readonly text: string;
  /** Of the session. */
  readonly id: string;
}

/** `fetch` sets Host by itself, so this goes through `node:http`. */
export function post(url: string, text: string, headers: Record<string, string> = {}): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const accept = 'application/json, text/event-stream';
  const sent = request(url, {
    method: 'POST',
    headers: { accept, 'content-type': 'application/json', ...headers },
  });
  sent.on('error', reject).on('response', (response) => {
    let answer = '';
    response.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
    response.on('end', () => {
      const body = answer.startsWith('{') ? JSON.parse(answer) : {};
      const { headers, statusCode = 0 } = response;
      resolve({ status: statusCode, headers, body, text: answer, id: String(headers['mcp-session-id']) });
    });
  });
  sent.end(text);
  return promise;
}

export async function initialize(url: string, headers: Record<string, string> = {}): Promise<string> {
  return (await post(url, anInitialize, headers)).id;
}

export function sessionOf(id: string): Record<string, string> {
  return { 'mcp-session-id': id };
}
