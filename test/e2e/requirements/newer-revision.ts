/** Revision 2026-07-28, at the same address and in the same process as 2025-11-25. */
import type { Entry } from './entry.ts';

export const newerRevision = {
  'modern.trace': [
    'The trace context in the `_meta` of a request is the parent of its span, with the revision named.',
    'mcp-2026 trace context',
    'test/e2e/telemetry.test.ts: has the same for each request of the newer revision',
  ],
  'modern.discover': [
    'server/discover tells capabilities and instructions; tasks are an extension.',
    'mcp-2026 discovery',
    'packages/mcp/test/modern.test.ts: discovers what there is',
  ],
  'modern.stdio': [
    'A process on stdio serves whichever revision the client speaks.',
    'mcp-2026 transports',
    'packages/mcp/test/modern-wire.test.ts: may look for the newer revision and then speak the older',
    'packages/mcp/test/modern-wire.test.ts: keeps the newer revision once it has used it',
    'packages/mcp/test/modern.test.ts: discovers, calls and confirms in one process',
  ],
  'modern.envelope': [
    'A request without its envelope is refused.',
    'mcp-2026 basic',
    'packages/mcp/test/modern-wire.test.ts: without its envelope is refused, by the header alone',
  ],
  'modern.result-type': [
    'Every result tells its type.',
    'mcp-2026 basic',
    'packages/mcp/test/modern-wire.test.ts: is answered alone, with the kind of its result',
  ],
  'modern.version': [
    'An unknown revision is -32022, with those that there are.',
    'mcp-2026 basic',
    'packages/mcp/test/modern-wire.test.ts: of a revision that is not here is told which are',
  ],
  'modern.headers': [
    'Headers that disagree with the body are refused.',
    'mcp-2026 transports',
    'packages/mcp/test/modern-wire.test.ts: %s is refused',
  ],
  'modern.removed': [
    'Methods of the older revision are not found.',
    'mcp-2026 basic',
    'packages/mcp/test/modern-wire.test.ts: %s is no method',
  ],
  'modern.cache': [
    'Lists and resources say how long they may be kept, and by whom.',
    'mcp-2026 caching',
    'packages/mcp/test/modern.test.ts: is told how long it may keep an answer',
  ],
  'modern.resource': [
    'An address without a resource is -32602.',
    'mcp-2026 resources',
    'packages/mcp/test/modern.test.ts: reads an address without a resource as invalid',
  ],
  'modern.errors': [
    'Failures of tools are the same in both revisions.',
    'design 11',
    'packages/mcp/test/modern.test.ts: gets the same errors as an older one',
  ],
  'modern.input': [
    'A call that needs an answer ends with its question and comes again with the answer.',
    'mcp-2026 multi-round-trip',
    'packages/mcp/test/modern-wire.test.ts: ends with the question, and comes again with the answer',
    'packages/mcp/test/modern-wire.test.ts: may be answered by another process',
    'packages/mcp/test/modern.test.ts: shows its person what a destructive call will do',
    'packages/mcp/test/modern.test.ts: does nothing when its person says no',
    'packages/mcp/test/modern.test.ts: without a person confirms itself',
  ],
  'modern.state': [
    'A state that was tampered with, or is about another plan, answers nothing.',
    'mcp-2026 multi-round-trip',
    'packages/mcp/test/modern-wire.test.ts: refuses a state with %s',
    'packages/mcp/test/modern-wire.test.ts: does not take an answer without the question',
    'packages/mcp/test/modern-wire.test.ts: asks again when the workflow has changed since',
    'packages/mcp/test/modern-wire.test.ts: asks again after %j',
  ],
  'modern.listen': [
    'A client that listens hears of changes.',
    'mcp-2026 subscriptions',
    'packages/mcp/test/modern.test.ts: hears of a workflow that was saved elsewhere',
  ],
  'modern.task': [
    'A call becomes a task, with its result inside at the end.',
    'mcp-2026 tasks extension',
    'packages/mcp/test/modern-tasks.test.ts: becomes a task, whose result is in it at its end',
  ],
  'modern.task-failed': [
    'A failed run is a completed task with a failure.',
    'mcp-2026 tasks extension',
    'packages/mcp/test/modern-tasks.test.ts: has completed with a failure when its run failed',
    'packages/mcp/test/modern-tasks.test.ts: gets the failure of a run as the result of its call',
  ],
  'modern.task-refused': [
    'What is wrong before there is a task is the result of the call.',
    'mcp-2026 tasks extension',
    'packages/mcp/test/modern-tasks.test.ts: gives what is wrong before there is a task as its result',
  ],
  'modern.task-capability': [
    'Without the capability, -32021 names it, with what to do instead.',
    'mcp-2026 tasks extension',
    'packages/mcp/test/modern-tasks.test.ts: is told which capability workflow.run needs',
    'packages/mcp/test/modern-tasks.test.ts: has no %s',
  ],
  'modern.task-input': [
    'A question stands in the task and is answered with tasks/update, by any process.',
    'mcp-2026 tasks extension',
    'packages/mcp/test/modern-tasks.test.ts: shows the question, and goes on with the answer',
    'packages/mcp/test/modern-tasks.test.ts: may be answered by another process than the one that started it',
    'packages/mcp/test/modern-tasks.test.ts: passes over answers to what it does not ask',
    'packages/mcp/test/modern-tasks.test.ts: says what is wrong with an answer, and still asks',
    'packages/mcp/test/modern-tasks.test.ts: is not asked of a client without forms',
  ],
  'modern.task-cancel': [
    'tasks/cancel stops the run, and says nothing more a second time.',
    'mcp-2026 tasks extension',
    'packages/mcp/test/modern-tasks.test.ts: stops the run, and says nothing more a second time',
    'packages/mcp/test/modern-tasks.test.ts: is canceled by a person who says no',
  ],
  'modern.task-unknown': [
    'An unknown task is -32602.',
    'mcp-2026 tasks extension',
    'packages/mcp/test/modern-tasks.test.ts: %s knows no other task',
  ],
  'modern.task-client': [
    'The client of ext-tasks runs a task to its end and answers its question.',
    'mcp-2026 tasks extension',
    'packages/mcp/test/modern-tasks.test.ts: runs a task to its end, and answers its question',
  ],
} as const satisfies Readonly<Record<string, Entry>>;
