/** Whether `oatty mcp --transport http` would start with what the environment says. */
import type { Finding } from '@oatty/runtime';
import { OattyError } from '@oatty/types';
import { httpOptions, toHttpVariable } from '../arguments/http-options.ts';
import type { CliContext } from '../cli-command.ts';
import { readHttpSettings } from './http-settings.ts';

/** Nothing where no variable is about it. */
export async function examineServer(context: CliContext): Promise<Finding[]> {
  const { env } = context.io;
  if (!Object.keys(httpOptions).some((name) => env[toHttpVariable(name)])) return [];
  const found = { area: 'server', subject: 'oatty mcp --transport http' } as const;
  try {
    const settings = await readHttpSettings(context, { positionals: [], options: {} });
    const { checkHttpOptions } = await import('@oatty/mcp');
    checkHttpOptions(settings);
    const who = settings.authentication
      ? `with tokens of ${settings.authentication.issuer}`
      : 'without tokens';
    return [
      { ...found, status: 'ok', message: `It would listen on ${settings.host}:${settings.port} ${who}.` },
    ];
  } catch (thrown) {
    const { message, suggestedAction } = OattyError.from(thrown);
    return [{ ...found, status: 'broken', message, suggested_action: suggestedAction }];
  }
}
