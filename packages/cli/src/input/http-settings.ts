/** Options and environment → how to serve over HTTP. An option wins over its variable. */
import type { HttpLimits, HttpOptions } from '@oatty/mcp';
import { OattyError } from '@oatty/types';
import { defaultHost, defaultPort, httpOptions, toHttpVariable } from '../arguments/http-options.ts';
import type { HttpOptionName } from '../arguments/http-options.ts';
import { parseCount, parsePair, parsePort } from '../arguments/option-values.ts';
import { listOption, textOption } from '../cli-command.ts';
import type { CliContext, ParsedInput } from '../cli-command.ts';

type HttpSettings = Omit<HttpOptions, 'oatty' | 'version' | 'toolNames' | 'log' | 'heartbeatMs'>;

/** @throws {OattyError} `ARGUMENT_INVALID` */
export async function readHttpSettings({ io }: CliContext, input: ParsedInput): Promise<HttpSettings> {
  const { defaultHttpLimits } = await import('@oatty/mcp');
  const text = (name: HttpOptionName) => textOption(input, name) ?? fromVariable(name, io.env);
  const list = (name: HttpOptionName) => {
    const given = listOption(input, name);
    return given.length > 0 ? given : (fromVariable(name, io.env)?.split(/\s*,\s*/) ?? []);
  };
  const publicUrl = text('public-url');
  return {
    host: text('host') ?? defaultHost,
    port: parsePort('port', text('port') ?? `${defaultPort}`),
    ...(publicUrl !== undefined && { publicUrl }),
    allowedHosts: list('allowed-host'),
    allowedOrigins: list('allowed-origin'),
    ...readAuthentication(text, list),
    limits: readLimits(list('limit'), Object.keys(defaultHttpLimits)),
  };
}

/** The first option of HTTP that was given. */
export function givenHttpOption(input: ParsedInput): string | undefined {
  return Object.keys(httpOptions).find((name) => input.options[name] !== undefined);
}

// --- internal ---

function fromVariable(name: HttpOptionName, env: CliContext['io']['env']): string | undefined {
  const value = env[toHttpVariable(name)]?.trim();
  if (value === undefined || value === '') return undefined;
  const spec = httpOptions[name];
  const choices: readonly string[] | undefined = 'choices' in spec ? spec.choices : undefined;
  if (choices === undefined || choices.includes(value)) return value;
  throw new OattyError(
    'ARGUMENT_INVALID',
    `${toHttpVariable(name)} is one of ${choices.join(', ')}, not "${value}".`,
  );
}

function readAuthentication(
  text: (name: HttpOptionName) => string | undefined,
  list: (name: HttpOptionName) => readonly string[],
): Pick<HttpSettings, 'authentication'> {
  const issuer = text('auth-issuer');
  const [audience, jwksUrl, tokenType] = [
    text('auth-audience'),
    text('auth-jwks-url'),
    text('auth-token-type'),
  ];
  const algorithms = list('auth-algorithm');
  if (issuer === undefined) {
    if (audience ?? jwksUrl ?? tokenType ?? algorithms[0]) throw needsIssuer();
    return {};
  }
  return {
    authentication: {
      issuer,
      ...(audience !== undefined && { audience }),
      ...(jwksUrl !== undefined && { jwksUrl }),
      ...(tokenType !== undefined && { tokenType: tokenType === 'jwt' ? 'jwt' : 'at+jwt' }),
      ...(algorithms.length > 0 && { algorithms }),
    },
  };
}

/** @param known - `maxBodyBytes`, … */
function readLimits(pairs: readonly string[], known: readonly string[]): Partial<HttpLimits> {
  const entries = pairs.map((pair) => {
    const [name, value] = parsePair('limit', pair);
    const limit = known.find((key) => toOptionName(key) === name);
    if (limit === undefined) throw unknownLimit(name, known.map(toOptionName));
    return [limit, parseCount(`limit ${name}=`, value)] as const;
  });
  return Object.fromEntries(entries);
}

/** `maxBodyBytes` → `max-body-bytes` */
function toOptionName(limit: string): string {
  return limit.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function unknownLimit(name: string, names: readonly string[]): OattyError {
  return new OattyError('ARGUMENT_INVALID', `There is no limit "${name}".`, {
    suggestedAction: `There are ${names.join(', ')}.`,
    context: { limit: name },
  });
}

function needsIssuer(): OattyError {
  return new OattyError('ARGUMENT_INVALID', 'Options of authentication need --auth-issuer.', {
    suggestedAction: 'Name the authorization server, or leave the other options out.',
  });
}
