/** An API that counts what arrives, does it again each time, and has never heard of idempotency keys. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ForgetfulApi {
  readonly url: string;
  /** The idempotency keys of the charges to this name that have arrived, in order. */
  charges(name: string): readonly string[];
  [Symbol.asyncDispose](): Promise<void>;
}

/** What becomes of one charge: it is never answered, or refused for the moment. */
export type Fate = 'silence' | 'busy';

/** @param fates - of the first charges to a name; those after them are answered */
export async function startForgetfulApi(
  fates: Readonly<Record<string, readonly Fate[]>>,
): Promise<ForgetfulApi> {
  const arrived: { readonly name: string; readonly key: string }[] = [];
  const charges = (name: string) => arrived.filter((charge) => charge.name === name).map(({ key }) => key);
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { name } = JSON.parse(await text(request)) as { readonly name: string };
    arrived.push({ name, key: String(request.headers['idempotency-key']) });
    const count = charges(name).length;
    const fate = fates[name]?.[count - 1];
    if (fate === 'silence') return;
    response.writeHead(fate === 'busy' ? 503 : 201, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ number: count }));
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    url: `http://127.0.0.1:${port}`,
    charges,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export const forgetfulDescription = `openapi: 3.1.0
info: { title: Forgetful, version: '1' }
paths:
  /charges:
    post:
      operationId: createCharge
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [name]
              properties: { name: { type: string } }
      responses:
        '201':
          description: Charged.
          content:
            application/json:
              schema: { type: object, properties: { number: { type: integer } } }
`;
