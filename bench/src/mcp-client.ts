/** MCP clients of a spawned server, over either transport. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

export interface Connection {
  readonly client: Client;
  close(): Promise<void>;
}

export async function connectStdio(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Connection> {
  const client = new Client({ name: 'bench', version: '0.0.0' });
  const environment = { ...(process.env as Record<string, string>), ...env };
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [...args],
      env: environment,
      stderr: 'ignore',
    }),
  );
  return { client, close: () => client.close() };
}

export async function connectHttp(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Connection> {
  const server = await listenHttp(args, env);
  const client = new Client({ name: 'bench', version: '0.0.0' });
  await client.connect(new StreamableHTTPClientTransport(new URL(server.url)));
  return {
    client,
    async close() {
      await client.close();
      await server.close();
    },
  };
}

export interface HttpServer {
  readonly url: string;
  close(): Promise<void>;
}

/** The server prints its address, and nothing else that looks like one, on stderr. */
export async function listenHttp(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<HttpServer> {
  const child = spawn(process.execPath, [...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'exit');
  for await (const line of createInterface({ input: child.stderr })) {
    const [url] = /http:\/\/\S+/.exec(line) ?? [];
    if (url === undefined) continue;
    child.stderr.resume();
    return {
      url,
      async close() {
        child.kill();
        await ended;
      },
    };
  }
  throw new Error(`node ${args.join(' ')} ended before it listened.`);
}
