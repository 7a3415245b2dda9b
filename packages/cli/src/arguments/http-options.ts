/** Options of a server over HTTP. Each can be an environment variable too: `--auth-issuer` is `OATTY_HTTP_AUTH_ISSUER`. */
import type { OptionSpec } from '../cli-command.ts';

export const defaultHost = '127.0.0.1';
export const defaultPort = 62_889;

export const httpOptions = {
  host: { type: 'string', value: 'ADDRESS', description: `Address to listen on; default ${defaultHost}.` },
  port: {
    type: 'string',
    value: 'N',
    description: `Port to listen on; default ${defaultPort}, 0 for a free one.`,
  },
  'public-url': {
    type: 'string',
    value: 'URL',
    description: 'The endpoint as clients reach it: https://oatty.example.com/mcp.',
  },
  'allowed-host': {
    type: 'string',
    value: 'NAME',
    multiple: true,
    description: 'Host name, besides that of --public-url, that requests may be sent to.',
  },
  'allowed-origin': {
    type: 'string',
    value: 'ORIGIN',
    multiple: true,
    description: 'Web pages that may connect: https://app.example.com.',
  },
  'auth-issuer': {
    type: 'string',
    value: 'URL',
    description: 'Authorization server. Everybody then needs a bearer token; beyond loopback it is needed.',
  },
  'auth-audience': {
    type: 'string',
    value: 'TEXT',
    description: 'What tokens must be for; default the public URL.',
  },
  'auth-jwks-url': {
    type: 'string',
    value: 'URL',
    description: 'Its keys; default what its metadata says.',
  },
  'auth-token-type': {
    type: 'string',
    choices: ['at+jwt', 'jwt'],
    description: 'Default at+jwt; jwt also takes access tokens that are not marked as such.',
  },
  'auth-algorithm': {
    type: 'string',
    value: 'NAME',
    multiple: true,
    description: 'Signature that counts, such as ES256; default all with a pair of keys.',
  },
  limit: {
    type: 'string',
    value: 'NAME=N',
    multiple: true,
    description: 'Bound such as requests-per-second=50; specs/MCP.md has all.',
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;

export type HttpOptionName = keyof typeof httpOptions;

/** `auth-issuer` → `OATTY_HTTP_AUTH_ISSUER` */
export function toHttpVariable(option: string): string {
  return `OATTY_HTTP_${option.replaceAll('-', '_').toUpperCase()}`;
}
