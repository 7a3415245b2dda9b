/** A workflow must not run itself, neither directly nor through others. */
import type { SavedWorkflows, Scene } from './scene.ts';

export function checkSubWorkflows({ draft, steps, workflows, report }: Scene): void {
  const own = draft.workflow;
  if (own === undefined) return;
  for (const { step, path, label } of steps) {
    const called = calledWorkflow(step.run);
    const chain = called === undefined ? undefined : findChain(called, own, workflows);
    if (chain === undefined) continue;
    report.violation({
      path: [...path, 'run'],
      rule: 'workflow_recursion',
      message: `Step "${label}" makes the workflow run itself: ${[own, ...chain].join(' → ')}.`,
      actual: step.run,
    });
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
