/**
 * The workflow manifest: the source of truth for its shape.
 *
 * W1. Unknown keys are violations, everywhere.
 * W2. `null` stands for an unset key that is not required: an empty `with:` is no mistake.
 * W3. `when` is the old name of `if`; a step has one of them.
 *
 * What a schema cannot say (references, commands, expressions) is checked in `@oatty/engine`.
 */
import * as z from 'zod';
import { queueNamePattern } from './queue.ts';
import { workflowIdPattern } from './workflow-id.ts';

const durationSchema = z
  .union([z.string(), z.number()])
  .describe(
    'A duration: "500ms", "10s", "5m", "2h", "1d", a compound such as "1m30s", or a number of seconds.',
  );

const expressionSchema = z
  .union([z.string(), z.boolean()])
  .describe('An expression, with or without the wrapper ${{ … }}.');

const anyValueSchema = z.json();

// --- inputs ---

const inputDefaultSchema = z
  .discriminatedUnion('from', [
    z.strictObject({
      from: z.literal('literal').describe('The value itself.'),
      value: anyValueSchema.describe('The value; strings may hold templates.'),
    }),
    z.strictObject({
      from: z.literal('env').describe('An environment variable.'),
      value: z.string().describe('Name of the environment variable.'),
    }),
    z.strictObject({
      from: z.literal('history').describe('The value of the last succeeded run of this workflow.'),
      value: z.null().optional().describe('Not used.'),
    }),
    z.strictObject({
      from: z.literal('workflow_output').describe('A value of the last succeeded run of a workflow.'),
      value: z
        .strictObject({
          workflow: z.string().describe('Id of the workflow whose last succeeded run is read.'),
          path: z.string().describe('Path inside its final output, such as "order.id".'),
        })
        .describe('Which value of which workflow.'),
    }),
  ])
  .describe('Where the value comes from when none is given.');

const argumentBindingSchema = z
  .union([
    z.string().describe('A literal or a template.'),
    z.strictObject({
      from_step: z.string().nullish().describe('Id of the step whose output is read.'),
      from_input: z.string().nullish().describe('Name of the input whose value is read.'),
      path: z.string().nullish().describe('Path inside that value; empty means all of it.'),
      required: z
        .boolean()
        .nullish()
        .describe('A missing value is an error unless on_missing says otherwise.'),
      on_missing: z.enum(['prompt', 'skip', 'fail']).nullish().describe('What to do when there is no value.'),
    }),
  ])
  .describe('A value for a provider argument.');

