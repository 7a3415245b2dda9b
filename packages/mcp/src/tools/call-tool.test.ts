import type { Oatty } from '@oatty/runtime';
import { OattyError } from '@oatty/types';
import { describe, expect, it } from 'vitest';
import { callTool } from './call-tool.ts';
import type { ToolContext } from './tool.ts';
import { workflowList } from './workflow-list.ts';

describe('callTool', () => {
  it('writes a failure down under the correlation id that the caller gets', async () => {
    const { result, lines } = await callList(new OattyError('STORAGE_FAILED', 'Cannot read "workflows".'));
    expect(result).toMatchObject({
      isError: true,
      structuredContent: { data: { error_code: 'STORAGE_FAILED' } },
    });
    expect(lines).toMatchObject([
      {
        level: 'error',
        operation: 'tools/call workflow.list',
        error_code: 'STORAGE_FAILED',
        correlation_id: correlationOf(result),
      },
    ]);
  });

  it('keeps the text of an error that nobody foresaw in the log', async () => {
    const { result, lines } = await callList(new TypeError('x.y is not a function'));
    expect(JSON.stringify(result)).not.toContain('x.y');
    expect(result).toMatchObject({ structuredContent: { code: -32_603, data: { error_code: 'INTERNAL' } } });
    expect(lines).toMatchObject([
      { correlation_id: correlationOf(result), cause: expect.stringContaining('x.y is not a function') },
    ]);
  });

  it('does not write stacks of what a caller did wrong', async () => {
    const cause = new Error('inner');
    const { lines } = await callList(new OattyError('WORKFLOW_NOT_FOUND', 'No workflow "x".', { cause }));
    expect(lines).toMatchObject([{ level: 'warn', error_code: 'WORKFLOW_NOT_FOUND' }]);
    expect(lines[0]).not.toHaveProperty('cause');
  });
});

// --- internal ---

async function callList(thrown: Error) {
  if (workflowList.kind !== 'call') throw new Error('workflow.list answers itself');
  const lines: unknown[] = [];
  const context: ToolContext = {
    // nothing else of it is used by this tool
    oatty: { workflows: { list: () => Promise.reject(thrown) } } as unknown as Oatty,
    caller: { principal: 'local', via: 'mcp' },
    signal: new AbortController().signal,
    person: { canBeAsked: false, confirm: async () => 'unreachable' },
    client: { can: () => false, ask: async () => ({}), progress: () => undefined, log: () => undefined },
  };
  const result = await callTool(workflowList, {}, context, (entry) => lines.push(entry));
  return { result, lines };
}

function correlationOf(result: object): unknown {
  return (result as { structuredContent: { data: { correlation_id: string } } }).structuredContent.data
    .correlation_id;
}
