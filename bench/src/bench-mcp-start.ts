/** From spawn to the answer of tools/list over stdio, against a bare SDK server. */
import { fileURLToPath } from 'node:url';
import { binary } from './child.ts';
import { compare } from './compare.ts';
import { withShop } from './home.ts';
import { connectStdio } from './mcp-client.ts';
import type { Result } from './result.ts';

export const bareServer = fileURLToPath(new URL('bare-server.mjs', import.meta.url));

export async function benchMcpStart(): Promise<readonly Result[]> {
  return withShop(async (home) => {
    const listTools = (args: readonly string[]) => async () => {
      const connection = await connectStdio(args, home.env);
      await connection.client.listTools();
      await connection.close();
    };
    return [
      await compare({
        name: 'spawn to tools/list over stdio',
        target: 1.2,
        rounds: 10,
        ours: listTools([binary, 'mcp']),
        floor: listTools([bareServer, 'stdio']),
      }),
    ];
  });
}
