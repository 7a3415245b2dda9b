/** Safety: levels, confirmation, limits, secrets. */
import type { Entry } from './entry.ts';

export const safety = {
  'safety.level': [
    'No tool does more than its level, sub-workflows included.',
    'design 9',
    'packages/mcp/test/safety.test.ts: does not run %s, whatever is confirmed',
    'packages/mcp/test/safety.test.ts: %s sends nothing',
    'packages/mcp/test/safety.test.ts: resolves inputs only with providers that read',
    'packages/runtime/src/commands/workflow-effects.test.ts: takes the greatest effect of the steps, through sub-workflows',
  ],
  'safety.matrix': [
    'Every destructive act asks, with the yes and the no of a person respected.',
    'authoring 9',
    'packages/mcp/test/safety.test.ts: when the person says %s and confirm is %s: %s',
    'packages/mcp/test/safety.test.ts: of %s removes nothing without an answer',
  ],
  'safety.named': [
    'The person sees the steps that remove something.',
    'design 9',
    'packages/mcp/test/run-tools.test.ts: is shown to the person, step by step',
    'packages/mcp/test/command-tools.test.ts: shows the person what will be removed',
    'packages/mcp/test/catalog-tools.test.ts: asks the person, with the catalog named',
  ],
  'safety.plan': [
    'A confirmation holds for the plan that was shown, and no other.',
    'design 9',
    'packages/mcp/test/safety.test.ts: holds for the plan that was shown, and no other',
    'packages/mcp/test/run-tools.test.ts: starts with a confirmation of exactly the plan that was shown',
  ],
  'safety.standard': [
    'A standard tool asks nobody for what it may do.',
    'authoring 9',
    'packages/mcp/test/safety.test.ts: asks nobody for what it may do',
  ],
  'safety.task': [
    'A task with destructive steps waits for the person.',
    'design 10',
    'packages/mcp/test/run-tools.test.ts: as a task waits for the person',
    'packages/mcp/test/run-tools.test.ts: as a task removes nothing when the person says no',
    'packages/mcp/test/run-tools.test.ts: as a task is refused without a confirmation, and runs with one',
  ],
  'safety.prompts': [
    'No prompt suggests a destructive tool.',
    'authoring 9',
    'packages/mcp/test/prompts.test.ts: %s suggests nothing that is destructive',
  ],
  'safety.secrets': [
    'No secret is in a document, event, error, audit event, file or journal.',
    'design 13',
    'packages/runtime/test/secrets.test.ts: are in no document, event, error, audit event or file, even when the API gives them back',
    'test/e2e/no-secrets.test.ts: holds the value of no secret, nor does its log',
    'test/e2e/no-secrets.test.ts: tells no secret in its answers, nor in its log',
  ],
  'safety.secret-binding': [
    'A manifest uses a secret only with the catalog that it is bound to.',
    'design 8',
    'packages/runtime/test/secrets.test.ts: may use a secret only with the catalog that it is bound to',
  ],
  'safety.rendered': [
    'Previews show no credential and no secret.',
    'design 13',
    'packages/mcp/test/workflow-tools.test.ts: shows no credential and no secret',
    'packages/mcp/test/prompts.test.ts: shows no value of a secret',
  ],
  'safety.addresses': [
    'Private and link-local addresses are refused unless asked for, after DNS and redirects.',
    'design 13',
    'packages/api/test/addresses.test.ts: is refused when it is link-local, even then (%s)',
    'packages/registry-gen/test/load-description.test.ts: refuses a private address unless it is asked for',
    'packages/registry-gen/src/load/check-address.test.ts: judges a name by what it resolves to',
    'packages/mcp/test/catalog-tools.test.ts: reads a URL of this machine only when it is asked to',
  ],
  'safety.references': [
    'No file outside the directory of a description is read.',
    'design 13',
    'packages/registry-gen/test/load-description.test.ts: refuses the reference %s out of the directory',
    'packages/registry-gen/test/load-description.test.ts: refuses a link that leads out of the directory',
  ],
  'safety.documents': [
    'Documents are bounded in bytes, nesting and aliases.',
    'design 13',
    'packages/registry-gen/test/load-description.test.ts: refuses a document of 60 MB before reading it, naming size and limit',
    'packages/registry-gen/test/load-description.test.ts: survives an alias bomb',
    'packages/registry-gen/test/load-description.test.ts: refuses 5,000 levels of nesting',
  ],
  'safety.responses': [
    'Answers of APIs are bounded in size, after decompression, and in depth.',
    'design 13',
    'packages/api/test/responses.test.ts: is counted after decompression',
    'packages/api/test/responses.test.ts: is limited to a depth that nothing else overflows on',
  ],
  'safety.credentials': [
    'Credentials go only to hosts of their catalog.',
    'design 8',
    'packages/api/test/redirects.test.ts: carries no credentials, no headers of the catalog and no parameters',
  ],
  'safety.limits': [
    'Limits are set by the embedder, each with its own error.',
    'design 13',
    'packages/runtime/test/limits.test.ts: bound what is imported',
    'packages/runtime/test/limits.test.ts: bound the answer of a command',
    'packages/runtime/test/limits.test.ts: bound a run',
  ],
  'safety.workflow-directory': [
    'Workflows are never looked for outside their directory.',
    'authoring 3.3',
    'packages/runtime/test/workflows.test.ts: are never looked for outside their directory',
    'packages/registry/src/workflows/workflow-store.test.ts: follows no link',
    'packages/registry/src/workflows/workflow-store.test.ts: never writes through a link',
  ],
  'safety.packages': [
    'Packages import only what the architecture says.',
    'authoring 14',
    'scripts/boundaries.test.ts: hold in every package',
  ],
} as const satisfies Readonly<Record<string, Entry>>;
