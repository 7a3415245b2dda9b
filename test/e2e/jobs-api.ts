/** An API of jobs for workers: it counts what arrives, and answers `work` when it is told to. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface JobsApi {
  readonly url: string;
  /** The marks that have arrived, `<job> <name>` each. */
  readonly marks: readonly string[];
  /** Calls of `work` that have arrived for each job, answered or not. */
  readonly work: ReadonlyMap<string, readonly WorkCall[]>;
  /** How many jobs were between their first and their last mark at the same time, at most. */
  mostBegun(): number;
  /** Answers every call of `work` that comes from now on at once, and those that wait. */
  openAll(): void;
  [Symbol.asyncDispose](): Promise<void>;
}

interface WorkCall {
  answer(): void;
}

export async function startJobsApi(): Promise<JobsApi> {
  const marks: string[] = [];
  const work = new Map<string, WorkCall[]>();
  const begun = new Set<string>();
  let mostBegun = 0;
  let isOpen = false;
  const mark = (job: string, name: string): void => {
    marks.push(`${job} ${name}`);
    if (name === 'last') begun.delete(job);
    else begun.add(job);
    mostBegun = Math.max(mostBegun, begun.size);
  };
  const server = createServer((request, response) => {
    const [, job = '', name = ''] = (request.url ?? '').split('/');
    if (name !== 'work') {
      mark(job, name);
      return answer(response);
    }
    work.set(job, [...(work.get(job) ?? []), { answer: () => answer(response) }]);
    if (isOpen) answer(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    url: `http://127.0.0.1:${port}`,
    marks,
    work,
    mostBegun: () => mostBegun,
    openAll() {
      isOpen = true;
      for (const call of [...work.values()].flat()) call.answer();
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

// --- internal ---

function answer(response: ServerResponse): void {
  if (!response.headersSent) response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
}

const job = { name: 'job', in: 'path', required: true, schema: { type: 'string' } };
const answered = { 200: { description: 'done', content: { 'application/json': { schema: {} } } } };

export const jobsDescription: string = JSON.stringify({
  openapi: '3.1.0',
  info: { title: 'Jobs', version: '1' },
  paths: {
    '/{job}/{name}': {
      put: {
        operationId: 'mark',
        parameters: [job, { ...job, name: 'name' }],
        responses: answered,
      },
    },
    '/{job}/work': { get: { operationId: 'work', parameters: [job], responses: answered } },
  },
});
