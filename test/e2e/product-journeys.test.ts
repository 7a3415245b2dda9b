/**
 * The journeys of the product requirements that leave oatty, and what holds for all of its tools: over HTTP, with a token
 * for each person, by clients of both generations, and with services that speak the real protocols.
 */
import {
  StreamableHTTPClientTransport as ModernTransport,
  Client as ModernClient,
} from '@modelcontextprotocol/client';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { serveHttp } from '@oatty/mcp';
import type { HttpServer } from '@oatty/mcp';
import { createOatty } from '@oatty/runtime';
import type { Oatty } from '@oatty/runtime';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { startTokenIssuer } from '../../packages/mcp/test/token-issuer.ts';
import type { TokenIssuer } from '../../packages/mcp/test/token-issuer.ts';
import { startJira, startService } from '../../packages/runtime/test/a-service.ts';

let dir: string;
let oatty: Oatty;
let issuer: TokenIssuer;
let server: HttpServer;
/** Ann's client speaks the older revision, Ben's the newer one. */
let people: readonly [ann: Person, ben: Person];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'oatty-journeys-'));
  const env = {
    REGISTRY_CONFIG_PATH: join(dir, 'registry.json'),
    OATTY_SECRETS_BACKEND: 'env',
    HOOK: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
  };
  oatty = await createOatty({ env, cwd: dir });
  await oatty.catalogs.setEnabled('tasks', true);
  issuer = await startTokenIssuer();
  server = await serveHttp({
    oatty,
    version: '1',
    log: () => undefined,
    host: '127.0.0.1',
    port: 0,
    authentication: { issuer: issuer.issuer },
  });
  const url = new URL(server.url);
  const ann = new Client({ name: 'ann', version: '1' });
  await ann.connect(new StreamableHTTPClientTransport(url, await asUser('ann')));
  const ben = new ModernClient(
    { name: 'ben', version: '1' },
    { versionNegotiation: { mode: { pin: '2026-07-28' } } },
  );
  await ben.connect(new ModernTransport(url, await asUser('ben')));
  people = [ann, ben];
});
afterAll(async () => {
  await Promise.all(people.map((person) => person.close()));
  await server.close();
  await issuer.close();
  await oatty.close();
  await rm(dir, { recursive: true, force: true });
});

