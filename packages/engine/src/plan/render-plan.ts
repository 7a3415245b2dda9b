/**
 * The steps with their templates filled in as far as that is possible before or during a run.
 *
 *   R1. What only the run can tell stays template text and is listed in `unresolved`.
 *   R2. So does what fails to render with the inputs given; it fails at run time too unless they change.
 *   R3. Secrets are shown as `[secret]`.
 */
import { OattyError } from '@oatty/types';
import type { Workflow } from '@oatty/types';
import { renderPreview } from '../expression/render-preview.ts';
import type { Unresolved } from '../expression/render-preview.ts';
import type { Scope, StepValue } from '../expression/scope.ts';
import { templateReferences } from '../input/order-inputs.ts';
import { maskSecretInputs, secretMark } from '../input/secret-inputs.ts';
import { conditionText } from './build-plan.ts';
import { stepDependencies } from './step-dependencies.ts';
import { listStrings } from './step-texts.ts';

export interface RenderedPlan {
  readonly workflow_id: string;
  /** In the order of declaration. */
  readonly rendered_steps: readonly RenderedStep[];
  readonly rendered_final_output: unknown;
  readonly unresolved: readonly Unresolved[];
}

export interface RenderedStep {
  readonly step_id: string;
  readonly run: string;
  readonly depends_on: readonly string[];
  readonly condition: string | null;
  readonly with: Readonly<Record<string, unknown>>;
  /** `null` when the step has none. */
  readonly body: unknown;
}

export interface RenderPlanValues {
  /** An optional input that was not given is `null`. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Outputs that are there already. */
  readonly stepOutputs?: ReadonlyMap<string, unknown>;
}

export function renderPlan(workflow: Workflow, values: RenderPlanValues): RenderedPlan {
  const rendering = new Rendering(workflow, values);
  const rendered_steps = workflow.steps.map((step, index) => ({
    step_id: step.id,
    run: step.run,
    depends_on: stepDependencies(step).gates,
    condition: conditionText(step),
    with: Object.fromEntries(
      Object.entries(step.with ?? {}).map(([name, value]) => [
        name,
        rendering.render(value, `$.steps[${index}].with.${name}`),
      ]),
    ),
    body: rendering.render(step.body ?? null, `$.steps[${index}].body`),
  }));
  const rendered_final_output = rendering.render(workflow.final_output ?? null, '$.final_output');
  return {
    workflow_id: workflow.workflow,
    rendered_steps,
    rendered_final_output,
    unresolved: rendering.unresolved,
  };
}

// --- internal ---

class Rendering {
  readonly unresolved: Unresolved[] = [];
  readonly #scope: Scope;

  constructor(workflow: Workflow, { inputs, env, stepOutputs }: RenderPlanValues) {
    const steps = workflow.steps.map(({ id }): [string, StepValue] => [
      id,
      stepOutputs?.has(id) === true
        ? { status: 'available', output: stepOutputs.get(id) }
        : { status: 'unavailable', reason: 'has not run' },
    ]);
    const responses = workflow.steps.map(({ id }): [string, StepValue] => [
      id,
      { status: 'unavailable', reason: 'has not run' },
    ]);
    this.#scope = {
      inputs: maskSecretInputs(workflow, inputs),
      ...(env && { env }),
      steps: new Map(steps),
      responses: new Map(responses),
      secrets: maskSecrets(workflow),
    };
  }

  render(value: unknown, path: string): unknown {
    try {
      const rendered = renderPreview(value, this.#scope, path);
      this.unresolved.push(...rendered.unresolved);
      return rendered.value;
    } catch (thrown) {
      const error = OattyError.from(thrown);
      if (error.code !== 'EXPRESSION_FAILED') throw error;
      const { location, expression } = error.options.context ?? {};
      this.unresolved.push({
        path: typeof location === 'string' ? location : path,
        expression: String(expression),
      });
      return value;
    }
  }
}

function maskSecrets(workflow: Workflow): ReadonlyMap<string, string> {
  const texts = workflow.steps.flatMap((step) => [...listStrings(step.with), ...listStrings(step.body)]);
  const names = texts.flatMap(({ text }) =>
    templateReferences(text).flatMap(({ root, segments: [name] }) =>
      root === 'secrets' && typeof name === 'string' ? [name] : [],
    ),
  );
  return new Map(names.map((name) => [name, secretMark]));
}