const inputSchema = z
  .strictObject({
    name: z.string().nullish().describe('Label; the key of the input when absent.'),
    description: z.string().nullish().describe('What the value is for; shown to people and models.'),
    type: z
      .enum([
        'string',
        'integer',
        'number',
        'float',
        'double',
        'boolean',
        'array',
        'object',
        'date',
        'datetime',
      ])
      .nullish()
      .describe('Type of the value; text is converted to it.'),
    optional: z.boolean().nullish().describe('Inputs are required unless this is true.'),
    secret: z
      .boolean()
      .nullish()
      .describe('The value never appears in results, logs, events or the journal.'),
    provider: z
      .union([
        z.string(),
        z.strictObject({
          id: z.string().describe('Id of the provider command.'),
          field: z.string().nullish().describe('Field of an item to take, when select does not say.'),
        }),
      ])
      .nullish()
      .describe('Id of the command that lists the values: "<vendor> <name>".'),
    provider_args: z
      .record(z.string(), argumentBindingSchema)
      .nullish()
      .describe('Arguments of the provider command.'),
    depends_on: z
      .record(z.string(), argumentBindingSchema)
      .nullish()
      .describe('Arguments of the provider command that come from other inputs.'),
    select: z
      .strictObject({
        value_field: z.string().nullish().describe('Field of an item to take.'),
        display_field: z.string().nullish().describe('Field of an item to show.'),
        id_field: z.string().nullish().describe('Field of an item that identifies it when values repeat.'),
      })
      .nullish()
      .describe('Which fields of the items of the provider are taken and shown.'),
    mode: z
      .enum(['single', 'multiple'])
      .nullish()
      .describe('Whether one value or several are taken; default single.'),
    join: z
      .strictObject({
        separator: z.string().describe('Goes between the values.'),
        wrap_each: z.string().nullish().describe('Goes before and after each value.'),
      })
      .nullish()
      .describe('Turns several values into one text.'),
    cache_ttl_sec: z
      .int()
      .min(0)
      .nullish()
      .describe('For how many seconds the values of the provider are kept.'),
    on_error: z
      .enum(['manual', 'cached', 'fail'])
      .nullish()
      .describe('What to do when the provider fails; default manual.'),
    default: inputDefaultSchema.nullish().describe('Where the value comes from when none is given.'),
    validate: z
      .strictObject({
        required: z.boolean().nullish().describe('An empty text counts as no value.'),
        enum: z.array(anyValueSchema).nullish().describe('The values that are allowed.'),
        pattern: z.string().nullish().describe('Regular expression (RE2); matches anywhere unless anchored.'),
        min_length: z.int().min(0).nullish().describe('Least number of characters.'),
        max_length: z.int().min(0).nullish().describe('Greatest number of characters.'),
        minimum: z.number().nullish().describe('Least number allowed.'),
        maximum: z.number().nullish().describe('Greatest number allowed.'),
      })
      .nullish()
      .describe('Rules that the value must meet.'),
    enum: z.array(anyValueSchema).nullish().describe('The values that are allowed.'),
    placeholder: z.string().nullish().describe('Shown in an empty field.'),
    hint: z.string().nullish().describe('A short help beside the field.'),
    example: z.string().nullish().describe('A value as it may look.'),
  })
  .describe('One declared input.');

// --- steps ---

const repeatSchema = z
  .strictObject({
    until: z
      .string()
      .nullish()
      .describe('Expression; the call repeats until it is true. It may read the step itself.'),
    every: durationSchema.nullish().describe('Pause between calls; default 1s.'),
    timeout: durationSchema.nullish().describe('Bounds the polling of one item.'),
    max_attempts: z.int().min(1).nullish().describe('Bounds the number of calls; default 100.'),
  })
  .describe('Calls the command again until a condition holds.');

const retrySchema = z
  .strictObject({
    max_attempts: z.int().min(1).max(100).describe('Counts the first attempt too.'),
    backoff: z.enum(['constant', 'linear', 'exponential']).nullish().describe('Default exponential.'),
    delay: durationSchema.nullish().describe('Before the second attempt; default 1s.'),
    max_delay: durationSchema
      .nullish()
      .describe('Upper bound of a delay, also for Retry-After; default 60s.'),
    on: z
      .array(z.union([z.int().min(100).max(599), z.string()]))
      .nullish()
      .describe(
        'What is tried again: statuses (429), classes (5xx), "network", "timeout"; default 408, 429, 5xx, network, timeout.',
      ),
  })
  .describe('Tries a failed call again.');

const stepSchema = z
  .strictObject({
    id: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,64}$/)
      .describe('Unique within the workflow.'),
    run: z.string().describe('The command: "<vendor> <name>"; "workflow <id>" runs a saved workflow.'),
    description: z.string().nullish().describe('Shown in progress and plans.'),
    depends_on: z
      .array(z.string())
      .nullish()
      .describe('Steps that must have succeeded, else this one is skipped.'),
    if: expressionSchema.nullish().describe('The step is skipped unless this is true.'),
    when: expressionSchema.nullish().describe('Old name of "if".'),
    with: z
      .record(z.string(), anyValueSchema)
      .nullish()
      .describe('Parameters by name, wherever they travel.'),
    body: anyValueSchema.optional().describe('The request body.'),
    for_each: z
      .union([z.string(), z.array(anyValueSchema)])
      .nullish()
      .describe(
        'A list, or an expression that gives one; the step runs once per item, with "item" and "index".',
      ),
    concurrency: z.int().min(1).max(100).nullish().describe('How many items run side by side; default 1.'),
    repeat: repeatSchema.nullish().describe('Calls the command again until a condition holds.'),
    retry: retrySchema.nullish().describe('Tries a failed call again.'),
    timeout: durationSchema.nullish().describe('Bounds one attempt.'),
    on_failure: z
      .enum(['fail', 'continue'])
      .nullish()
      .describe('"fail" (default) stops the run; "continue" lets the rest go on.'),
    output_contract: z
      .strictObject({
        fields: z
          .array(
            z.strictObject({
              name: z.string().describe('Name of a top-level field of the output.'),
              type: z.string().nullish().describe('JSON type of the field.'),
              description: z.string().nullish().describe('What the field holds.'),
              tags: z.array(z.string()).nullish().describe('Free words, such as identifier.'),
            }),
          )
          .describe('The declared fields.'),
      })
      .nullish()
      .describe('Fields of the output that the description of the API does not declare.'),
  })
  .describe('One step: one call of one command, or one per item.');

