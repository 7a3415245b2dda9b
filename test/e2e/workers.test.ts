/** Three machines that carry one queue: one dies, one is stopped past its lease, one loses the database; two are left. */
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { sharedPostgresUrl } from '@oatty/store/testing';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { repository } from './command-line.ts';
import { jobsDescription, startJobsApi } from './jobs-api.ts';
import type { JobsApi } from './jobs-api.ts';
import { startSeverableProxy } from './severable-proxy.ts';
import { openSharedState } from './shared-state.ts';
import type { SharedState } from './shared-state.ts';

const serverUrl = await sharedPostgresUrl();
const jobs = Array.from({ length: 8 }, (_, index) => `job-${index}`);
const concurrency = 6;
const rateMs = 400;
const rate = { limit: 2, per: `${rateMs}ms` };

const manifest = {
  workflow: 'carry',
  inputs: { job: { type: 'string' } },
  queue: { name: 'machines', concurrency },
  steps: [
    { id: 'first', run: 'jobs update', with: { job: '${{ inputs.job }}', name: 'first' } },
    { id: 'work', run: 'jobs work:list', depends_on: ['first'], with: { job: '${{ inputs.job }}' } },
    {
      id: 'last',
      run: 'jobs update',
      depends_on: ['work'],
      with: { job: '${{ inputs.job }}', name: 'last' },
    },
  ],
};

describe.skipIf(serverUrl === undefined)('three workers', () => {
  it('finish all runs whatever happens, and keep to a rate', { timeout: 120_000 }, async () => {
    await using api = await startJobsApi();
    await using state = await openSharedState(serverUrl);
    await importJobs(state, api);
    const database = new URL(state.env['DATABASE_URL'] ?? '');
    await using proxy = await startSeverableProxy({ host: database.hostname, port: Number(database.port) });
    const runs = new Map<string, string>();
    for (const job of jobs) {
      const handle = await state.oatty.runs.start({
        workflow: { manifest },
        inputs: { job },
        queue: { leave: true },
      });
      runs.set(job, handle.run_id);
    }
    const [dies, stops, loses] = [
      startWorker(state),
      startWorker(state),
      startWorker(state, { DATABASE_URL: through(database, proxy.port) }),
    ];
    await untilWorkCalls(api, concurrency);
    await setTimeout(500); // what was marked is written
    dies.kill('SIGKILL');
    stops.kill('SIGSTOP');

    // The third takes over what the two had, and the second wakes up again.
    await untilWorkCalls(api, concurrency + 4);
    stops.kill('SIGCONT');
    const taken = [...api.work].filter(([, calls]) => calls.length === 2);
    for (const [, calls] of taken) calls[0]?.answer();
    await setTimeout(1_000);
    await expectNoWorkDone(state, runs);

    // The second takes over all that the third has, once that has lost the database.
    proxy.cut();
    await untilWorkCalls(api, concurrency + 4 + concurrency);
    for (const [, calls] of api.work) for (const call of calls.slice(0, -1)) call.answer();
    proxy.restore();
    await setTimeout(1_000);
    await expectNoWorkDone(state, runs);

    api.openAll();
    const ended = await Promise.all([...runs.values()].map((runId) => state.oatty.runs.wait(runId)));
    expect(ended.map(({ status }) => status)).toEqual(jobs.map(() => 'succeeded'));
    const expected = jobs.flatMap((job) => [`${job} first`, `${job} last`]);
    expect(api.marks.toSorted()).toEqual(expected.toSorted());
    expect(api.mostBegun()).toBe(concurrency);

    // The two that are left share a queue in which few may begin at once.
    const begun = await beginAtRate(state);
    const early = begun.filter((instant, nth) => instant - (begun[nth - rate.limit] ?? -Infinity) < rateMs);
    expect([begun.length, early]).toEqual([jobs.length, []]);
    expect(await end(stops)).toBe(0);
    expect(await end(loses)).toBe(0);
  });
});

// --- internal ---

/** @returns when they began, as the journal tells, in order */
async function beginAtRate({ oatty }: SharedState): Promise<readonly number[]> {
  const workflow = { manifest: { ...manifest, queue: { name: 'machines', rate } } };
  const started = jobs.map((job) => oatty.runs.start({ workflow, inputs: { job }, queue: { leave: true } }));
  const ended = await Promise.all(started.map(async (handle) => (await handle).wait()));
  expect(ended.map(({ status }) => status)).toEqual(jobs.map(() => 'succeeded'));
  return ended.map(({ claimed_at }) => Date.parse(claimed_at ?? '')).toSorted((a, b) => a - b);
}

async function importJobs({ oatty, home }: SharedState, { url }: JobsApi): Promise<void> {
  const source = join(home, 'jobs.json');
  await writeFile(source, jobsDescription);
  await oatty.catalogs.importOpenapi({ source, vendor: 'jobs', baseUrl: url });
}

function startWorker({ env }: SharedState, more: Readonly<Record<string, string>> = {}): ChildProcess {
  const binary = join(repository, 'packages/cli/dist/main.js');
  const child = spawn(process.execPath, [binary, 'worker', '--queue', 'machines', '--concurrency', '2'], {
    env: { PATH: process.env['PATH'], ...env, ...more },
    stdio: 'ignore',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function end(child: ChildProcess): Promise<number | null> {
  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

function through(database: URL, port: number): string {
  const url = new URL(database);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return url.href;
}

async function untilWorkCalls({ work }: JobsApi, count: number): Promise<void> {
  await vi.waitFor(() => expect([...work.values()].flat()).toHaveLength(count), {
    timeout: 40_000,
    interval: 50,
  });
}

/** Answers went to processes that had lost their lease. */
async function expectNoWorkDone({ oatty }: SharedState, runs: ReadonlyMap<string, string>): Promise<void> {
  const statuses = [...runs.values()].map(async (runId) => (await oatty.runs.get(runId)).steps[1]?.status);
  expect(await Promise.all(statuses)).not.toContain('succeeded');
}
