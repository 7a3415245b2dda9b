/** An MCP client that runs a workflow as a task (MCP 2025-11-25): create, follow, read the result. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { TaskStatusNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import type { ProcessCommand } from './oatty-process.ts';

export interface RunResult {
  readonly run_id: string;
  readonly status: string;
  readonly steps: readonly { readonly id: string; readonly status: string; readonly reason?: string }[];
  readonly final_output: unknown;
}

export interface TaskRun {
  readonly server: ProcessCommand;
  readonly workflowId: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly onProgress: (line: string) => void;
}

export async function runAsTask({ server, workflowId, inputs, onProgress }: TaskRun): Promise<RunResult> {
  const client = new Client({ name: 'oatty-demo', version: '0.1.0' }, { capabilities: { tasks: {} } });
  client.setNotificationHandler(TaskStatusNotificationSchema, ({ params }) => {
    onProgress(`task ${params.taskId.slice(0, 8)} ${params.status}: ${params.statusMessage ?? ''}`);
  });
  const { command, args, env } = server;
  await client.connect(new StdioClientTransport({ command, args: [...args], env, stderr: 'inherit' }));
  try {
    await client.listTools(); // tells the client which tools run as tasks
    const call = { name: 'workflow_run', arguments: { workflow_id: workflowId, inputs } };
    for await (const message of client.experimental.tasks.callToolStream(call, undefined, {
      task: { ttl: 60_000 },
    })) {
      if (message.type === 'taskCreated') onProgress(`task ${message.task.taskId.slice(0, 8)} created`);
      if (message.type === 'error') throw message.error;
      if (message.type === 'result') return message.result.structuredContent as RunResult; // the tool's output schema
    }
    throw new Error('The task ended without a result.');
  } finally {
    await client.close();
  }
}
