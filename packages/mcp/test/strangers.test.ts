/**
 * Users of one server: by no command of the tasks and no tool, with no id, cursor, token or number, does one reach what
 * is another's, or hear that it is there. Commands and tools are those that are listed, so that new ones are tried too.
 */
import type { ListToolsResult } from '@modelcontextprotocol/sdk/types.js';
import { createOatty } from '@oatty/runtime';
import type { Oatty } from '@oatty/runtime';
import type { Command, CommandParameter, Schedule } from '@oatty/types';
import { mkdtemp, rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveHttp } from '../src/index.ts';
import type { HttpServer } from '../src/index.ts';
import { modernEnvelope, postModern } from './modern-request.ts';
import { startTokenIssuer } from './token-issuer.ts';
import type { TokenIssuer } from './token-issuer.ts';

/** By the name of the parameter that takes it. */
type Things = Readonly<Record<string, unknown>>;

/** In everything of Ann's that is not an id. */
const mark = 'between us';

/** Where the integrations of Ann lead: to where nothing is taken. */
const hidden = '/hook?where=it-leads';

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
/** What Ann was given, and others have got hold of. */
let stolen: Things;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'oatty-strangers-'));
  oatty = await createOatty({
    env: {
      REGISTRY_CONFIG_PATH: join(dir, 'registry.json'),
      OATTY_SECRETS_BACKEND: 'env',
      HOOK: `whsec_${'A'.repeat(32)}`,
    },
    cwd: dir,
  });
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
    const answers = await tryAllThatIsStolen();
    expect(answers.length).toBeGreaterThan(2 * commands.length);
    expect(answers.filter(({ answer }) => [mark, hidden].some((text) => answer.includes(text)))).toEqual([]);
    expect(await allOf('ann')).toBe(before);
    expect(before).toContain(mark);
  }, 60_000);

  it('hears of what is not theirs the same as of what never was', async () => {
    const never = toNever(stolen);
    const ofAnns = (await tryAllThatIsStolen()).map(withoutThings(stolen));
    const ofNone = (await tryAll('oscar', never)).map(withoutThings(never));
    expect(ofAnns).toEqual(ofNone);
  }, 60_000);

  it('is told nothing of where an integration leads that is shared', async () => {
    const integration = 'hook-for-all';
    const answers = [
      await run('eve', 'tasks integrations:trigger', { integration, action: 'send' }),
      await run('eve', 'tasks integrations:list', {}),
      await run('eve', 'tasks integrations:history', {}),
    ];
    expect(issuer.fetched.filter((path) => path === hidden)).toHaveLength(2); // once for Ann
    for (const answer of answers) expect(answer).toContain(integration);
    expect(answers.filter((answer) => answer.includes(hidden))).toEqual([]);
  });

  it('cannot answer what somebody else was asked', async () => {
    const { task } = bodyOf(await run('ann', 'tasks create', { title: mark }));
    const removal = { command_id: 'tasks delete', with: { task_id: task.task_id } };
    const call = { name: 'command_run_destructive', arguments: removal, _meta: modernEnvelope };
    const requestState = (await ask('ann', 'tools/call', call)).result?.requestState;
    expect(requestState).toBeTypeOf('string');
    const inputResponses = { confirmation: { action: 'accept', content: {} } };
    const agreed = { ...call, requestState, inputResponses };
    expect((await ask('eve', 'tools/call', agreed)).error).toMatchObject({ code: -32_602 });
    expect((await ask('ann', 'tools/call', agreed)).result).toMatchObject({
      structuredContent: { status: 200 },
    });
  });

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

  it('hears that a workflow is needed for others, and not by which schedule', async () => {
    await saveWorkflow('ann', 'shared', 'tasks list');
    const planned = await run('ann', 'tasks schedules:create', { run: 'workflow shared', cron: '0 0 1 1 *' });
    const { schedule_id } = bodyOf(planned).schedule;
    const own = await callTool('ann', 'workflow_rename', { workflow_id: 'shared', new_id: 'moved' });
    await callTool('ann', 'workflow_rename', { workflow_id: 'moved', new_id: 'shared' });
    const answers = [
      await callTool('eve', 'workflow_delete', { workflow_id: 'shared' }),
      await callTool('eve', 'workflow_rename', { workflow_id: 'shared', new_id: 'moved' }),
    ];
    expect(own).toContain(schedule_id);
    for (const answer of answers) expect(answer).toContain('a schedule of another user');
    expect(answers.filter((answer) => answer.includes(schedule_id))).toEqual([]);
    await run('ann', 'tasks schedules:remove', { schedule_id });
  });

  it('has nothing run for somebody else by rewriting what a schedule starts', async () => {
    await saveWorkflow('ann', 'part', 'tasks list');
    await saveWorkflow('ann', 'whole', 'workflow part');
    const plan = { run: 'workflow whole', cron: '* * * * * *' };
    const { schedule_id } = bodyOf(await run('ann', 'tasks schedules:create', plan)).schedule;
    oatty.schedules.startDue();
    await untilSchedule(schedule_id, ({ last }) => last?.run_id !== undefined);

    await saveWorkflow('eve', 'part', 'tasks create', { title: 'Of Eve' });
    const paused = await untilSchedule(schedule_id, ({ status }) => status === 'paused');
    expect(paused.last?.error).toMatchObject({
      error_code: 'WORKFLOW_VERSION_CONFLICT',
      context: { workflow_id: 'part' },
    });
    expect(await run('eve', 'tasks schedules:resume', { schedule_id })).toContain('SCHEDULE_NOT_FOUND');
    expect(await run('ann', 'tasks list', {})).not.toContain('Of Eve');

    await run('ann', 'tasks schedules:resume', { schedule_id });
    await untilSchedule(schedule_id, ({ last }) => last?.run_id !== undefined);
    await run('ann', 'tasks schedules:remove', { schedule_id });
    await expect.poll(() => run('ann', 'tasks list', {}), { timeout: 10_000 }).toContain('Of Eve');
  }, 60_000);
});

