/**
 * The steps with their templates filled in as far as that is possible before or during a run.
 *
 *   R1. What only the run can tell stays template text and is listed in `unresolved`.
 *   R2. So does what fails to render with the inputs given; it fails at run time too unless they change.
 *   R3. Secrets are shown as `[secret]`.
 *   R4. The items of a `for_each` are filled in too when its list is known: the first of them, so that it can be read.
 */
import { OattyError } from '@oatty/types';
import type { Step, Workflow } from '@oatty/types';
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
  /** Of a step that has one: the list, or the template text of what only the run can tell. */
  readonly for_each?: unknown;
  /** The first items of a list that is known (R4). */
  readonly items?: readonly RenderedItem[];
}

/** What a step sends for one item; `with` and `body` of the step are templates for all of them then. */
export interface RenderedItem {
  readonly with: Readonly<Record<string, unknown>>;
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
    ...rendering.renderStep(step, `$.steps[${index}]`),
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

/** R4 */
const maxRenderedItems = 20;

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

  renderStep(step: Step, path: string): RenderedItem & Pick<RenderedStep, 'for_each' | 'items'> {
    const { for_each: forEach } = step;
    if (forEach === null || forEach === undefined) return this.#renderItem(step, path, this.#scope);
    const known = this.unresolved.length;
    const list = this.render(toTemplate(forEach), `${path}.for_each`);
    if (!Array.isArray(list) || this.unresolved.length > known) {
      return { ...this.#renderItem(step, path, this.#scope), for_each: forEach };
    }
    const items = list
      .slice(0, maxRenderedItems)
      .map((item: unknown, index) => this.#renderItem(step, path, { ...this.#scope, item, index }));
    return { with: step.with ?? {}, body: step.body ?? null, for_each: list, items };
  }

  #renderItem(step: Step, path: string, scope: Scope): RenderedItem {
    const given = Object.entries(step.with ?? {}).map(([name, value]) => [
      name,
      this.render(value, `${path}.with.${name}`, scope),
    ]);
    return {
      with: Object.fromEntries(given),
      body: this.render(step.body ?? null, `${path}.body`, scope),
    };
  }

  render(value: unknown, path: string, scope: Scope = this.#scope): unknown {
    try {
      const rendered = renderPreview(value, scope, path);
      this.#list(rendered.unresolved);
      return rendered.value;
    } catch (thrown) {
      const error = OattyError.from(thrown);
      if (error.code !== 'EXPRESSION_FAILED') throw error;
      const { location, expression } = error.options.context ?? {};
      this.#list([{ path: typeof location === 'string' ? location : path, expression: String(expression) }]);
      return value;
    }
  }

  /** Once, whatever number of items it is of. */
  #list(found: readonly Unresolved[]): void {
    for (const { path, expression } of found) {
      const isListed = this.unresolved.some(
        (listed) => listed.path === path && listed.expression === expression,
      );
      if (!isListed) this.unresolved.push({ path, expression });
    }
  }
}

/** A textual `for_each` is one expression, with the wrapper or without, and white space around it (T2 of `step-texts.ts`). */
function toTemplate(forEach: Step['for_each']): unknown {
  if (typeof forEach !== 'string') return forEach;
  const text = forEach.trim();
  return text.startsWith('${{') ? text : `\${{ ${text} }}`;
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
