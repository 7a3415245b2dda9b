/** Collects what validation finds, with the place of each finding in the author's text. */
import { OattyError } from '@oatty/types';
import type { Violation } from '@oatty/types';
import { formatPath } from '../schema/format-path.ts';
import { adviseOnUntil } from './advise-on-until.ts';
import type { ManifestDocument, ManifestPath, SourcePosition } from './manifest-document.ts';
import { readPath, toPathKey } from './manifest-path.ts';
import type { MisnamedKey } from './misnamed-keys.ts';
import type { ViolationRule, WarningRule } from './validation-rules.ts';

export interface Finding<Rule> {
  readonly path: ManifestPath;
  readonly rule: Rule;
  readonly message: string;
  readonly expected?: unknown;
  readonly actual?: unknown;
  readonly suggestion?: string | undefined;
  /** Points at the key instead of the value. */
  readonly target?: 'key';
  /** Points inside the string at the path. */
  readonly offset?: number;
}

/** By root: `inputs`, `steps`. */
type NamesIn = Readonly<Record<string, ReadonlySet<string>>>;

export class ValidationReport {
  readonly #document: ManifestDocument;
  readonly #violations: { readonly path: ManifestPath; readonly violation: Violation }[] = [];
  readonly #warnings: Violation[] = [];
  #namesIn: NamesIn = {};
  /** What the author wrote in place of the last key of a path. */
  #writtenKeys: ReadonlyMap<string, string> = new Map();

  constructor(document: ManifestDocument) {
    this.#document = document;
  }

  /** What expressions can name. A bare name of these is advised on. */
  nameParts(names: NamesIn): void {
    this.#namesIn = names;
  }

  /** Keys with a wrong name are read as the ones that they stand for; their places are those that the author knows. */
  readAs(renamed: readonly MisnamedKey[]): void {
    const keys = renamed.map(({ parent, meant, key }) => [toPathKey([...parent, meant]), key] as const);
    this.#writtenKeys = new Map(keys);
  }

  violation(finding: Finding<ViolationRule>): void {
    this.#violations.push({ path: finding.path, violation: this.#toViolation(finding) });
  }

  warning(finding: Finding<WarningRule>): void {
    this.#warnings.push(this.#toViolation(finding));
  }

  /** A text that does not parse. @throws whatever is no mistake in an expression */
  badExpression(path: ManifestPath, thrown: unknown): void {
    const error = OattyError.from(thrown);
    if (error.code !== 'EXPRESSION_INVALID' && error.code !== 'LIMIT_EXCEEDED') throw error;
    const { context = {} } = error.options;
    const { position, name } = context;
    const root = Object.entries(this.#namesIn).find(([, names]) => names.has(String(name)))?.[0];
    const own = root === undefined ? this.#adviseOnUntil(path, context) : `Write "${root}.${String(name)}".`;
    this.violation({
      path,
      rule: 'expression_invalid',
      message: error.message,
      suggestion: own ?? error.options.suggestedAction,
      ...(typeof position === 'number' && { offset: position }),
    });
  }

  /** In the order of the text. What is wrong inside a value of a wrong shape is no second mistake. */
  finish(): { readonly violations: readonly Violation[]; readonly warnings: readonly Violation[] } {
    const misshapen = new Set(
      this.#violations.flatMap(({ path, violation }) => (violation.rule === 'schema' ? toPathKey(path) : [])),
    );
    const violations = this.#violations
      .filter(({ path }) => !path.some((_, length) => misshapen.has(toPathKey(path.slice(0, length)))))
      .map(({ violation }) => violation);
    return { violations: violations.toSorted(byPlace), warnings: this.#warnings.toSorted(byPlace) };
  }

  #adviseOnUntil(path: ManifestPath, facts: Readonly<Record<string, unknown>>): string | undefined {
    if (path.at(-1) !== 'until') return undefined;
    const id = readPath(this.#document.value, [...this.#toWritten(path.slice(0, 2)), 'id']);
    return typeof id === 'string' ? adviseOnUntil(id, facts) : undefined;
  }

  #toViolation({ path, rule, message, expected, actual, suggestion, ...at }: Finding<string>): Violation {
    const place = this.#locate(path, at);
    return {
      path: formatPath(path),
      rule,
      message,
      ...(expected !== undefined && { expected }),
      ...(actual !== undefined && { actual }),
      ...(place && { line: place.line, column: place.column }),
      ...(suggestion !== undefined && { suggestion }),
    };
  }

  /** What is not there is shown at the nearest thing around it. */
  #locate(
    path: ManifestPath,
    { target, offset = 0 }: Pick<Finding<string>, 'target' | 'offset'>,
  ): SourcePosition | undefined {
    const exact = this.#document.locate(this.#toWritten(path), target ?? 'value');
    if (exact?.inside !== undefined && offset > 0) return exact.inside(offset);
    if (exact !== undefined || path.length === 0) return exact;
    return this.#locate(path.slice(0, -1), {});
  }

  #toWritten(path: ManifestPath): ManifestPath {
    if (this.#writtenKeys.size === 0) return path;
    return path.map((key, index) => this.#writtenKeys.get(toPathKey(path.slice(0, index + 1))) ?? key);
  }
}

// --- internal ---

function byPlace(first: Violation, second: Violation): number {
  const lines = (first.line ?? 0) - (second.line ?? 0);
  return lines === 0 ? (first.column ?? 0) - (second.column ?? 0) : lines;
}
