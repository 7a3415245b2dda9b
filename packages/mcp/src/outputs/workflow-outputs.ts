/** The results of the workflow tools, in full. Loaded when somebody reads the schema of one. */
import type {
  InputsPreviewDocument,
  InputsResolutionDocument,
  RenderedPreviewDocument,
  StepPlanDocument,
  WorkflowDocument,
  WorkflowListDocument,
  WorkflowSaveDocument,
  WorkflowValidationDocument,
} from '@oatty/runtime';
import { effectSchema, violationSchema } from '@oatty/types';
import * as z from 'zod';
import { anObject, optional, problemSchema } from './parts.ts';

const formatSchema = z.enum(['yaml', 'json']);
const version = z.string().describe('SHA-256 of the bytes.');
const violations = z.array(violationSchema);

export const workflowList: z.ZodType<WorkflowListDocument> = z.strictObject({
  items: z.array(
    z.strictObject({
      workflow_id: z.string(),
      title: z.string().nullable(),
      description: z.string().nullable(),
      path: z.string(),
      format: formatSchema,
      version,
      inputs: z.int().describe('How many there are.'),
      steps: z.int().describe('How many there are.'),
    }),
  ),
  problems: z.array(problemSchema).describe('Files that hold no workflow.'),
});

export const workflowDocument: z.ZodType<WorkflowDocument> = z.strictObject({
  workflow_id: z.string(),
  path: z.string(),
  format: formatSchema,
  content: z.string().describe("The author's text."),
  parsed: z.unknown().describe('The manifest; null when the text does not parse.'),
  version,
});

export const workflowValidation: z.ZodType<WorkflowValidationDocument> = z.strictObject({
  valid: z.boolean(),
  workflow_id: z.string().nullable(),
  violations,
  warnings: violations,
});

const saved = {
  workflow_id: z.string(),
  path: z.string(),
  format: formatSchema,
  version,
  overwritten: z.boolean(),
  warnings: violations,
};

export const workflowSaved: z.ZodType<WorkflowSaveDocument> = z.strictObject(saved);

export const workflowRenamed: z.ZodType<WorkflowSaveDocument & { readonly renamed_from: string }> =
  z.strictObject({ ...saved, renamed_from: z.string() });

export const workflowDeleted = z.strictObject({
  deleted: z.literal(true),
  workflow_id: z.string(),
  path: z.string(),
  warnings: violations,
});

export const inputsPreview: z.ZodType<InputsPreviewDocument> = z.strictObject({
  workflow_id: z.string(),
  required_missing: z.array(z.string()).describe('Required inputs without a value and a default.'),
  inputs: z.array(
    z.looseObject({
      input: z.string(),
      label: z.string(),
      description: z.string().nullable(),
      type: z.string().nullable(),
      required: z.boolean(),
      secret: z.boolean(),
      mode: z.enum(['single', 'multiple']),
    }),
  ),
}) as z.ZodType<InputsPreviewDocument>; // the rest of an input is as in the manifest

export const inputsResolution: z.ZodType<InputsResolutionDocument> = z.strictObject({
  workflow_id: z.string(),
  ready: z.boolean().describe('A run can start with these.'),
  required_missing: z.array(z.string()),
  resolved_inputs: anObject.describe('Secret values are "[secret]".'),
  violations,
  provider_resolutions: z.array(
    z.strictObject({
      input: z.string(),
      argument: z.string().nullable().describe('null: the provider itself.'),
      source: z.enum(['automatic', 'manual']),
      outcome: z.strictObject({
        status: z.enum(['resolved', 'prompt', 'skip', 'error']),
        value: optional(z.unknown()),
        reason: optional(z.string()),
        choices: optional(z.int().describe('How many values there are to choose from.')),
      }),
    }),
  ),
  choices: z
    .record(z.string(), z.array(z.strictObject({ value: z.unknown(), label: z.string() })))
    .describe('What a person may choose from, by input.'),
});

const stepHead = {
  step_id: z.string(),
  run: z.string().describe('Id of the command.'),
  depends_on: z.array(z.string()),
  condition: z.string().nullable(),
};

export const stepPlan: z.ZodType<StepPlanDocument> = z.strictObject({
  workflow_id: z.string(),
  effect: effectSchema,
  plan_hash: z.string().describe('Identifies manifest and inputs.'),
  steps: z.array(
    z.strictObject({
      index: z.int(),
      ...stepHead,
      effect: effectSchema,
      will_run: z.boolean().nullable().describe('null: only the run can tell.'),
    }),
  ),
});

const renderedItem = {
  with: anObject,
  body: z.unknown(),
  request: optional(
    z
      .strictObject({
        method: z.string(),
        url: z.string(),
        headers: z.record(z.string(), z.string()),
        body: z.unknown(),
      })
      .describe('Where everything in it is known; credentials are masked.'),
  ),
};

export const renderedPreview: z.ZodType<RenderedPreviewDocument> = z.strictObject({
  workflow_id: z.string(),
  rendered_steps: z.array(
    z.strictObject({
      ...stepHead,
      ...renderedItem,
      for_each: optional(z.unknown()),
      items: optional(
        z.array(z.strictObject(renderedItem)).describe('The first 20, when the list is known.'),
      ),
    }),
  ),
  rendered_final_output: z.unknown(),
  unresolved: z
    .array(z.strictObject({ path: z.string(), expression: z.string() }))
    .describe('What only the run can tell.'),
});

export const cancellation = z.strictObject({
  operation_id: z.string(),
  run_id: z.string(),
  workflow_id: z.string(),
  status: z.enum(['succeeded', 'failed', 'canceled']),
});