const queueSchema = z
  .strictObject({
    name: z
      .string()
      .regex(queueNamePattern)
      .describe('Runs of all workflows that name it wait in one line: 1 to 64 of A-Z a-z 0-9 _ -.'),
    concurrency: z
      .int()
      .min(1)
      .nullish()
      .describe('A run begins while fewer runs of the queue than this have begun and not ended.'),
    worker_concurrency: z.int().min(1).nullish().describe('The same for the runs that one process carries.'),
    rate: z
      .strictObject({
        limit: z.int().min(1).describe('So many runs may begin.'),
        per: durationSchema.describe('In any stretch of time of this length.'),
      })
      .nullish()
      .describe('How often runs of the queue may begin.'),
    priority: z.int().min(-1000).max(1000).nullish().describe('The greater goes first; default 0.'),
    dedup_key: z
      .string()
      .nullish()
      .describe(
        'While a run of the queue with the same key has not ended, there is no second one. May read inputs.',
      ),
  })
  .describe('Where runs wait for their turn.');

export const workflowSchema = z
  .strictObject({
    workflow: z
      .string()
      .regex(workflowIdPattern)
      .describe('Identifier and file name: 1 to 64 of A-Z a-z 0-9 _ -.'),
    title: z.string().nullish().describe('A short name for people.'),
    description: z.string().nullish().describe('What the workflow does.'),
    requires: z
      .strictObject({
        catalogs: z
          .array(
            z.strictObject({
              vendor: z.string().describe('Vendor of the catalog, in any case of letters.'),
              title: z.string().nullish().describe('Title of the catalog, when the vendor has several.'),
              source: z.string().nullish().describe('Path or URL of the description to import.'),
              source_type: z.enum(['path', 'url']).nullish().describe('Kind of source.'),
              version: z.string().nullish().describe('Version of the description; another one is a warning.'),
            }),
          )
          .describe('The catalogs.'),
      })
      .nullish()
      .describe('Catalogs that must be there and enabled.'),
    inputs: z
      .record(z.string().regex(/^[A-Za-z0-9_-]{1,64}$/), inputSchema)
      .nullish()
      .describe('What the workflow asks for, by name.'),
    max_parallel: z.int().min(1).max(100).nullish().describe('How many steps run side by side; default 1.'),
    timeout: durationSchema.nullish().describe('Bounds the whole run.'),
    queue: queueSchema.nullish().describe('Where runs wait for their turn; absent: they begin at once.'),
    steps: z.array(stepSchema).min(1).describe('The steps.'),
    final_output: anyValueSchema.optional().describe('Rendered when the run succeeds.'),
  })
  .describe('An oatty workflow.');

export type Workflow = z.infer<typeof workflowSchema>;
export type WorkflowInput = z.infer<typeof inputSchema>;
export type InputDefault = z.infer<typeof inputDefaultSchema>;
export type ArgumentBinding = z.infer<typeof argumentBindingSchema>;
export type Step = z.infer<typeof stepSchema>;
export type Repeat = z.infer<typeof repeatSchema>;
export type Retry = z.infer<typeof retrySchema>;

export type WorkflowQueue = z.infer<typeof queueSchema>;

/** The condition of a step, under either of its names. */
export function stepCondition(step: Step): string | boolean | null | undefined {
  return step.if ?? step.when;
}
