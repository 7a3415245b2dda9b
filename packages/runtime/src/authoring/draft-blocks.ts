/**
 * Puts what was written for one block into the draft. Pure.
 *
 *   B1. A block brings its own keys and leaves the others as they are.
 *   B2. Whoever writes the whole manifest when a part was asked for has written the whole manifest.
 *   B3. Violations outside of a block wait for the others: they may go away.
 */
import type { Violation } from '@oatty/types';
import type { DraftBlock, ProviderCandidate } from './draft.ts';

export type Manifest = Readonly<Record<string, unknown>>;

/** Which keys a block brings. The other keys of a manifest go with the inputs. */
const stepKeys: readonly string[] = ['steps', 'final_output', 'max_parallel', 'timeout'];
const providerKeys: readonly string[] = [
  'provider',
  'provider_args',
  'depends_on',
  'select',
  'on_error',
  'cache_ttl_sec',
];

export function isManifest(value: unknown): value is Manifest {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** B2 */
export function isWhole(block: DraftBlock, value: Manifest): boolean {
  return block === 'manifest' || (typeof value['workflow'] === 'string' && Array.isArray(value['steps']));
}

/** @param value - what the text of the block says */
export function mergeBlock(block: DraftBlock, draft: Manifest, value: Manifest): Manifest {
  switch (block) {
    case 'inputs':
      return { ...omit(value, stepKeys), ...pick(draft, stepKeys) };
    case 'steps':
      return { ...draft, ...pick(value, stepKeys) };
    case 'providers':
      return {
        ...draft,
        inputs: mergeProviders(toRecord(draft['inputs']), toRecord(value['inputs'] ?? value)),
      };
    case 'manifest':
      return value;
  }
}

/** B3 */
export function violationsOf(block: DraftBlock, violations: readonly Violation[]): readonly Violation[] {
  switch (block) {
    case 'inputs':
      return violations.filter(
        ({ path, rule }) => !isOfSteps(path) && !(path === '$' && rule === 'required'),
      );
    case 'steps':
      return violations.filter(({ path }) => isOfSteps(path));
    case 'providers':
      return violations.filter(({ path }) => path.startsWith('$.inputs'));
    case 'manifest':
      return violations;
  }
}

/**
 * Inputs that go straight into a parameter for which a command offers values.
 *
 * @param providerOf - parameter of a command → the command that lists its values
 */
export function findProviderCandidates(
  draft: Manifest,
  providerOf: (commandId: string, parameter: string) => string | undefined,
): readonly ProviderCandidate[] {
  const inputs = toRecord(draft['inputs']);
  const found = new Map<string, string>();
  for (const step of Array.isArray(draft['steps']) ? draft['steps'].filter(isManifest) : []) {
    for (const [parameter, value] of Object.entries(toRecord(step['with']))) {
      const name = typeof value === 'string' ? wholeInput.exec(value)?.[1] : undefined;
      if (name === undefined || !Object.hasOwn(inputs, name) || hasProvider(inputs[name])) continue;
      const provider = providerOf(String(step['run']), parameter);
      if (provider !== undefined) found.set(name, provider);
    }
  }
  return [...found].map(([input, provider]) => ({ input, provider }));
}

// --- internal ---

const wholeInput = /^\s*\$\{\{\s*inputs\.([\w-]+)\s*\}\}\s*$/;

function isOfSteps(path: string): boolean {
  return stepKeys.some(
    (key) => path === `$.${key}` || path.startsWith(`$.${key}.`) || path.startsWith(`$.${key}[`),
  );
}

function hasProvider(input: unknown): boolean {
  return isManifest(input) && (input['provider'] ?? null) !== null;
}

function mergeProviders(inputs: Manifest, written: Manifest): Manifest {
  const merged = Object.entries(inputs).map(([name, input]) => [
    name,
    {
      ...toRecord(input),
      ...pick(toRecord(Object.hasOwn(written, name) ? written[name] : {}), providerKeys),
    },
  ]);
  return Object.fromEntries(merged);
}

function toRecord(value: unknown): Manifest {
  return isManifest(value) ? value : {};
}

function pick(value: Manifest, keys: readonly string[]): Manifest {
  return Object.fromEntries(Object.entries(value).filter(([key]) => keys.includes(key)));
}

function omit(value: Manifest, keys: readonly string[]): Manifest {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}
