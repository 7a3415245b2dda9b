/** What a command of the command line is: its words, its options, and what it does. */
import type { Oatty, Telemetry } from '@oatty/runtime';
import type { OattyError } from '@oatty/types';
import type { Io } from './io.ts';
import type { TextStyle } from './output/text-style.ts';

export interface CliCommand {
  /** `workflow list` */
  readonly path: string;
  readonly summary: string;
  readonly positionals?: readonly PositionalSpec[];
  readonly options?: Readonly<Record<string, OptionSpec>>;
  /** Shown below the options. */
  readonly notes?: readonly string[];
  readonly examples?: readonly string[];
  /**
   * Its options are those of an imported command, so only that one can tell what is right:
   * everything behind the words arrives in `positionals`, as it was given.
   */
  readonly passThrough?: boolean;
  /** @returns the exit code */
  run(context: CliContext, input: ParsedInput): Promise<number>;
}

export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  /** Shown in help in place of the value: `FILE`, `K=V`. */
  readonly value?: string;
  readonly multiple?: boolean;
  readonly choices?: readonly string[];
  readonly description: string;
}

interface PositionalSpec {
  readonly name: string;
  readonly required: boolean;
  readonly variadic?: boolean;
  readonly description: string;
}

/** Options and positionals as given, checked against their specs. */
export interface ParsedInput {
  readonly positionals: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
}

export interface GlobalFlags {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly noColor: boolean;
  /** Answers every question of the program with yes. */
  readonly yes: boolean;
}

export interface CliContext {
  readonly io: Io;
  readonly flags: GlobalFlags;
  /** Aborts on Ctrl-C. */
  readonly signal: AbortSignal;
  readonly stdoutStyle: TextStyle;
  readonly stderrStyle: TextStyle;
  /** Opens the library once, at the first use. */
  oatty(): Promise<Oatty>;
  /** What the environment asks for; opened once. */
  telemetry(): Promise<Telemetry | undefined>;
  /** Hears of what goes wrong with runs in the background, and has gone wrong; nobody else does. */
  onTrouble(listener: (error: OattyError) => void): void;
  /** The one result: a JSON document with `--json`, else what `toText` makes of it. */
  print<Document>(document: Document, toText: (document: Document, style: TextStyle) => string): void;
  /** A remark for people, on stderr; silent with `--quiet`. */
  note(text: string): void;
}

/** A text option that was given, or `undefined`. */
export function textOption(input: ParsedInput, name: string): string | undefined {
  const value = input.options[name];
  return typeof value === 'string' ? value : undefined;
}

/** All values of an option that may be repeated. */
export function listOption(input: ParsedInput, name: string): readonly string[] {
  const value = input.options[name];
  return Array.isArray(value) ? value : [];
}

export function isSet(input: ParsedInput, name: string): boolean {
  return input.options[name] === true;
}

/** A positional that its spec requires. */
export function requiredPositional(input: ParsedInput, index: number): string {
  return input.positionals[index] ?? '';
}
