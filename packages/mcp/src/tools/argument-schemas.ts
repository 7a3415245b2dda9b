/** Arguments that several tools take, with one wording. */
import { OattyError, isRecord } from '@oatty/types';
import * as z from 'zod';

/** Any object, as it was given. A record would lose a key named `__proto__` without a word. */
export const jsonObject = z
  .custom<Record<string, unknown>>(isRecord, 'expected an object')
  .meta({ type: 'object' });

export const confirmArgument = z.boolean().optional().describe('The person agreed.');

/** With `confirm`: the plan that was agreed to, as `CONFIRMATION_REQUIRED` names it and asks for it. */
export const planHashArgument = z.string().optional();

/** How a description of an API is named, validated, previewed and imported. */
export const descriptionSource = {
  source: z.string().describe('Path or URL.'),
  source_type: z.enum(['path', 'url']).optional(),
  allow_private: z.boolean().optional(),
};

/** What an import and its preview take besides the source. */
export const importArguments = {
  ...descriptionSource,
  catalog_title: z.string().optional(),
  vendor: z.string().optional().describe('First word of command ids.'),
  base_url: z.string().optional(),
};

/** What a caller says of a plan that waits for a confirmation. */
export interface PlanArguments {
  readonly confirm?: boolean | undefined;
  readonly plan_hash?: string | undefined;
}

/** @throws {OattyError} `ARGUMENT_INVALID` */
export function refuseLonePlan({ confirm, plan_hash }: PlanArguments): void {
  if (plan_hash === undefined || confirm === true) return;
  throw new OattyError(
    'ARGUMENT_INVALID',
    '"plan_hash" says what "confirm" is for, and "confirm" is not true.',
    {
      suggestedAction: 'Give both when the person has agreed, or none.',
      context: { arguments: ['confirm', 'plan_hash'] },
    },
  );
}
