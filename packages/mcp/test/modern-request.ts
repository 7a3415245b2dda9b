/** One request of revision 2026-07-28 over HTTP, as it goes over the wire. */

export const revisionKey = 'io.modelcontextprotocol/protocolVersion';

export const tasksExtension = 'io.modelcontextprotocol/tasks';

/** A client with forms, and nothing else. */
export const modernEnvelope = {
  [revisionKey]: '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': { elicitation: {} },
};

export interface RpcAnswer {
  readonly id?: unknown;
  readonly result?: {
    readonly inputRequests?: object;
    readonly requestState?: string;
    readonly taskId?: string;
    readonly status?: string;
  };
  readonly error?: object;
}

export async function postModern(
  url: string,
  method: string,
  params: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string | undefined>> = {},
): Promise<{ status: number; body: RpcAnswer }> {
  const name = params['name'] ?? params['taskId'];
  const all = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    'mcp-protocol-version': '2026-07-28',
    'mcp-method': method,
    ...(typeof name === 'string' && { 'mcp-name': name }),
    ...headers,
  };
  const sent = Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const response = await fetch(url, {
    method: 'POST',
    headers: sent,
    body: JSON.stringify({ jsonrpc: '2.0', id: 7, method, params: { _meta: modernEnvelope, ...params } }),
  });
  return { status: response.status, body: (await response.json()) as RpcAnswer };
}
