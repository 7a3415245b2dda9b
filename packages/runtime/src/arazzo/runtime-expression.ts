/**
 * Runtime expressions of Arazzo (`$steps.buy.outputs.id`) → expressions of a manifest (`steps.buy.ticketId`).
 *
 *   X1. A step of ours has one output, the body of its response. So an output of an Arazzo step is the place in that
 *       body which it names, written out wherever it is read.
 *   X2. Status and headers are read of the response of a call; a step that runs a workflow has none.
 *   X3. What a manifest cannot read (the request, the address) has a reason instead, never a guess.
 */
import { isCredential } from '@oatty/engine';
import { fromPointer } from './read-shape.ts';
import { toPathText } from './path-text.ts';

/** An expression of a manifest, or why there is none. */
export type Translation = { readonly text: string } | { readonly reason: string };

export interface ConvertedStep {
  /** Its id in the manifest. */
  readonly id: string;
  /** By the name that the document gives. */
  readonly outputs: ReadonlyMap<string, Translation>;
}

export interface ExpressionScope {
  /** Id in the manifest of the step whose response is `$response`; absent where there is none yet. */
  readonly response?: string;
  /** Of a step that runs a workflow: what that workflow gives, `$outputs`. */
  readonly outputs?: ReadonlySet<string>;
  /** Name in the document → name in the manifest. */
  readonly inputs: ReadonlyMap<string, string>;
  /** Steps before this place, by their id in the document. */
  readonly steps: ReadonlyMap<string, ConvertedStep>;
}

/** Text that begins with `$` and is no expression (`$5`) is text. */
export function isRuntimeExpression(text: string): boolean {
  return roots.test(text) && !/\s/.test(text);
}

export function translateExpression(text: string, scope: ExpressionScope): Translation {
  const [path = '', ...pointers] = text.split('#');
  const pointer = pointers.join('#');
  if (pointer !== '' && !pointer.startsWith('/')) return { reason: `"${text}" does not parse` };
  const rest = fromPointer(pointer);
  const [, root = '', tail = ''] = /^\$([A-Za-z]+)(.*)$/s.exec(path) ?? [];
  switch (root) {
    case 'inputs':
      return inNamed(text, tail, rest, (name) => toInput(scope, name));
    case 'steps':
      return fromStep(text, tail, rest, scope);
    case 'response':
      return fromResponse(text, tail, rest, scope);
    case 'statusCode':
      return tail === '' && pointer === ''
        ? fromCall(text, ['status'], scope)
        : { reason: `"${text}" does not parse` };
    case 'outputs':
      return inNamed(text, tail, rest, (name) => toOutput(scope, name));
    default:
      return { reason: `"${text}" cannot be read in a manifest` };
  }
}

// --- internal ---

const roots =
  /^\$(?:url|method|statusCode|request|response|message|inputs|outputs|steps|workflows|sourceDescriptions|components|self)(?![\w-])/;

function toInput(scope: ExpressionScope, name: string): Translation | undefined {
  const own = scope.inputs.get(name);
  return own === undefined ? undefined : { text: toPathText('inputs', [own]) };
}

function toOutput({ response, outputs }: ExpressionScope, name: string): Translation | undefined {
  if (response === undefined || outputs?.has(name) !== true) return undefined;
  return { text: toPathText('steps', [response, name]) };
}

/** `.id.outputs.name…`; ids and names may hold dots. */
function fromStep(text: string, tail: string, rest: readonly string[], scope: ExpressionScope): Translation {
  const at = tail.indexOf('.outputs');
  const step = at === -1 ? undefined : scope.steps.get(tail.slice(1, at));
  if (at === -1) return { reason: `"${text}" does not name an output of a step` };
  if (step === undefined) return { reason: `"${text}" names a step that does not run before this place` };
  return inNamed(text, tail.slice(at + '.outputs'.length), rest, (name) => step.outputs.get(name));
}

function fromResponse(
  text: string,
  tail: string,
  rest: readonly string[],
  scope: ExpressionScope,
): Translation {
  const [, header] = /^\.header\.([!#$%&'*+.^`|~\w-]+)$/.exec(tail) ?? [];
  if (header !== undefined && rest.length === 0) return fromHeader(text, header.toLowerCase(), scope);
  if (!/^\.body(?![\w-])/.test(tail)) return { reason: `"${text}" cannot be read in a manifest` };
  if (scope.response === undefined) return { reason: `"${text}" has no response before it` };
  return inPath(toPathText('steps', [scope.response]), tail.slice('.body'.length), rest, text);
}

function fromHeader(text: string, name: string, scope: ExpressionScope): Translation {
  if (isCredential(name)) return { reason: `"${text}" is a credential, which is never kept` };
  return fromCall(text, ['headers', name], scope);
}

/** X2 */
function fromCall(
  text: string,
  keys: readonly string[],
  { response, outputs }: ExpressionScope,
): Translation {
  if (response === undefined) return { reason: `"${text}" has no response before it` };
  if (outputs !== undefined) return { reason: `"${text}" is of a step that runs a workflow` };
  return { text: toPathText('responses', [response, ...keys]) };
}

/** The longest beginning of the path that is a known name, and the rest as a path into its value. */
function inNamed(
  text: string,
  tail: string,
  rest: readonly string[],
  find: (name: string) => Translation | undefined,
): Translation {
  const path = tail.slice(1);
  for (let end = path.length; end > 0; end = lastStop(path, end)) {
    const found = find(path.slice(0, end));
    if (found === undefined) continue;
    return 'text' in found ? inPath(found.text, path.slice(end), rest, text) : found;
  }
  return { reason: `"${text}" names nothing that is declared` };
}

function lastStop(path: string, end: number): number {
  return Math.max(path.lastIndexOf('.', end - 1), path.lastIndexOf('[', end - 1), 0);
}

/** `.a[0].b` behind a root. */
function inPath(root: string, path: string, rest: readonly string[], text: string): Translation {
  const segments = [...path.matchAll(/\.([^.[\]]+)|\[(\d+)\]/gy)];
  const length = segments.reduce((sum, [whole]) => sum + whole.length, 0);
  if (length !== path.length) return { reason: `"${text}" does not parse` };
  const keys = [...segments.map(([, name, index]) => name ?? index ?? ''), ...rest];
  if (keys.length > 0 && !/^[\w.[\]"-]+$/.test(root)) return { text: toPathText(`(${root})`, keys) };
  return { text: toPathText(root, keys) };
}
