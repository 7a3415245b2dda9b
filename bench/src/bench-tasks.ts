/** What the tasks cost: fifty users at once over HTTP on PostgreSQL, and lists and reports among a million tasks. */
import { createOatty } from '@oatty/runtime';
import { createTestDatabase, sharedPostgresUrl } from '@oatty/store/testing';
import { join } from 'node:path';
import { startTokenIssuer } from '../../packages/mcp/test/token-issuer.ts';
import { binary, runOatty } from './child.ts';
import { withHome } from './home.ts';
import { listenHttp } from './mcp-client.ts';
import type { Result } from './result.ts';
import { fillTasks, timeQuestions } from './tasks/many-tasks.ts';
import type { Place } from './tasks/many-tasks.ts';
import { actions, p95, timeUsers, usersAtOnce } from './tasks/users-at-once.ts';

export async function benchTasks(): Promise<readonly Result[] | string> {
  const serverUrl = await sharedPostgresUrl({ syncs: true });
  const onFile = await withHome(({ folder, env }) =>
    benchQuestions('state file', { stateFile: join(folder, 'state.db'), env }),
  );
  if (serverUrl === undefined) return onFile;
  return [...(await benchUsers(serverUrl)), ...onFile, ...(await benchOnPostgres(serverUrl))];
}

// --- internal ---

const targetMs = 30;

async function benchUsers(serverUrl: string): Promise<readonly Result[]> {
  const database = await createTestDatabase(serverUrl);
  const issuer = await startTokenIssuer();
  try {
    return await withHome(async (home) => {
      const env = { ...home.env, DATABASE_URL: database.url };
      await runOatty(['catalog', 'enable', 'tasks'], env);
      const server = await listenHttp(
        [binary, 'mcp', '--transport', 'http', '--port', '0', '--auth-issuer', issuer.issuer],
        env,
      );
      const tokens = await Promise.all(
        Array.from({ length: usersAtOnce }, (_, user) =>
          issuer.token(server.url, { sub: `user-${user}`, scope: 'oatty:read oatty:write' }),
        ),
      );
      try {
        await timeUsers(server.url, tokens, { roundsEach: 5, pauseMs: 0 }); // warms up, and makes the users
        const paced = await timeUsers(server.url, tokens, { roundsEach: 6, pauseMs: 1_000 });
        const eager = await timeUsers(server.url, tokens, { roundsEach: 10, pauseMs: 0 });
        return [
          ...actions.map((action): Result => ({
            kind: 'time',
            name: `${action}, ${usersAtOnce} users with a call a second each, PostgreSQL, p95`,
            ms: p95(paced[action]),
            targetMs,
          })),
          {
            kind: 'time',
            name: `all three, ${usersAtOnce} users who never pause, p95`,
            ms: p95(actions.flatMap((action) => eager[action])),
          },
        ];
      } finally {
        await server.close();
      }
    });
  } finally {
    await issuer.close();
    await database.drop();
  }
}

async function benchOnPostgres(serverUrl: string): Promise<readonly Result[]> {
  const database = await createTestDatabase(serverUrl);
  try {
    return await withHome(({ folder, env }) =>
      benchQuestions('PostgreSQL', {
        stateFile: join(folder, 'state.db'),
        databaseUrl: database.url,
        env: { ...env, DATABASE_URL: database.url },
      }),
    );
  } finally {
    await database.drop();
  }
}

async function benchQuestions(name: string, place: Place): Promise<readonly Result[]> {
  await fillTasks(place);
  const oatty = await createOatty({ env: place.env });
  try {
    const timed = await timeQuestions(oatty);
    return Object.entries(timed).map(([question, ms]) => ({
      kind: 'time' as const,
      name: `${question}, among 1,000,000 of 1,000 users, ${name}`,
      ms,
      targetMs,
    }));
  } finally {
    await oatty.close();
  }
}
