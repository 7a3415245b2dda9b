/** Variables of ours: the ones that are set, and names that nobody reads. */
import { nearestNames } from '@oatty/types';
import { ok, warning } from './finding.ts';
import type { Note } from './finding.ts';

/** What the library reads. A test compares this with the sources. */
export const libraryVariables: readonly string[] = [
  'DATABASE_URL',
  'MCP_CONFIG_PATH',
  'OATTY_LOCAL_ROLE',
  'OATTY_SECRETS_BACKEND',
  'OATTY_STATE_PATH',
  'REGISTRY_CATALOGS_PATH',
  'REGISTRY_CONFIG_PATH',
  'REGISTRY_WORKFLOWS_PATH',
];

export function examineEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  others: readonly string[],
): Note[] {
  const known = [...libraryVariables, ...others];
  const given = Object.keys(env).filter((name) => known.includes(name) || /^(?:OATTY|REGISTRY)_/.test(name));
  return given.sort().flatMap((name) => {
    if (!known.includes(name)) return [unknownVariable(name, known)];
    const value = env[name]?.trim() ?? '';
    if (value === '')
      return [warning(name, 'It is set and empty, which counts as not set.', `Unset ${name}.`)];
    if (name === 'OATTY_SECRETS_BACKEND' && value !== 'env' && value !== 'keychain') {
      return [
        warning(name, `"${value}" is no backend, so the keychain is used.`, 'Set it to env, or unset it.'),
      ];
    }
    if (name === 'OATTY_LOCAL_ROLE' && value !== 'admin') {
      return [
        warning(
          name,
          `"${value}" is no role of its own, so it counts as not set.`,
          'Set it to admin, or unset it.',
        ),
      ];
    }
    return [ok(name, 'It is set.')];
  });
}

// --- internal ---

function unknownVariable(name: string, known: readonly string[]): Note {
  const [nearest] = nearestNames(name, known);
  return warning(
    name,
    'Nothing reads this variable.',
    nearest === undefined ? `Unset ${name}.` : `Did you mean ${nearest}?`,
  );
}
