/** A workflow must not run itself, neither directly nor through others, and what it runs must be able to run. */
import type { SavedWorkflows, Scene } from './scene.ts';

export function checkSubWorkflows({ draft, steps, workflows, report }: Scene): void {
  for (const { step, path, label } of steps) {
    const called = calledWorkflow(step.run);
    if (called === undefined) continue;
    const at = { path: [...path, 'run'], actual: step.run };
    const chain = draft.workflow === undefined ? undefined : findChain(called, draft.workflow, workflows);
    const flaw = workflows?.flawOf?.(called);
    if (chain !== undefined) {
      report.violation({
        ...at,
        rule: 'workflow_recursion',
        message: `Step "${label}" makes the workflow run itself: ${[draft.workflow, ...chain].join(' → ')}.`,
      });
    } else if (flaw !== undefined) {
      report.violation({
        ...at,
        rule: 'sub_workflow_invalid',
        message: `Step "${label}" runs the workflow "${called}", ${flaw}`,
        suggestion: 'Validate and correct that workflow first.',
      });
    }
  }
}

// --- internal ---

/** `workflow ship` → `ship` */
function calledWorkflow(run: string | undefined): string | undefined {
  return run?.startsWith('workflow ') === true ? run.slice('workflow '.length) : undefined;
}

/** The calls that lead from one workflow to another, shortest first. */
function findChain(
  from: string,
  to: string,
  workflows: SavedWorkflows | undefined,
): readonly string[] | undefined {
  const seen = new Set([from]);
  let chains: (readonly string[])[] = [[from]];
  while (chains.length > 0) {
    const found = chains.find((chain) => chain.at(-1) === to);
    if (found !== undefined) return found;
    chains = chains.flatMap((chain) =>
      (workflows?.callsOf(chain.at(-1) ?? '') ?? [])
        .filter((id) => !seen.has(id))
        .map((id) => {
          seen.add(id);
          return [...chain, id];
        }),
    );
  }
  return undefined;
}
