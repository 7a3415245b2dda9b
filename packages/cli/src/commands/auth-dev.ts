import { OattyError } from '@oatty/types';
import { defaultHost, defaultPort } from '../arguments/http-options.ts';
import { parsePort } from '../arguments/option-values.ts';
import type { AuthServer } from '../auth-server/start-auth-server.ts';
import { defaultUsers, parseUsers } from '../auth-server/dev-users.ts';
import type { DevUser } from '../auth-server/dev-users.ts';
import { isSet, listOption, textOption } from '../cli-command.ts';
import type { CliCommand, CliContext } from '../cli-command.ts';
import { interruption } from '../interruption.ts';
import { toTable } from '../output/table.ts';
import type { TextStyle } from '../output/text-style.ts';

const defaultAuthPort = 62_890;

export const command: CliCommand = {
  path: 'auth dev',
  summary: 'Serve logins for trying MCP out with several users; never in production.',
  options: {
    user: {
      type: 'string',
      value: 'NAME:ROLE',
      multiple: true,
      description: `Who can log in, as viewer, member or admin; default ${defaultUsers.join(', ')}.`,
    },
    resource: {
      type: 'string',
      value: 'URL',
      description: `The MCP endpoint that tokens are for; default http://${defaultHost}:${defaultPort}/mcp.`,
    },
    port: {
      type: 'string',
      value: 'N',
      description: `Port to listen on; default ${defaultAuthPort}, 0 for a free one.`,
    },
    host: {
      type: 'string',
      value: 'ADDRESS',
      description: `Loopback address to listen on; default ${defaultHost}.`,
    },
    tokens: { type: 'boolean', description: 'Print a token of each user, good for an hour.' },
  },
  notes: [
    'Clients find it through oatty mcp, register, and send the person to a page that asks who logs in and what the client may do. There are no passwords. Keys, clients and tokens are gone when it ends.',
    'It does not start with NODE_ENV=production, nor on an address that others reach.',
  ],
  examples: ['oatty auth dev', 'oatty auth dev --user alice:member --user root:admin --tokens'],
  async run(context, input) {
    refuseProduction(context);
    const { isLoopback, roleScopes } = await import('@oatty/mcp');
    const host = textOption(input, 'host') ?? defaultHost;
    if (!isLoopback(host)) throw openAddress(host);
    const resource = readResource(textOption(input, 'resource'), isLoopback);
    const given = listOption(input, 'user');
    const users = parseUsers(given.length > 0 ? given : defaultUsers, ['viewer', 'member', 'admin']);
    const port = parsePort('port', textOption(input, 'port') ?? `${defaultAuthPort}`);
    const { startAuthServer } = await import('../auth-server/start-auth-server.ts');
    const { readClientDocument } = await import('../auth-server/read-client-document.ts');
    const server = await startAuthServer({
      host,
      port,
      resource: resource.href,
      users,
      readDocument: readClientDocument,
    });
    const shown = users.map((user) => ({ ...user, scopes: roleScopes[user.role] }));
    context.print(
      {
        issuer: server.issuer,
        resource: resource.href,
        users: isSet(input, 'tokens') ? await withTokens(shown, server) : shown,
        next: toServeCommand(resource, server.issuer),
      },
      toText,
    );
    context.note('Serving logins (Ctrl-C stops it)');
    await interruption(context.signal);
    await server.close();
    return 0;
  },
};

// --- internal ---

interface ShownUser extends DevUser {
  readonly scopes: readonly string[];
  readonly token?: string;
}

interface AuthServerDocument {
  readonly issuer: string;
  readonly resource: string;
  readonly users: readonly ShownUser[];
  /** What serves MCP for these users. */
  readonly next: string;
}

function withTokens(users: readonly ShownUser[], server: AuthServer): Promise<ShownUser[]> {
  return Promise.all(users.map(async (user) => ({ ...user, token: await server.issueToken(user) })));
}

function toText({ issuer, resource, users, next }: AuthServerDocument, { width }: TextStyle): string {
  const rows = users.map(({ name, role, scopes }) => [name, role, scopes.join(' ')]);
  const tokens = users.flatMap(({ name, token }) =>
    token === undefined ? [] : ['', `Token of ${name}:`, token],
  );
  return [
    `Logins for development at ${issuer}`,
    '',
    toTable(['USER', 'ROLE', 'GIVES AT MOST'], rows, { width }),
    ...tokens,
    '',
    `Next: ${next}`,
    `Then connect a client to ${resource}`,
  ].join('\n');
}

function toServeCommand({ hostname, port }: URL, issuer: string): string {
  const host = hostname.replaceAll(/[[\]]/g, '');
  return [
    'oatty mcp --transport http',
    ...(host === defaultHost ? [] : [`--host ${host}`]),
    ...(port === `${defaultPort}` ? [] : [`--port ${port || '80'}`]),
    `--auth-issuer ${issuer}`,
  ].join(' ');
}

function refuseProduction({ io }: CliContext): void {
  if (io.env['NODE_ENV'] !== 'production') return;
  throw new OattyError(
    'POLICY_DENIED',
    'oatty auth dev asks for no password, and does not run in production.',
    {
      suggestedAction:
        'Name a real authorization server: oatty mcp --auth-issuer https://login.example.com. On a machine for development unset NODE_ENV.',
    },
  );
}

function openAddress(host: string): OattyError {
  return new OattyError(
    'ADDRESS_NOT_ALLOWED',
    `oatty auth dev listens on this machine only, not on "${host}".`,
    {
      suggestedAction: 'Leave out --host. For others to log in, use a real authorization server.',
      context: { host },
    },
  );
}

/** What oatty mcp calls itself there: the port is always said, but for that of http. */
function readResource(text: string | undefined, isLoopback: (host: string) => boolean): URL {
  const url = URL.parse(text ?? `http://${defaultHost}:${defaultPort}/mcp`);
  if (url?.protocol === 'http:' && isLoopback(url.hostname) && url.href === `${url.origin}/mcp`) return url;
  throw new OattyError('ADDRESS_NOT_ALLOWED', `"${text}" is no MCP endpoint on this machine.`, {
    suggestedAction: `Write it as oatty mcp --transport http shows it: http://${defaultHost}:${defaultPort}/mcp.`,
    context: { resource: text },
  });
}
