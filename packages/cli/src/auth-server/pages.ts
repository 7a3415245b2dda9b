/** The pages of the development server: plain HTML, which loads nothing and runs nothing. */
import type { DevUser } from './dev-users.ts';

export interface ConsentQuestion {
  /** Where the answer goes. */
  readonly action: string;
  readonly client: string;
  /** Where the client is described: a name says anything, an address belongs to somebody. */
  readonly clientAddress: string | undefined;
  readonly redirectUri: string;
  readonly resource: string;
  readonly scopes: readonly string[];
  readonly choices: readonly {
    readonly user: DevUser;
    /** Of the scopes that are asked for. */
    readonly granted: readonly string[];
  }[];
}

/** Nobody is chosen before a person chooses. */
export function toConsentPage(question: ConsentQuestion): string {
  const { action, client, clientAddress, redirectUri, resource, scopes, choices } = question;
  const rows = choices.map(
    ({ user, granted }) =>
      `<label><input type="radio" name="user" value="${escape(user.name)}" required>
        <b>${escape(user.name)}</b> (${user.role}) ${granted.length === 0 ? 'gives nothing of it' : `gives ${escape(granted.join(' '))}`}</label>`,
  );
  return toPage(
    'Who are you?',
    `<p><b>${escape(client)}</b>${clientAddress === undefined ? '' : ` (<code>${escape(clientAddress)}</code>)`} asks to use <code>${escape(resource)}</code> with
      <code>${escape(scopes.join(' ') || 'no scope')}</code>, and is answered at
      <code>${escape(redirectUri)}</code>.</p>
    <form method="post" action="${escape(action)}">
      <fieldset><legend>Log in as</legend>${rows.join('')}</fieldset>
      <button name="decision" value="allow">Allow</button>
      <button name="decision" value="deny" formnovalidate>Deny</button>
    </form>
    <p><small>This server is for development. It asks for no password.</small></p>`,
  );
}

export function toErrorPage(reason: string): string {
  return toPage('That did not work', `<p>${escape(reason)}</p><p>Begin again in your client.</p>`);
}

/** With every page: nothing is loaded, and no other page can hold this one in a frame. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
};

// --- internal ---

function toPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title} · oatty auth dev</title><style>${style}</style></head>
<body><main><h1>${title}</h1>${body}</main></body></html>
`;
}

const style = `:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
main { max-width: 40rem; margin: 4rem auto; padding: 0 1rem }
fieldset { border: 1px solid #888; border-radius: .5rem; margin: 0 0 1rem }
label { display: block; padding: .25rem } code { overflow-wrap: anywhere }
button { font: inherit; padding: .4rem 1.2rem; margin-right: .5rem }`;

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
