/**
 * The page that asks a person who logs in, and whether the client may have what it asks for.
 *
 *   A1. Each authorization asks, also when the same client was allowed before: nothing is agreed to in silence.
 *   A2. The answer counts from the browser that was asked only: it brings the cookie of the question.
 *   A3. What the role does not allow is left out of what is given; where nothing is left the client is refused.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { InteractionResults, Provider } from 'oidc-provider';
import type { DevUser } from './dev-users.ts';
import { pageHeaders, toConsentPage, toErrorPage } from './pages.ts';

export interface PersonWorld {
  readonly provider: Provider;
  readonly resource: string;
  readonly users: readonly DevUser[];
  /** What a user may give. */
  scopesOf(user: DevUser): readonly string[];
}

export async function askPerson(
  request: IncomingMessage,
  response: ServerResponse,
  world: PersonWorld,
): Promise<void> {
  try {
    const question = await readQuestion(request, response, world);
    if (request.method !== 'POST') return show(response, 200, toConsentPage(question));
    const answer = new URLSearchParams(await readForm(request));
    const result = await toResult(question, answer, world);
    await world.provider.interactionFinished(request, response, result);
  } catch (thrown) {
    if (response.headersSent) throw thrown;
    const reason =
      thrown instanceof Error && thrown.name === 'SessionNotFound'
        ? 'The question is no longer open.'
        : 'The answer cannot be read.';
    show(response, 400, toErrorPage(reason));
  }
}

// --- internal ---

type Question = Awaited<ReturnType<typeof readQuestion>>;

/** @throws where the question is over, or belongs to another browser (A2) */
async function readQuestion(request: IncomingMessage, response: ServerResponse, world: PersonWorld) {
  const { uid, params } = await world.provider.interactionDetails(request, response);
  const clientId = textOf(params['client_id']);
  const client = await world.provider.Client.find(clientId);
  const scopes = textOf(params['scope'])
    .split(' ')
    .filter((scope) => scope !== '');
  return {
    action: `/consent/${uid}`,
    clientId,
    client: client?.clientName ?? clientId,
    clientAddress: clientId.startsWith('https://') ? clientId : undefined,
    redirectUri: textOf(params['redirect_uri']),
    resource: world.resource,
    scopes,
    choices: world.users.map((user) => ({
      user,
      granted: scopes.filter((scope) => world.scopesOf(user).includes(scope)),
    })),
  };
}

async function toResult(
  { clientId, scopes, choices }: Question,
  answer: URLSearchParams,
  { provider, resource }: PersonWorld,
): Promise<InteractionResults> {
  if (answer.get('decision') !== 'allow') return refused('The person said no.');
  const choice = choices.find(({ user }) => user.name === answer.get('user'));
  if (choice === undefined) throw new TypeError('Nobody was chosen.');
  const { user, granted } = choice;
  if (granted.length === 0) return refused(`A ${user.role} may give nothing of it.`);
  const accountId = user.name;
  const grant = new provider.Grant({ accountId, clientId });
  grant.addOIDCScope('openid offline_access');
  grant.addResourceScope(resource, granted.join(' '));
  const withheld = scopes.filter((scope) => !granted.includes(scope));
  if (withheld.length > 0) grant.rejectResourceScope(resource, withheld.join(' '));
  return { login: { accountId, remember: false }, consent: { grantId: await grant.save() } };
}

function refused(error_description: string): InteractionResults {
  return { error: 'access_denied', error_description };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

const maxFormLength = 4_096;

async function readForm(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += String(chunk);
    if (text.length > maxFormLength) throw new TypeError('The form is too long.');
  }
  return text;
}

function show(response: ServerResponse, status: number, page: string): void {
  response.writeHead(status, pageHeaders);
  response.end(page);
}
