/**
 * Paths into the status and the headers of an answer: `responses.<id>.status`, `responses.<id>.headers.location`.
 *
 *   R1. Only commands that are called over HTTP have them.
 *   R2. Those of a `for_each` are a list in item order; only its own `until` sees those of one item.
 *   R3. Names of headers are in lower case, and some headers are never kept.
 */
import { didYouMean } from '@oatty/types';
import { isCredential } from '../run/step-response.ts';
import type { ReferenceAt } from './check-output-paths.ts';
import type { Scene, StepScene } from './scene.ts';
import { isEach, toPathKeys } from './step-output.ts';

export function checkResponsePath(scene: Scene, at: ReferenceAt, target: StepScene): void {
  const problem = findProblem(at, target);
  if (problem === undefined) return;
  const { text, reference } = at;
  scene.report.violation({
    path: text.path,
    rule: 'step_template_output_path_missing',
    message: `"${reference.text}": ${problem.message}`,
    ...(problem.expected && { expected: problem.expected }),
    suggestion: problem.suggestion,
    offset: reference.start,
  });
}

// --- internal ---

interface Problem {
  readonly message: string;
  readonly expected?: readonly string[];
  readonly suggestion: string;
}

const parts = ['status', 'headers'];

function findProblem({ text, reference, step }: ReferenceAt, target: StepScene): Problem | undefined {
  const { found, label } = target;
  const name = `responses.${label}`;
  if (found !== undefined && found.command.execution.kind !== 'http') {
    const message = `step "${label}" makes no HTTP call, so it has no status and no headers.`;
    return { message, suggestion: `Read its output: "steps.${label}".` };
  }
  const isList = isEach(target) && !(target === step && text.place === 'until');
  const keys = toPathKeys(reference).slice(1);
  if (isList && typeof keys[0] === 'string') {
    const message = `step "${label}" has a "for_each", so its responses are a list; say which of its items.`;
    return { message, suggestion: `Put an index such as [0] there, or use map(${name}, x, x.status).` };
  }
  const [part, header, ...rest] = isList ? keys.slice(1) : keys;
  if (part === undefined || part === null) return undefined;
  if (!parts.includes(String(part))) {
    const body = [`"steps.${label}" is its body`, ...parts.map((known) => `"${name}.${known}"`)].join(', ');
    const message = `a response has no "${part}".`;
    return { message, expected: parts, suggestion: didYouMean(String(part), parts) ?? `There are: ${body}.` };
  }
  if (part === 'status') return header === undefined ? undefined : nothingInside('a status is a number');
  if (rest.length > 0) return nothingInside('a header is a text');
  return typeof header === 'string' ? findHeaderProblem(name, header) : undefined;
}

function nothingInside(reason: string): Problem {
  return { message: `${reason}, and has nothing inside.`, suggestion: 'Leave out what comes after it.' };
}

/** R3 */
function findHeaderProblem(name: string, header: string): Problem | undefined {
  const lower = header.toLowerCase();
  if (isCredential(lower)) {
    const message = `the header "${lower}" is a credential, and is never kept.`;
    return { message, suggestion: 'Credentials belong to the catalog: "oatty catalog auth".' };
  }
  if (lower === header) return undefined;
  const message = 'the names of headers are in lower case.';
  return { message, suggestion: `Write "${name}.headers['${lower}']".` };
}
