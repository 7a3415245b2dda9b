/**
 * YAML (and JSON, which is YAML too) → plain values, with the places of their parts.
 *
 * The tree is turned into values here and not by the library, whose own conversion follows aliases without counting
 * what they stand for and takes time in the square of the number of keys.
 */
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Document, Node, Pair, YAMLMap } from 'yaml';
import { OattyError } from '@oatty/types';
import { offsetInSource } from './offset-in-source.ts';
import { toParseError } from './parse-error.ts';
import type { ParsedWorkflowText, TextLimits, TextLocation, TextPosition } from './parse-workflow-text.ts';
import { explainYaml } from './yaml-advice.ts';

/** @throws {OattyError} `WORKFLOW_PARSE_FAILED`, `LIMIT_EXCEEDED` */
export function readYaml(content: string, limits: TextLimits): Omit<ParsedWorkflowText, 'format'> {
  const { document, positionAt } = parseYaml(content);
  const reader = new TreeReader(limits, positionAt);
  const value = reader.toValue(document.contents, 0);
  return {
    value,
    locate(path, target = 'value') {
      if (path.length === 0 && document.contents === null) return positionAt(0);
      const found = findNode(document.contents, path, reader.anchors);
      const node = target === 'key' ? (found?.key ?? found?.value) : found?.value;
      return node?.range ? toLocation(content, node, positionAt) : undefined;
    },
  };
}

/** @throws {OattyError} `WORKFLOW_PARSE_FAILED`, `LIMIT_EXCEEDED` */
export function parseYaml(content: string): {
  readonly document: Document.Parsed;
  readonly positionAt: (offset: number) => TextPosition;
} {
  const lineCounter = new LineCounter();
  const document = parseDocument(content, {
    lineCounter,
    prettyErrors: false,
    uniqueKeys: false,
    stringKeys: true,
    logLevel: 'error',
  });
  const byteOrderMark = content.startsWith('\uFEFF') ? 1 : 0;
  const positionAt = (offset: number): TextPosition => {
    const { line, col } = lineCounter.linePos(offset);
    return { line, column: Math.max(1, line === 1 ? col - byteOrderMark : col) };
  };
  const exhausted = document.errors.some((error) => error.code === 'RESOURCE_EXHAUSTION');
  if (exhausted) throw tooMuch('maxDepth', 'is nested too deeply');
  const flaw = document.errors[0] ?? document.warnings[0];
  if (flaw !== undefined) {
    const { reason, advice } = explainYaml(flaw, content);
    throw toParseError(reason, positionAt(flaw.pos[0]), advice);
  }
  return { document, positionAt };
}

// --- internal ---

type Tree = Node | null;

class TreeReader {
  /** The nodes that aliases name. A name that is given again means the newer node from there on. */
  readonly anchors = new Map<string, Node>();
  readonly #limits: TextLimits;
  readonly #positionAt: (offset: number) => TextPosition;
  #values = 0;

  constructor(limits: TextLimits, positionAt: (offset: number) => TextPosition) {
    this.#limits = limits;
    this.#positionAt = positionAt;
  }

  toValue(node: Tree, depth: number): unknown {
    this.#values += 1;
    if (this.#values > this.#limits.maxValues)
      throw tooMuch('maxValues', `has more than ${this.#limits.maxValues} values`);
    if (depth > this.#limits.maxDepth)
      throw tooMuch('maxDepth', `is nested more than ${this.#limits.maxDepth} levels deep`);
    if (isAlias(node)) return this.toValue(this.#resolve(node.source, node), depth + 1);
    if (node !== null && 'anchor' in node && node.anchor !== undefined) this.anchors.set(node.anchor, node);
    if (isMap(node)) return this.#toObject(node, depth);
    if (isSeq(node)) return node.items.map((item) => this.toValue(item as Tree, depth + 1));
    return isScalar(node) ? node.value : null;
  }

  #toObject(map: YAMLMap, depth: number): Record<string, unknown> {
    const keys = new Set<string>();
    const entries = map.items.map((pair) => {
      const key = keyOf(pair);
      if (keys.has(key))
        throw toParseError(
          `the key "${key}" stands twice in one map`,
          this.#at(pair.key as Tree),
          `Remove one of the two "${key}".`,
        );
      keys.add(key);
      return [key, this.toValue(pair.value as Tree, depth + 1)] as const;
    });
    return Object.fromEntries(entries);
  }

  #resolve(name: string, alias: Node): Node {
    const node = this.anchors.get(name);
    if (node !== undefined) return node;
    throw toParseError(`the alias *${name} has no anchor before it`, this.#at(alias));
  }

  #at(node: Tree): TextPosition {
    return this.#positionAt(node?.range?.[0] ?? 0);
  }
}

function tooMuch(limit: keyof TextLimits, message: string): OattyError {
  return new OattyError('LIMIT_EXCEEDED', `The workflow ${message}.`, { context: { limit } });
}

/** Keys are texts: the parser was told so. */
function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : '';
}

function findNode(
  root: Tree,
  path: readonly (string | number)[],
  anchors: ReadonlyMap<string, Node>,
): { readonly key?: Tree; readonly value: Tree } | undefined {
  let found: { readonly key?: Tree; readonly value: Tree } = { value: root };
  for (const segment of path) {
    const inside = isAlias(found.value) ? (anchors.get(found.value.source) ?? null) : found.value;
    const next = childOf(inside, segment);
    if (next === undefined) return undefined;
    found = next;
  }
  return found;
}

function childOf(
  node: Tree,
  segment: string | number,
): { readonly key?: Tree; readonly value: Tree } | undefined {
  if (isSeq(node)) {
    const item = typeof segment === 'number' ? (node.items[segment] as Tree | undefined) : undefined;
    return item === undefined ? undefined : { value: item };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find((candidate) => keyOf(candidate) === String(segment));
  return pair && { key: pair.key as Tree, value: pair.value as Tree };
}

function toLocation(content: string, node: Node, positionAt: (offset: number) => TextPosition): TextLocation {
  const [start, end] = node.range ?? [0, 0];
  const place = positionAt(start);
  const { value } = isScalar(node) ? node : {};
  if (typeof value !== 'string') return place;
  const source = content.slice(start, end);
  return { ...place, inside: (offset) => positionAt(start + offsetInSource(source, value, offset)) };
}
