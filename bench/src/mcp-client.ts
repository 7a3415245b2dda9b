/** MCP clients of a spawned server, over either transport. */
import { spawn } from 'node:child_process';
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

/** The server prints its address, and nothing else that looks like one, on stderr. */
export async function connectHttp(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Connection> {
  const child = spawn(process.execPath, [...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const client = new Client({ name: 'bench', version: '0.0.0' });
  for await (const line of createInterface({ input: child.stderr })) {
    const [url] = /http:\/\/\S+/.exec(line) ?? [];
    if (url === undefined) continue;
    await client.connect(new StreamableHTTPClientTransport(new URL(url)));
    break;
  }
  child.stderr.resume();
  return {
    client,
    async close() {
      await client.close();
      child.kill();
    },
  };
}
