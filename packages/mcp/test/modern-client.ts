/** A real client of SDK 2.x, which speaks revision 2026-07-28 and notes what its person is shown. */
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import type { ClientOptions, ElicitResult, Transport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { builtProgram } from '../../../test/e2e/built-program.ts';

export interface ModernClient {
  readonly client: Client;
  /** Forms that were shown. */
  readonly forms: Form[];
  readonly close: () => Promise<void>;
}

interface Form {
  readonly message: string;
  readonly requestedSchema?: unknown;
}

export interface ModernClientOptions {
  /** The person; without one the client has no elicitation. */
  readonly person?: (form: Form) => ElicitResult;
  readonly capabilities?: NonNullable<ClientOptions['capabilities']>;
  readonly clientOptions?: Partial<ClientOptions>;
}

const modernRevision = '2026-07-28';

export async function connectModern(
  transport: Transport,
  { person, capabilities, clientOptions }: ModernClientOptions = {},
): Promise<ModernClient> {
  const client = new Client(
    { name: 'test', version: '1' },
    {
      versionNegotiation: { mode: { pin: modernRevision } },
      ...clientOptions,
      capabilities: { ...(person && { elicitation: { form: {} } }), ...capabilities },
    },
  );
  const forms: Form[] = [];
  if (person) {
    client.setRequestHandler('elicitation/create', ({ params }) => {
      forms.push(params);
      return person(params);
    });
  }
  await client.connect(transport);
  return { client, forms, close: () => client.close() };
}

export function overHttp(url: string): Transport {
  return new StreamableHTTPClientTransport(new URL(url));
}

/** A server in a process of its own, over the oatty of `env`. */
export function overStdio(env: Readonly<Record<string, string>>): Transport {
  return new StdioClientTransport({
    command: process.execPath,
    args: [builtProgram('stdio-server')],
    env: { ...process.env, ...env } as Record<string, string>,
    stderr: 'ignore',
  });
}
