/** What of a plan a person has to agree to. Pure. */
import type { Plan, PlannedStep } from '@oatty/engine';
import { maxEffect as greaterEffect } from '@oatty/types';
import type { Effect } from '@oatty/types';

/** Steps that do more than `limit` and may run; without a limit there are none. */
export function stepsToConfirm({ steps }: Plan, limit: Effect | undefined): readonly PlannedStep[] {
  if (limit === undefined) return [];
  return steps.filter(({ effect, will_run }) => will_run !== false && greaterEffect(effect, limit) !== limit);
}

/** `drop (shop orders:delete), note (shop notes:create)` */
export function nameSteps(steps: readonly PlannedStep[]): string {
  return steps.map(({ step_id, run }) => `${step_id} (${run})`).join(', ');
}
