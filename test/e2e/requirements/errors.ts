/** Errors: one shape, one table of codes. */
import type { Entry } from './entry.ts';

export const errors = {
  'errors.content': [
    'A failure is content and text alike, and begins with the code.',
    'design 11',
    'packages/mcp/src/errors/to-mcp.test.ts: make a tool failure with the same payload as content and as text',
    'packages/mcp/src/errors/to-mcp.test.ts: begin with the code, because hosts often drop the data',
  ],
  'errors.internal': [
    'An exception that nobody foresaw is INTERNAL without its text.',
    'design 11',
    'packages/mcp/src/errors/to-mcp.test.ts: say nothing of an error that nobody foresaw',
    'packages/mcp/src/tools/call-tool.test.ts: keeps the text of an error that nobody foresaw in the log',
  ],
  'errors.correlation': [
    'The correlation id stands in the log line of the same failure.',
    'design 11',
    'packages/mcp/src/tools/call-tool.test.ts: writes a failure down under the correlation id that the caller gets',
  ],
  'errors.params': [
    'JSON-RPC numbers are invalid params for callers and internal for us.',
    'design 11',
    'packages/mcp/src/errors/to-mcp.test.ts: are invalid params whatever the caller did wrong, and internal when it was us',
    'packages/mcp/test/tools-list.test.ts: with an unknown method is not found',
  ],
  'errors.upstream': [
    'What the API answered is told, without secrets.',
    'authoring 10.3',
    'packages/mcp/test/command-tools.test.ts: says what the API answered when it fails',
    'packages/api/test/upstream-errors.test.ts: holds no secret, however the API writes it back',
  ],
  'errors.bounded': [
    'Very many mistakes are told as the first ones and their number.',
    'design 13',
    'packages/mcp/test/command-tools.test.ts: tells the first of very many mistakes, and how many there are',
  ],
  'errors.advice': [
    'Each recorded mistake of a model is corrected by doing what the error says.',
    'authoring 10.1',
    'packages/mcp/test/mistakes.test.ts: corrects %s in one step',
    'packages/cli/test/mistakes.test.ts: each mistake is shown with its place and what to write instead',
  ],
  'errors.nearest': [
    'What is not there is answered with what is nearest.',
    'design 11',
    'packages/mcp/test/command-tools.test.ts: offers the nearest id for one that is not there',
    'packages/mcp/test/catalog-tools.test.ts: names the catalogs that there are',
    'packages/mcp/test/workflow-tools.test.ts: know no workflow that is not there',
    'packages/mcp/test/run-tools.test.ts: know no run that is not there',
  ],
  'errors.foreign-words': [
    'What a model writes in the words of another language comes with what to write.',
    'design 5',
    'packages/engine/src/validate/advice.test.ts: %s is one mistake',
    'packages/engine/src/validate/advice.test.ts: says how an until reads its own answer: %s',
    'packages/engine/src/validate/advice.test.ts: says how %s is typed',
    'packages/engine/src/validate/advice.test.ts: points into a key that has a wrong name',
  ],
  'watching.spans': [
    'Requests, runs and steps have spans, with the revision and without values; nothing is loaded where nobody listens.',
    'design 13, 14',
    'test/e2e/telemetry.test.ts: has a span for each request, by the conventions of MCP',
    'test/e2e/telemetry.test.ts: has spans for a run and its steps, and nothing of what they work with',
    'test/e2e/telemetry.test.ts: %s',
  ],
} as const satisfies Readonly<Record<string, Entry>>;
