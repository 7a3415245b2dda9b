/** The value of an input's `default`: where it comes from decides whom to ask. */
import { OattyError } from '@oatty/types';
import type { InputDefault } from '@oatty/types';
import { renderValue } from '../expression/render-value.ts';
import type { Scope } from '../expression/scope.ts';
import type { EnvironmentSource } from '../ports/values.ts';
import { readValuePath } from './value-path.ts';

export interface DefaultWorld {
  readonly env: EnvironmentSource;
  /** The value of this input in the last run that took it; `undefined` when there is none. */
  history(workflowId: string, input: string): Promise<unknown>;
  /** `final_output` of the last succeeded run of a workflow; `undefined` when there is none. */
  lastOutput(workflowId: string): Promise<unknown>;
}

export type DefaultValue =
  | {
      readonly status: 'found';
      readonly value: unknown;
      /** It is what the input has made of an earlier value already. */
      readonly isAccepted?: boolean;
    }
  | { readonly status: 'absent'; readonly reason: string };

export interface DeclaredDefault {
  readonly workflowId: string;
  readonly input: string;
  readonly declared: InputDefault;
  /** The journal keeps no secret values, so there is no history of them. */
  readonly isSecret: boolean;
  /** Several values become one text, which cannot be taken apart again. */
  readonly isJoined: boolean;
}

export async function findDefault(
  { workflowId, input, declared, isSecret, isJoined }: DeclaredDefault,
  scope: Scope,
  world: DefaultWorld,
): Promise<DefaultValue> {
  if (declared.from === 'literal') return renderLiteral(declared.value, scope);
  if (declared.from === 'env') {
    const name = declared.value;
    return toDefault(world.env.get(name), `the environment variable ${name} is not set`);
  }
  if (declared.from === 'history') {
    if (isSecret) return { status: 'absent', reason: 'secret values are not kept' };
    const found = toDefault(await world.history(workflowId, input), 'there is no earlier value');
    return found.status === 'found' ? { ...found, isAccepted: isJoined } : found;
  }
  const { workflow, path } = declared.value;
  const output = await world.lastOutput(workflow);
  const reason = `there is no "${path}" in the output of a succeeded run of "${workflow}"`;
  return toDefault(output === undefined ? undefined : readValuePath(output, path), reason);
}

// --- internal ---

function toDefault(value: unknown, reason: string): DefaultValue {
  return value === undefined || value === null ? { status: 'absent', reason } : { status: 'found', value };
}

/** A default that reads an input without a value is no default. */
function renderLiteral(value: unknown, scope: Scope): DefaultValue {
  try {
    return toDefault(renderValue(value, scope), 'the default is null');
  } catch (thrown) {
    const error = OattyError.from(thrown);
    if (error.code !== 'EXPRESSION_FAILED') throw error;
    return { status: 'absent', reason: error.message };
  }
}
