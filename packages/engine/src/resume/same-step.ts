import type { Step } from '@oatty/types';

/** Whether two definitions of a step do the same. How often it is tried, and how long it may take, does not matter. */
export function isSameStep(first: Step, second: Step): boolean {
  return contentOf(first) === contentOf(second);
}

// --- internal ---

function contentOf({
  run,
  with: given,
  body,
  if: condition,
  when,
  for_each,
  repeat,
  depends_on,
}: Step): string {
  const until = repeat?.until ?? null;
  return JSON.stringify([
    run,
    given ?? {},
    body ?? null,
    condition ?? null,
    when ?? null,
    for_each ?? null,
    until,
    (depends_on ?? []).toSorted(),
  ]);
}
