/**
 * Two users of one server: by no command of the tasks, with no id, cursor, token or number, does one reach what is the
 * other's. The commands are those of the manifest, so that a new one is tried here too.
 */
import { createOatty } from '@oatty/runtime';
import type { Oatty } from '@oatty/runtime';
import type { Command } from '@oatty/types';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveHttp } from '../src/index.ts';
import type { HttpServer } from '../src/index.ts';
import { modernEnvelope, postModern } from './modern-request.ts';
import { startTokenIssuer } from './token-issuer.ts';
import type { TokenIssuer } from './token-issuer.ts';

/** In everything of Ann's that is not an id. */
const mark = 'between us';

/** For what a command cannot do without. A new one needs a line here. */
const harmless: Readonly<Record<string, unknown>> = {
  title: 'Of Eve',
  status: 'completed',
  tasks: [{ title: 'Of Eve' }],
  action: 'send',
  run: 'tasks list',
  carried_out: true,
  kind: 'webhook',
};

let dir: string;
let oatty: Oatty;
let issuer: TokenIssuer;
let server: HttpServer;
/** By the name of the parameter that takes it: what Ann was given, and Eve has got hold of. */
let stolen: Readonly<Record<string, unknown>>;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'oatty-strangers-'));
  oatty = await createOatty({ env: { REGISTRY_CONFIG_PATH: join(dir, 'registry.json') }, cwd: dir });
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
  stolen = await leaveThingsOfAnn();
});

afterAll(async () => {
  await server.close();
  await issuer.close();
  await oatty.close();
  await rm(dir, { recursive: true, force: true });
});

describe('a stranger', () => {
  it('reaches nothing by any command, whatever was stolen', async () => {
    const before = await allOf('ann');
    const commands = await allCommands();
    expect(commands.length).toBeGreaterThan(15);
    const leaks = [];
    for (const command of commands) {
      for (const args of toCalls(command)) {
        const answer = await run('eve', command.id, args);
        if (answer.includes(mark)) leaks.push([command.id, args, answer]);
      }
    }
    expect(leaks).toEqual([]);
    expect(await allOf('ann')).toBe(before);
    expect(before).toContain(mark);
  }, 60_000);

  it('is offered nothing that a provider has offered to somebody else', async () => {
    const select = { value_field: 'task_id', display_field: 'title' };
    const inputs = { task: { provider: 'tasks list', select, cache_ttl_sec: 600, on_error: 'cached' } };
    const steps = [{ id: 'get', run: 'tasks get', with: { task_id: '${{ inputs.task }}' } }];
    const manifest_content = JSON.stringify({ workflow: 'chosen', inputs, steps });
    const [ann, eve] = [
      await callTool('ann', 'workflow_resolve_inputs', { manifest_content }),
      await callTool('eve', 'workflow_resolve_inputs', { manifest_content }),
    ];
    expect(ann).toContain(mark);
    expect(eve).toContain('"required_missing":["task"]');
    expect(eve).not.toContain(mark);
  });
});

// --- internal ---

async function leaveThingsOfAnn(): Promise<Readonly<Record<string, unknown>>> {
  const ann = async (command: string, args: object) => bodyOf(await run('ann', command, args));
  const { task, change } = await ann('tasks create', { title: `One ${mark}`, due: '2036-03-29' });
  await ann('tasks create', { title: `Two ${mark}`, idempotency_key: 'key' });
  const { next_cursor: cursor } = await ann('tasks list', { limit: 1 });
  const preview = { filter: { text: mark }, set: { description: mark } };
  const { token } = await ann('tasks bulk:update', preview);
  const schedule = { run: 'tasks list', name: `At night ${mark}`, at: '2036-03-29T02:00:00Z' };
  const planned = await ann('tasks schedules:create', schedule);
  await oatty.commands.run('tasks integrations:add', {
    caller: { principal: `${issuer.issuer}#ann`, via: 'library' },
    with: {
      name: 'hook-of-ann',
      kind: 'webhook',
      settings: { url: `https://between.example.com/?${mark}`, secret: 'HOOK' },
    },
  });
  const { users } = bodyOf(await run('root', 'tasks users', {}, 'oatty:destructive oatty:admin'));
  return {
    task_id: task.task_id,
    task_ids: [task.task_id],
    cursor,
    token,
    change,
    idempotency_key: 'key',
    schedule_id: planned.schedule.schedule_id,
    delivery_id: task.task_id,
    user: users[0].user_id,
    name: 'hook-of-ann',
    integration: 'hook-of-ann',
  };
}

async function allCommands(): Promise<readonly Command[]> {
  const { commands } = await oatty.catalogs.show('tasks');
  return Promise.all(commands.map(async ({ id }) => (await oatty.commands.get(id)).command));
}

/** With what it needs, and with each thing that was stolen besides. */
function toCalls({ id, parameters }: Command): readonly Readonly<Record<string, unknown>>[] {
  const needed = parameters
    .filter(({ required }) => required)
    .map(({ name }) => [name, valueFor(id, name)] as const);
  const least = Object.fromEntries(needed);
  const more = parameters.filter(({ name }) => name in stolen && !(name in least));
  return [least, ...more.map(({ name }) => ({ ...least, [name]: stolen[name] }))];
}

function valueFor(command: string, parameter: string): unknown {
  const value = stolen[parameter] ?? harmless[parameter];
  if (value === undefined) throw new Error(`Say in this file what "${command}" takes for "${parameter}".`);
  return value;
}

/** What the user sees, but for the times at which it is judged. */
async function allOf(user: string): Promise<string> {
  const texts = [];
  for (const command of [
    'list',
    'history',
    'settings',
    'schedules:list',
    'integrations:list',
    'integrations:history',
  ])
    texts.push(JSON.stringify(bodyOf(await run(user, `tasks ${command}`, {}))));
  return texts.join('\n').replaceAll(/"now":"[^"]*"/g, '');
}

/** @returns the whole answer as JSON */
async function run(sub: string, command: string, args: object, scope?: string): Promise<string> {
  const call = { command_id: command, with: args, confirm: true };
  return callTool(sub, 'command_run_destructive', call, scope);
}

/** @returns the whole answer as JSON */
async function callTool(
  sub: string,
  name: string,
  args: object,
  scope = 'oatty:destructive',
): Promise<string> {
  const authorization = `Bearer ${await issuer.token(server.url, { sub, scope })}`;
  const envelope = { ...modernEnvelope, 'io.modelcontextprotocol/clientCapabilities': {} }; // nobody is asked
  const params = { _meta: envelope, name, arguments: args };
  return JSON.stringify((await postModern(server.url, 'tools/call', params, { authorization })).body);
}

// oxlint-disable-next-line typescript/no-explicit-any -- the test reads into what the command gives
function bodyOf(answer: string): any {
  const { structuredContent } = JSON.parse(answer).result;
  if (structuredContent.body === undefined) throw new Error(answer);
  return structuredContent.body;
}
