/** Behind the words of a command: its options, their values, its positionals. */
import type { OptionSpec } from '../cli-command.ts';
import { nothing, toCompletion } from './completion.ts';
import type { Completion } from './completion.ts';

/** A command of ours, or an imported one, as far as completion goes. */
export interface ArgumentSpecs {
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** The value of an option without fixed ones. */
  optionValues(name: string, spec: OptionSpec): Promise<Completion>;
  /** @param index - from 0 */
  positionalValues(index: number): Promise<Completion>;
}

/** @param args - whole words before the cursor */
export async function completeArguments(
  specs: ArgumentSpecs,
  args: readonly string[],
  current: string,
): Promise<Completion> {
  const { pending, positionals, given, isClosed } = readArguments(specs.options, args);
  if (pending !== undefined) return valuesOf(pending, specs);
  const [, inline] = (!isClosed && /^--([^=]+)=/.exec(current)) || [];
  if (inline !== undefined) return prefix(await valuesOf(inline, specs), `--${inline}=`);
  if (isClosed || !current.startsWith('-')) return specs.positionalValues(positionals);
  const open = Object.entries(specs.options).filter(([name, { multiple }]) => multiple || !given.has(name));
  return toCompletion(open.map(([name, { description }]) => ({ value: `--${name}`, description })));
}

// --- internal ---

interface GivenArguments {
  /** The option whose value comes next. */
  readonly pending: string | undefined;
  /** How many positionals there are. */
  readonly positionals: number;
  readonly given: ReadonlySet<string>;
  /** Behind `--` everything is a positional. */
  readonly isClosed: boolean;
}

function readArguments(options: ArgumentSpecs['options'], args: readonly string[]): GivenArguments {
  const given = new Set<string>();
  let pending: string | undefined;
  let positionals = 0;
  let isClosed = false;
  for (const arg of args) {
    if (pending !== undefined) pending = undefined;
    else if (isClosed || !arg.startsWith('--')) positionals += 1;
    else if (arg === '--') isClosed = true;
    else {
      const [name = '', value] = arg.slice(2).split('=', 2);
      given.add(name);
      if (value === undefined && find(options, name)?.type === 'string') pending = name;
    }
  }
  return { pending, positionals, given, isClosed };
}

async function valuesOf(name: string, specs: ArgumentSpecs): Promise<Completion> {
  const spec = find(specs.options, name);
  if (spec === undefined) return nothing;
  if (spec.choices) return toCompletion(spec.choices.map((value) => ({ value })));
  return specs.optionValues(name, spec);
}

function find(options: ArgumentSpecs['options'], name: string): OptionSpec | undefined {
  return Object.hasOwn(options, name) ? options[name] : undefined;
}

function prefix({ candidates, files }: Completion, text: string): Completion {
  return {
    files,
    candidates: candidates.map((candidate) => ({ ...candidate, value: text + candidate.value })),
  };
}
