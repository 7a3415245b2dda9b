/**
 * Every kind of secret that oatty knows, used once: an API that wants credentials and gives back what it got, values that a
 * manifest and a caller bring, a webhook, a mail server, the database, and a server that wants a token.
 */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { serveHttp } from '@oatty/mcp';
import { createOatty, examineSetup } from '@oatty/runtime';
import type { Oatty } from '@oatty/runtime';
import { createTestDatabase, readDatabaseTexts, readStateTexts } from '@oatty/store/testing';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import { startTokenIssuer } from '../../packages/mcp/test/token-issuer.ts';
import { startMailServer } from '../../packages/runtime/test/a-mail-server.ts';
import { startEchoApi } from './echo-api.ts';
import type { EchoApi } from './echo-api.ts';

const keys = {
  API_KEY: 'api-key-4f1c-very-secret',
  BOUND: 'bound-8b2d-very-secret',
  CLIENT_SECRET: 'client-93ae-very-secret',
  PASSWORD: 'password-71d0-very-secret',
  HOOK: `whsec_${Buffer.alloc(32, 'hook-5c6f-very-secret').toString('base64')}`,
  SMTP_PASSWORD: 'correct horse',
};
const pin = 'input-0be4-very-secret';
const accessToken = 'access-e2f8-very-secret';
const databasePassword = 'database-6a3b-very-secret';

export interface SecretUses {
  /** By what they are; some as they look on their way. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Credentials that the API and the authorization server got, in order. */
  readonly arrived: readonly unknown[];
  /** Everything that was kept and told, by where. */
  readonly texts: ReadonlyMap<string, string>;
}

/** @param serverUrl - of a PostgreSQL for the journal; without it that is a file */
export async function useAllSecrets(serverUrl?: string): Promise<SecretUses> {
  const home = await mkdtemp(join(tmpdir(), 'oatty-secrets-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const databaseUrl = serverUrl === undefined ? undefined : await openDatabase(serverUrl);
  const mailServer = await startMailServer();
  const env = {
    ...keys,
    REGISTRY_CONFIG_PATH: join(home, 'registry.json'),
    OATTY_SECRETS_BACKEND: 'env',
    SMTP_HOST: '127.0.0.1',
    SMTP_PORT: String(mailServer.port),
    SMTP_USER: 'ada',
    SMTP_FROM_EMAIL: 'tasks@oatty.example',
    SMTP_RECIPIENTS: 'acme.example',
    ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
  };
  const told: string[] = [];
  const audit = { record: async (event: unknown) => void told.push(JSON.stringify(event)) };
  const oatty = await createOatty({ env, cwd: home, audit });
  onTestFinished(() => oatty.close());
  const api = await startEchoApi(accessToken);
  await setUp(oatty, home, api);
  const bearer = await callTools(oatty, told);
  expect([mailServer.mails.length, api.hooks()]).toEqual([1, 1]);
  told.push(JSON.stringify(await examineSetup({ env, cwd: home })));
  const kept = await (databaseUrl === undefined
    ? readStateTexts(join(home, 'state.db'))
    : readDatabaseTexts(databaseUrl));
  return {
    secrets: {
      ...keys,
      HOOK: keys.HOOK.slice('whsec_'.length),
      pin,
      accessToken,
      bearer,
      client: basic('me', keys.CLIENT_SECRET),
      password: basic('ada', keys.PASSWORD),
      ...(databaseUrl !== undefined && { databasePassword: new URL(databaseUrl).password }),
    },
    arrived: api.credentials(),
    texts: new Map([...kept, ...(await readFiles(home)), ['what was told', told.join('\n')]]),
  };
}

// --- internal ---

async function openDatabase(serverUrl: string): Promise<string> {
  const database = await createTestDatabase(serverUrl);
  onTestFinished(() => database.drop());
  const url = new URL(database.url);
  if (url.password === '') url.password = databasePassword; // a server that trusts everybody takes any
  return url.href;
}

function basic(user: string, password: string): string {
  return Buffer.from(`${user}:${password}`).toString('base64');
}

async function setUp(oatty: Oatty, home: string, { url, schemes, description }: EchoApi): Promise<void> {
  const source = join(home, 'echo.json');
  await writeFile(source, description);
  await oatty.catalogs.importOpenapi({ source, vendor: 'echo', baseUrl: url });
  await oatty.catalogs.setAuth('echo', 'key', { value: '${secret:API_KEY}' });
  await oatty.catalogs.setAuth('echo', 'oauth', {
    client_id: 'me',
    client_secret: '${secret:CLIENT_SECRET}',
  });
  await oatty.catalogs.setAuth('echo', 'basic', { username: 'ada', password: '${env:PASSWORD}' });
  await oatty.secrets.bind('BOUND', 'echo');
  await oatty.workflows.save({ content: aManifest(schemes) });
  await oatty.catalogs.setEnabled('tasks', true);
  const settings = { url: `${url}/hook`, secret: 'HOOK' };
  const hook = { name: 'hook', kind: 'webhook', settings, shared: true };
  await oatty.commands.run('tasks integrations:add', { with: hook });
}

/** Each credential with what the manifest and the caller bring, and at the end an error that tells of all. */
function aManifest(schemes: readonly string[]) {
  return {
    workflow: 'secretive',
    inputs: { pin: { type: 'string', secret: true } },
    steps: [...schemes, 'refused'].map((id, nth, ids) => ({
      id,
      run: `echo ${schemes[nth] ?? 'key'}:create`,
      depends_on: ids.slice(0, nth).slice(-1),
      with: { text: `${id === 'refused' ? 'refuse' : 'take'} \${{ secrets.BOUND }} \${{ inputs.pin }}` },
    })),
  };
}

/** @returns the token with which they were called */
async function callTools(oatty: Oatty, told: string[]): Promise<string> {
  const issuer = await startTokenIssuer();
  const server = await serveHttp({
    oatty,
    version: '1',
    log: (entry) => told.push(JSON.stringify(entry)),
    host: '127.0.0.1',
    port: 0,
    authentication: { issuer: issuer.issuer },
  });
  const bearer = await issuer.token(server.url, { scope: 'oatty:write' });
  const client = new Client({ name: 'test', version: '1' });
  onTestFinished(async () => {
    await client.close();
    await server.close();
    await issuer.close();
  });
  client.onerror = (error) => told.push(String(error));
  const requestInit = { headers: { authorization: `Bearer ${bearer}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL(server.url), { requestInit }));
  const call = async (name: string, args: Readonly<Record<string, unknown>>) => {
    const result = await client.callTool({ name, arguments: args });
    told.push(JSON.stringify(result));
    return result.structuredContent as Readonly<Record<string, unknown>>; // each tool has some
  };
  const { run_id } = await call('run_start', { workflow_id: 'secretive', inputs: { pin } });
  await vi.waitFor(
    async () => expect((await call('run_status', { run_id }))['status']).toBe('failed'),
    30_000,
  );
  await call('command_run', { command_id: 'echo basic:create', with: { text: 'refuse' } });
  await call('trigger_integration', { integration: 'hook', action: 'send', data: { type: 'x', data: {} } });
  const mail = { to: ['bob@acme.example'], subject: 'Hello', body: 'Hello.' };
  await call('trigger_integration', { integration: 'email', action: 'send', data: mail });
  return bearer;
}

async function readFiles(home: string): Promise<readonly (readonly [string, string])[]> {
  const entries = await readdir(home, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return Promise.all(
    files.map(async (path) => [path.slice(home.length + 1), await readFile(path, 'latin1')] as const),
  );
}
