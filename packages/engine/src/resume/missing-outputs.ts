/** What a step reads of kept outputs and does not find there. Pure. */
import type { Step, StepResult } from '@oatty/types';
import type { Reference } from '../expression/analyze-expression.ts';
import { referredStep, textReferences } from '../plan/step-dependencies.ts';
import { listStepTexts } from '../plan/step-texts.ts';

/** Expressions that allow a missing value are left out, and so is what only the run can tell. */
export function listMissingOutputs(
  step: Step,
  results: ReadonlyMap<string, StepResult>,
  running: ReadonlySet<string>,
): readonly string[] {
  const missing = listStepTexts(step)
    .flatMap(textReferences)
    .filter((reference) => {
      const id = referredStep(reference);
      if (id === undefined || id === step.id || running.has(id) || reference.guarded) return false;
      const read = findRead(reference, results.get(id));
      return read === undefined || !hasPath(read.value, reference.segments.slice(1));
    });
  const paths = [...new Set(missing.map(({ text }) => text))];
  return paths.map((text) => `step "${step.id}" reads ${text}, which the kept outputs do not have`);
}

// --- internal ---

/** The output or the response of a step, where it has one. */
function findRead(
  { root }: Reference,
  result: StepResult | undefined,
): { readonly value: unknown } | undefined {
  if (root === 'responses') return result?.response && { value: result.response };
  return result?.status === 'succeeded' ? { value: result.output } : undefined;
}

function hasPath(
  value: unknown,
  segments: readonly (string | number | { readonly dynamic: true })[],
): boolean {
  let inner = value;
  for (const segment of segments) {
    if (typeof segment === 'object') return true;
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, segment)) return false;
    inner = (inner as Readonly<Record<string, unknown>>)[String(segment)]; // it has the key
  }
  return true;
}
