/** What people and models write instead of the keys and words of a manifest, and what to write. */
import { didYouMean } from '@oatty/types';
import type { ManifestPath } from './manifest-document.ts';
import { knownKeys, toPart } from './manifest-parts.ts';

/** Advice for a key that a part of the manifest does not have. */
export function adviseOnKey(parent: ManifestPath, key: string, value: unknown): string | undefined {
  const part = toPart(parent);
  if (part === 'steps.*' && key === 'retries' && Number.isInteger(value))
    return `Write "retry: { max_attempts: ${Number(value) + 1} }": it counts the first attempt too.`;
  if (part === 'inputs.*' && key === 'required' && value === false) return 'Write "optional: true".';
  const advice = keyAdvice[part] ?? {};
  if (Object.hasOwn(advice, key)) return advice[key];
  const known = knownKeys(parent);
  return (
    didYouMean(key, known) ?? (known.length > 0 ? `Remove it. There are: ${known.join(', ')}.` : undefined)
  );
}

/** The key that an unknown one stands for, where the advice is to use one of the same part. */
export function findMeantKey(parent: ManifestPath, key: string): string | undefined {
  const advice = adviseOnKey(parent, key, undefined) ?? '';
  const [, meant = ''] = /^(?:Use|Did you mean) "(\w+)"/.exec(advice) ?? [];
  return knownKeys(parent).includes(meant) ? meant : undefined;
}

/** Advice for a word that is none of those that a key takes. */
export function adviseOnValue(
  path: ManifestPath,
  value: string,
  known: readonly string[],
): string | undefined {
  const advice = valueAdvice[toPart(path)] ?? {};
  if (Object.hasOwn(advice, value.toLowerCase())) return advice[value.toLowerCase()];
  return didYouMean(value, known);
}

// --- internal ---

const useRun = 'Use "run" with the id of a command: "<vendor> <command>".';
const noAddress = 'Remove it: "run" names a command, which knows its method and address.';
const inQueue = 'Put it under "queue".';
const useWith = 'Use "with": it holds the parameters of the command by name.';
const useDependsOn = 'Use "depends_on" with a list of step ids.';
const useValidate = 'Put it under "validate".';
const itemIsThere = 'Remove it: one of the items is always "item", and its place "index".';
const noMetadata = 'There are no metadata keys; version control knows.';
const outputIsThere = 'Remove it: the output of a step is always there as steps.<id>.';

