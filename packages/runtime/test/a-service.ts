/** HTTP services on this machine that answer as the real ones do, as far as integrations use them. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface ServiceRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

export interface ServiceAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface Service {
  readonly url: string;
  readonly requests: readonly ServiceRequest[];
  /** What the next requests meet instead: another answer, or no answer and a closed connection. */
  troubles: (ServiceAnswer | 'cut')[];
}

/** @param answer - to a request; what it was asked before is in the requests */
export async function startService(
  answer: (request: ServiceRequest, service: Service) => ServiceAnswer,
): Promise<Service> {
  const requests: ServiceRequest[] = [];
  const server = createServer((incoming, response) => {
    void readRequest(incoming).then((request) => {
      requests.push(request);
      const trouble = service.troubles.shift();
      if (trouble === 'cut') incoming.socket.destroy();
      else send(response, trouble ?? answer(request, service));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo; // listens on TCP
  const service: Service = { url: `http://127.0.0.1:${port}`, requests, troubles: [] };
  return service;
}

/** Jira Cloud: makes an issue at each request that has a project, a type and a summary. */
export function startJira(): Promise<Service> {
  let issues = 0;
  return startService(({ method, path, headers, text }, { url }) => {
    if (headers.authorization !== `Basic ${Buffer.from('ada@acme.example:token').toString('base64')}`)
      return { status: 401, body: { errorMessages: ['Client must be authenticated.'], errors: {} } };
    if (method !== 'POST' || path !== '/rest/api/3/issue') return { status: 404, body: {} };
    const { fields } = JSON.parse(text) as { readonly fields: Readonly<Record<string, unknown>> };
    if (JSON.stringify(fields['project']) !== '{"key":"OPS"}')
      return { status: 400, body: { errorMessages: [], errors: { project: 'valid project is required' } } };
    issues += 1;
    const id = String(10_000 + issues);
    return { status: 201, body: { id, key: `OPS-${issues}`, self: `${url}/rest/api/3/issue/${id}` } };
  });
}

/** Slack: answers with 200, and says in the body whether it did. */
export function startSlack(): Promise<Service> {
  return startService(({ path, query, text, headers }) => {
    if (headers.authorization !== 'Bearer xoxb-1') return { body: { ok: false, error: 'invalid_auth' } };
    if (path === '/api/chat.getPermalink')
      return {
        body: { ok: true, permalink: `https://acme.slack.com/archives/C1/p${query.get('message_ts')}` },
      };
    const { channel } = JSON.parse(text) as { readonly channel: string };
    if (channel !== '#ops') return { body: { ok: false, error: 'channel_not_found' } };
    return { body: { ok: true, channel: 'C1', ts: '1503435956.000247', message: {} } };
  });
}

/** Google Calendar: an id makes one event. */
export function startCalendar(): Promise<Service> {
  const events = new Map<string, object>();
  return startService(({ method, path, text }) => {
    if (method === 'GET') return { body: events.get(path.split('/').at(-1) ?? '') };
    const { id } = JSON.parse(text) as { readonly id: string };
    if (events.has(id))
      return {
        status: 409,
        body: { error: { code: 409, message: 'The requested identifier already exists.' } },
      };
    const event = { id, status: 'confirmed', htmlLink: `https://www.google.com/calendar/event?eid=${id}` };
    events.set(id, event);
    return { body: event };
  });
}

// --- internal ---

async function readRequest(incoming: IncomingMessage): Promise<ServiceRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer); // no encoding is set
  const url = new URL(incoming.url ?? '/', 'http://localhost');
  return {
    method: incoming.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    text: Buffer.concat(chunks).toString(),
  };
}

function send(response: ServerResponse, { status = 200, headers = {}, body }: ServiceAnswer): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body === undefined ? '' : JSON.stringify(body));
}