// --- internal ---

async function saveWorkflow(user: string, workflow: string, command: string, args = {}): Promise<void> {
  const manifest = { workflow, steps: [{ id: 'only', run: command, with: args }] };
  const call = { manifest_content: JSON.stringify(manifest), overwrite: true };
  expect(await callTool(user, 'workflow_save', call)).toContain('"overwritten"');
}

/** The schedule, once that is true of it. */
async function untilSchedule(id: string, isTrue: (schedule: Schedule) => boolean): Promise<Schedule> {
  for (;;) {
    const { items } = await oatty.schedules.list();
    const schedule = items.find(({ schedule_id }) => schedule_id === id);
    if (schedule !== undefined && isTrue(schedule)) return schedule;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function leaveThingsOfAnn(): Promise<Things> {
  const ann = async (command: string, args: object) => bodyOf(await run('ann', command, args));
  const { task, change } = await ann('tasks create', { title: `One ${mark}`, due: '2036-03-29' });
  await ann('tasks create', { title: `Two ${mark}`, idempotency_key: 'made by Ann' });
  const { next_cursor: cursor } = await ann('tasks list', { limit: 1 });
  const preview = { filter: { text: mark }, set: { description: mark } };
  const { token } = await ann('tasks bulk:update', preview);
  const schedule = { run: 'tasks list', name: `At night ${mark}`, at: '2036-03-29T02:00:00Z' };
  const planned = await ann('tasks schedules:create', schedule);
  issuer.answers.set(hidden, (response: ServerResponse) => response.writeHead(422).end());
  await addHook('hook-of-ann', false);
  await addHook('hook-for-all', true);
  await run('ann', 'tasks integrations:trigger', { integration: 'hook-of-ann', action: 'send' });
  const { deliveries } = await ann('tasks integrations:history', {});
  const { users } = bodyOf(await run('root', 'tasks users', {}, 'oatty:destructive oatty:admin'));
  return {
    task_id: task.task_id,
    task_ids: [task.task_id],
    cursor,
    token,
    change,
    idempotency_key: 'made by Ann',
    schedule_id: planned.schedule.schedule_id,
    delivery_id: deliveries[0].delivery_id,
    user: users[0].user_id,
    name: 'hook-of-ann',
    integration: 'hook-of-ann',
  };
}

/** Set up at this machine, as nobody can over MCP. */
async function addHook(name: string, shared: boolean): Promise<void> {
  const settings = { url: issuer.issuer + hidden, secret: 'HOOK' };
  await oatty.commands.run('tasks integrations:add', {
    caller: { principal: `${issuer.issuer}#ann`, via: 'library' },
    with: { name, kind: 'webhook', settings, shared },
  });
}

interface Heard {
  readonly called: string;
  /** The whole of it, as JSON. */
  readonly answer: string;
}

let heardByEve: Promise<readonly Heard[]> | undefined;

function tryAllThatIsStolen(): Promise<readonly Heard[]> {
  heardByEve ??= tryAll('eve', stolen);
  return heardByEve;
}

/** Whatever the user can call, with these things wherever they fit. */
async function tryAll(user: string, things: Things): Promise<readonly Heard[]> {
  const answers: Heard[] = [];
  for (const { id, parameters } of await allCommands())
    for (const args of toCalls(id, parameters, things))
      answers.push({ called: id, answer: await run(user, id, args) });
  for (const { name, inputSchema } of await allTools()) {
    const { properties = {}, required = [] } = inputSchema;
    const parameters = Object.keys(properties).map((key) => ({
      name: key,
      required: required.includes(key),
    }));
    if (!parameters.some((parameter) => parameter.name in things)) continue;
    for (const args of toCalls(name, parameters, things))
      answers.push({ called: name, answer: await callTool(user, name, args) });
  }
  return answers;
}

/** As if Ann had been given other ones. The numbers of changes are counted for each user. */
function toNever({ change, cursor, ...others }: Things): Things {
  const place = Buffer.from(String(cursor), 'base64url').toString();
  const never = Object.entries(others).map(([name, value]) => [
    name,
    JSON.parse(garble(JSON.stringify(value))),
  ]);
  return { change, cursor: Buffer.from(garble(place)).toString('base64url'), ...Object.fromEntries(never) };
}

function garble(text: string): string {
  return text.replaceAll(/[0-9a-f]/g, '0');
}

async function allCommands(): Promise<readonly Command[]> {
  const { commands } = await oatty.catalogs.show('tasks');
  return Promise.all(commands.map(async ({ id }) => (await oatty.commands.get(id)).command));
}

async function allTools() {
  const { tools } = (await ask('eve', 'tools/list', {})).result as unknown as ListToolsResult;
  return tools;
}

/** With what it needs, and with each thing besides. */
function toCalls(
  called: string,
  parameters: readonly Pick<CommandParameter, 'name' | 'required'>[],
  things: Things,
): readonly Things[] {
  const needed = parameters
    .filter(({ required }) => required)
    .map(({ name }) => [name, valueFor(called, name, things)] as const);
  const least = Object.fromEntries(needed);
  const more = parameters.filter(({ name }) => name in things && !(name in least));
  return [least, ...more.map(({ name }) => ({ ...least, [name]: things[name] }))];
}

function valueFor(called: string, parameter: string, things: Things): unknown {
  const value = things[parameter] ?? harmless[parameter];
  if (value === undefined) throw new Error(`Say in this file what "${called}" takes for "${parameter}".`);
  return value;
}

/** What was called, and what came back but for the things themselves, the user, new ids, times and ages. */
function withoutThings(things: Things) {
  const texts = Object.values(things)
    .flat()
    .filter((thing) => typeof thing === 'string');
  return ({ called, answer }: Heard) =>
    `${called}: ${texts.reduce((text, thing) => text.replaceAll(thing, '(thing)'), answer)}`
      .replaceAll(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, '(id)')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '(time)')
      .replaceAll(/Wy[\w-]+…/g, '(start of a cursor)')
      .replaceAll(/#(eve|oscar)/g, '#(user)')
      .replaceAll(/(age_p\d0\W+(?:value\W+)?)[\d.e-]+/g, '$1(age)');
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
async function callTool(sub: string, name: string, args: object, scope?: string): Promise<string> {
  return JSON.stringify(await ask(sub, 'tools/call', { name, arguments: args }, scope));
}

async function ask(sub: string, method: string, params: object, scope = 'oatty:destructive') {
  const authorization = `Bearer ${await issuer.token(server.url, { sub, scope })}`;
  const envelope = { ...modernEnvelope, 'io.modelcontextprotocol/clientCapabilities': {} }; // nobody is asked
  return (await postModern(server.url, method, { _meta: envelope, ...params }, { authorization })).body;
}

// oxlint-disable-next-line typescript/no-explicit-any -- the test reads into what the command gives
function bodyOf(answer: string): any {
  const { structuredContent } = JSON.parse(answer).result;
  if (structuredContent.body === undefined) throw new Error(answer);
  return structuredContent.body;
}