/** What people and models write out of habit, by part. */
const keyAdvice: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '': {
    id: 'Use "workflow" for the identifier.',
    name: 'Use "workflow" for the identifier and "title" for people.',
    params: 'Use "inputs".',
    parameters: 'Use "inputs".',
    jobs: 'Use "steps".',
    tasks: 'Use "steps".',
    output: 'Use "final_output".',
    outputs: 'Use "final_output".',
    parallel: 'Use "max_parallel".',
    concurrency: 'Use "max_parallel" for steps, or "queue: { name: …, concurrency: … }" for runs.',
    priority: inQueue,
    dedup_key: inQueue,
    rate: inQueue,
    rate_limit: 'Use "queue: { name: …, rate: { limit: …, per: … } }".',
    catalogs: 'Use "requires: { catalogs: […] }".',
    version: noMetadata,
    author: noMetadata,
    created_at: noMetadata,
  },
  'inputs.*': {
    required: 'Remove it: inputs are required unless they say "optional: true".',
    hints: 'Use "hint".',
    examples: 'Use "example".',
    values: 'Use "enum".',
    choices: 'Use "enum".',
    options: 'Use "enum".',
    label: 'Use "name" for the label.',
    title: 'Use "name" for the label.',
    value: 'Use "default: { from: literal, value: … }".',
    default_value: 'Use "default: { from: literal, value: … }".',
    schema: 'Remove it, and put what it holds here: "type", "enum", "validate".',
    nullable: 'Use "optional".',
    prompt: 'Use "hint".',
    pattern: useValidate,
    min_length: useValidate,
    max_length: useValidate,
    minimum: useValidate,
    maximum: useValidate,
    sensitive: 'Use "secret".',
  },
  'inputs.*.select': {
    value: 'Use "value_field".',
    label: 'Use "display_field".',
    display: 'Use "display_field".',
  },
  queue: {
    id: 'Use "name".',
    limit: 'Use "concurrency" for runs at once, or "rate: { limit: …, per: … }".',
    max_parallel: 'Use "concurrency".',
    global_concurrency: 'Use "concurrency".',
    rate_limit: 'Use "rate: { limit: …, per: … }".',
    key: 'Use "dedup_key".',
    dedup: 'Use "dedup_key".',
    deduplication_id: 'Use "dedup_key".',
  },
  'queue.rate': { period: 'Use "per".', every: 'Use "per".', max: 'Use "limit".' },
  'inputs.*.default': { type: 'Use "from".', source: 'Use "from".' },
  'inputs.*.validate': {
    regex: 'Use "pattern".',
    min: 'Use "minimum".',
    max: 'Use "maximum".',
    minLength: 'Use "min_length".',
    maxLength: 'Use "max_length".',
  },
  'steps.*': {
    condition: 'Use "if".',
    unless: 'Use "if" with "!( … )".',
    flags: useWith,
    positional_args: useWith,
    args: useWith,
    arguments: useWith,
    params: useWith,
    parameters: useWith,
    query: useWith,
    headers: `${useWith} Headers that a command does not declare belong to the catalog.`,
    path: useWith,
    data: 'Use "body".',
    payload: 'Use "body".',
    json: 'Use "body".',
    input: useWith,
    inputs: useWith,
    command: useRun,
    uses: useRun,
    call: useRun,
    action: useRun,
    tool: useRun,
    operation: useRun,
    operationId: useRun,
    function: useRun,
    url: noAddress,
    method: noAddress,
    type: noAddress,
    request_body: 'Use "body".',
    requestBody: 'Use "body".',
    as: itemIsThere,
    item_name: itemIsThere,
    var: itemIsThere,
    stepId: 'Use "id".',
    step_id: 'Use "id".',
    step: 'Use "id".',
    key: 'Use "id".',
    register: outputIsThere,
    save_as: outputIsThere,
    export: outputIsThere,
    workflow: 'Use "run: workflow <id>".',
    name: 'Use "id" for the identifier and "description" for people.',
    title: 'Use "description".',
    needs: useDependsOn,
    requires: useDependsOn,
    after: useDependsOn,
    output: outputIsThere,
    outputs: outputIsThere,
    foreach: 'Use "for_each".',
    forEach: 'Use "for_each".',
    loop: 'Use "for_each".',
    each: 'Use "for_each".',
    matrix: 'Use "for_each".',
    with_items: 'Use "for_each".',
    parallel: 'Use "concurrency" for items of a for_each, or "max_parallel" of the workflow for steps.',
    max_parallel: 'Use "concurrency" for items of a for_each; "max_parallel" belongs to the workflow.',
    retries: 'Use "retry: { max_attempts: … }".',
    until: 'Use "repeat: { until: … }".',
    poll: 'Use "repeat: { until: …, every: … }".',
    wait: 'Use "repeat: { until: …, every: … }".',
    continue_on_error: 'Use "on_failure: continue".',
    ignore_errors: 'Use "on_failure: continue".',
    on_error: 'Use "on_failure".',
    timeout_seconds: 'Use "timeout".',
    secrets: 'Use ${{ secrets.NAME }} in "with" or "body".',
  },
  'steps.*.repeat': {
    interval: 'Use "every".',
    delay: 'Use "every".',
    while: 'Use "until" with the opposite condition.',
    max: 'Use "max_attempts".',
    attempts: 'Use "max_attempts".',
    limit: 'Use "max_attempts".',
  },
  'steps.*.retry': {
    attempts: 'Use "max_attempts".',
    max: 'Use "max_attempts".',
    count: 'Use "max_attempts".',
    retries: 'Use "max_attempts", which counts the first attempt too.',
    interval: 'Use "delay".',
    wait: 'Use "delay".',
    strategy: 'Use "backoff".',
  },
  'steps.*.output_contract': {
    select: 'Name the field to take where it is used: steps.<id>.<field>.',
  },
};

const typeWords = {
  str: 'string',
  text: 'string',
  int: 'integer',
  bool: 'boolean',
  list: 'array',
  'string[]': 'array',
  map: 'object',
  dict: 'object',
};

/** The same for words, in lower case. */
const valueAdvice: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'inputs.*.type': Object.fromEntries(
    Object.entries(typeWords).map(([word, type]) => [word, `Use "${type}".`]),
  ),
  'steps.*.on_failure': { ignore: 'Use "continue".', stop: 'Use "fail".', abort: 'Use "fail".' },
  'steps.*.retry.backoff': { fixed: 'Use "constant".' },
};
