/** tools/call of a trivial tool on an open connection, against a bare SDK server. */
import { binary } from './child.ts';
import { compare } from './compare.ts';
import { bareServer } from './bench-mcp-start.ts';
import { withHome } from './home.ts';
import { connectHttp, connectStdio } from './mcp-client.ts';
import type { Connection } from './mcp-client.ts';
import type { Result } from './result.ts';

const callsPerRound = 200;

export async function benchMcpCall(): Promise<readonly Result[]> {
  return withHome(async (home) => {
    const stdio = await Promise.all([
      connectStdio([binary, 'mcp'], home.env),
      connectStdio([bareServer, 'stdio'], home.env),
    ]);
    const http = await Promise.all([
      connectHttp([binary, 'mcp', '--transport', 'http', '--port', '0'], home.env),
      connectHttp([bareServer, 'http'], home.env),
    ]);
    try {
      return [
        await compareCalls('tools/call over stdio', 1.5, stdio),
        await compareCalls('tools/call over HTTP', 1.15, http),
      ];
    } finally {
      for (const connection of [...stdio, ...http]) await connection.close();
    }
  });
}

// --- internal ---

function compareCalls(
  name: string,
  target: number,
  [ours, floor]: readonly [Connection, Connection],
): Promise<Result> {
  const call = (connection: Connection) => async () => {
    for (let index = 0; index < callsPerRound; index++)
      await connection.client.callTool({ name: 'workflow_list', arguments: {} });
  };
  return compare({
    name: `${callsPerRound} × ${name}`,
    target,
    rounds: 15,
    warmUps: 3,
    ours: call(ours),
    floor: call(floor),
  });
}