describe('somebody who asks their AI client', () => {
  it('to make issues of the overdue tasks of a client gets links to them', async () => {
    const jira = await startJira();
    await oatty.catalogs.importOpenapi({ source: 'oatty:jira', baseUrl: jira.url });
    await oatty.catalogs.setAuth('jira', 'basic', { username: 'ada@acme.example', password: 'token' });
    const settings = { project: 'OPS' };
    await addIntegration({ name: 'jira', kind: 'jira', settings, shared: true });

    for (const [index, person] of people.entries()) {
      const tasks = [
        { title: 'Client issue: no invoice', due: '2026-01-05' },
        { title: 'Client issue: wrong address', due: '2026-01-06' },
        { title: 'Client issue: not due yet', due: '2999-01-01' },
        { title: 'Water the plants', due: '2026-01-05' },
      ];
      await answerOf(person, 'create_tasks', { tasks });
      const late = await answerOf(person, 'list_tasks', { overdue: true, text: 'client issue', sort: 'due' });
      const ids = idsIn(late.document);
      const makeIssues = async () => {
        const answers = [];
        for (const task_id of ids) {
          const call = { integration: 'jira', action: 'create_issue', task_id, data: { labels: ['client'] } };
          answers.push(await answerOf(person, 'trigger_integration', call));
        }
        return answers;
      };
      const keys = [1, 2].map((number) => `OPS-${index * 2 + number}`);
      const made = await makeIssues();
      expect(made.map(({ document }) => document)).toMatchObject(
        keys.map((key) => ({
          type: 'integration_triggered',
          status: 'success',
          repeated: false,
          links: [{ title: key, url: `${jira.url}/browse/${key}` }],
        })),
      );
      expect(made[0]?.text).toBe(`jira: create_issue is done.\n- ${keys[0]}: ${jira.url}/browse/${keys[0]}`);
      const again = await makeIssues();
      expect(again.map(({ document }) => document['repeated'])).toEqual([true, true]);
    }
    const summaries = jira.requests.map(({ text }) => fieldsIn(text)['summary']);
    const [first, second] = ['Client issue: no invoice', 'Client issue: wrong address'];
    expect(summaries).toEqual([first, second, first, second]);
  });

  it('to make an issue of a task of somebody else sends nothing', async () => {
    const hook = await startService(() => ({ status: 204 }));
    await addHook(hook.url);
    const [ann, ben] = people;
    const { document } = await answerOf(ann, 'create_task', { title: 'Secret' });
    const task_id = document['taskId'];
    const stolen = { integration: 'hook', action: 'send', task_id };
    const { isError, structuredContent } = await ben.callTool({
      name: 'trigger_integration',
      arguments: stolen,
    });
    expect([isError, structuredContent]).toMatchObject([true, { data: { error_code: 'TASK_NOT_FOUND' } }]);
    expect(hook.requests).toEqual([]);
  });

  it('gets from every tool a structure that its listed schema allows', async () => {
    const hook = await startService(() => ({ status: 204 }));
    await addHook(hook.url);
    for (const person of people) {
      const { tools } = await person.listTools(); // the client compares each result with what was listed
      const { document } = await answerOf(person, 'create_task', { title: 'Write' });
      const calls: Readonly<Record<string, Record<string, unknown>>> = {
        create_task: { title: 'Write' },
        create_tasks: { tasks: [{ title: 'One' }, { title: 'Two', due: 'never' }] },
        list_tasks: { limit: 1 },
        update_task_status: { task_id: document['taskId'], status: 'in_progress' },
        generate_report: { csv: true },
        schedule_workflow: { run: 'tasks reports:generate', cron: '0 9 * * 1' },
        trigger_integration: { integration: 'hook', action: 'send', data: { type: 'x', data: {} } },
      };
      const listed = tools.filter(({ _meta: meta }) => meta !== undefined && 'ui' in meta);
      expect(listed.map(({ name }) => name)).toEqual(Object.keys(calls));
      for (const { name, outputSchema } of listed) {
        const { document: answer, text } = await answerOf(person, name, calls[name] ?? {});
        const { properties = {} } = outputSchema as { readonly properties?: object };
        expect(Object.keys(properties)).toEqual(expect.arrayContaining(Object.keys(answer)));
        expect(text).not.toBe('');
      }
    }
  });
});

describe('nobody', () => {
  it('reaches a tool, a workflow or a view without a token', async () => {
    const { tools } = await people[0].listTools();
    const calls = [
      ...tools.map(({ name }) => ({ method: 'tools/call', params: { name, arguments: {} } })),
      { method: 'tools/list', params: {} },
      { method: 'resources/read', params: { uri: 'ui://tasks/table' } },
    ];
    for (const call of calls) {
      const answer = await fetch(server.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, ...call }),
      });
      await answer.body?.cancel();
      expect([call.params, answer.status]).toEqual([call.params, 401]);
    }
  });
});

// --- internal ---

type Person =
  | Pick<Client, 'callTool' | 'listTools' | 'close'>
  | Pick<ModernClient, 'callTool' | 'listTools' | 'close'>;

async function asUser(sub: string) {
  const token = await issuer.token(server.url, { sub, scope: 'oatty:write' });
  return { requestInit: { headers: { authorization: `Bearer ${token}` } } };
}

function addIntegration(given: Readonly<Record<string, unknown>>) {
  return oatty.commands.run('tasks integrations:add', { with: given });
}

function addHook(url: string) {
  return addIntegration({ name: 'hook', kind: 'webhook', settings: { url, secret: 'HOOK' }, shared: true });
}

/** Of a call that succeeds. */
async function answerOf(person: Person, name: string, args: Record<string, unknown>) {
  const result = answerSchema.parse(await person.callTool({ name, arguments: args }));
  return { document: result.structuredContent, text: result.content[0].text };
}

const answerSchema = z.looseObject({
  isError: z.undefined().optional(),
  structuredContent: z.record(z.string(), z.unknown()),
  content: z.tuple([z.object({ type: z.literal('text'), text: z.string() })]),
});

function idsIn({ tasks }: Readonly<Record<string, unknown>>): readonly string[] {
  return (tasks as readonly { readonly task_id: string }[]).map(({ task_id }) => task_id); // `list_tasks` gave them
}

function fieldsIn(text: string): Readonly<Record<string, unknown>> {
  return (JSON.parse(text) as { readonly fields: Readonly<Record<string, unknown>> }).fields; // of Jira's requests
}
