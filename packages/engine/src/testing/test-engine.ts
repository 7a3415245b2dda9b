/** A whole engine in memory: fake commands behind the real dispatcher and the real runner, on a hand-set clock. */
import { approvalCommand } from '@oatty/types';
import type { Caller, PolicyDecision, RunDocument, RunEvent, Workflow } from '@oatty/types';
import { createApprovalExecutor } from '../approval/approval-executor.ts';
import { createDispatcher } from '../dispatch/dispatch-command.ts';
import type { Entropy } from '../ports/clock.ts';
import type { CommandSource, FoundCommand } from '../ports/command-source.ts';
import type { RunStore } from '../ports/run-store.ts';
import { createRunner } from '../run/create-runner.ts';
import type { ExecuteOptions, Runner, RunnerPorts } from '../run/create-runner.ts';
import { createMemoryRunStore } from '../run/memory-run-store.ts';
import type { RunRequest } from '../run/start-run.ts';
import { createWorkflowExecutor } from '../run/workflow-executor.ts';
import { aCatalogSummary, createFakeApi } from './fake-api.ts';
import type { Answer, FakeApi, FakeRoute } from './fake-api.ts';
import { createHandClock } from './hand-clock.ts';
import type { HandClock } from './hand-clock.ts';
import { createRecordingAudit } from './recording-audit.ts';
import type { RecordingAudit } from './recording-audit.ts';

export type Routes = Readonly<Record<string, Answer | FakeRoute>>;

export interface TestEngineOptions {
  /** A store that another engine wrote to. */
  readonly store?: RunStore;
  readonly clock?: HandClock;
  /** Chance in [0, 1); default 0.5, which leaves delays as they are planned. */
  readonly fraction?: number;
  /** Saved workflows, run as `workflow <id>`. */
  readonly workflows?: readonly Workflow[];
  /** By name. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly limits?: RunnerPorts['limits'];
  readonly prepare?: RunnerPorts['prepare'];
  /** What the policy answers to everything; default allow. */
  readonly decision?: PolicyDecision;
}

export interface TestEngine {
  readonly runner: Runner;
  readonly api: FakeApi;
  readonly commands: CommandSource;
  readonly store: RunStore;
  readonly clock: HandClock;
  readonly audit: RecordingAudit;
  /** Starts a run; nothing of it is executed yet. */
  start(workflow: Workflow, inputs?: RunRequest['inputs'], more?: Partial<RunRequest>): Promise<string>;
  /** Executes until the run has ended or waits for an answer, as time goes by. */
  execute(runId: string, options?: ExecuteOptions): Promise<RunDocument>;
  /** Both. */
  run(workflow: Workflow, inputs?: RunRequest['inputs']): Promise<RunDocument>;
  /** Every event so far. */
  events(runId: string): Promise<readonly RunEvent[]>;
}

const tester: Caller = { principal: 'tester', via: 'library' };

export function createTestEngine(routes: Routes, options: TestEngineOptions = {}): TestEngine {
  const { store = createMemoryRunStore(), clock = createHandClock(), workflows = [], secrets = {} } = options;
  const { env = {}, limits = {}, prepare } = options;
  const api = createFakeApi(routes);
  const audit = createRecordingAudit();
  const entropy = createCountingEntropy(options.fraction ?? 0.5);
  const executor = createWorkflowExecutor({
    store,
    commands: { ...api.commands, find: (id) => commands.find(id) },
    clock,
    entropy,
    runner: () => runner,
    workflows: { load: async (id) => findWorkflow(workflows, id) },
    resolveInputs: async (_, given) => given,
  });
  const commands = withApproval(withWorkflows(api.commands, workflows));
  const dispatcher = createDispatcher({
    commands,
    executors: { ...api.executors, workflow: executor, approval: createApprovalExecutor({ store, clock }) },
    policy: { decide: async () => options.decision ?? { kind: 'allow' } },
    audit,
    clock,
  });
  const runner = createRunner({
    store,
    commands,
    dispatcher,
    clock,
    entropy,
    limits,
    secrets: { get: async (name) => secrets[name] },
    environment: { get: (name) => env[name], isAllowed: (name) => Object.hasOwn(env, name) },
    ...(prepare && { prepare }),
  });

  const start: TestEngine['start'] = (workflow, inputs = {}, more = {}) => {
    return runner.start({ workflow, inputs, caller: tester, ...more });
  };
  const execute: TestEngine['execute'] = async (runId, more) => {
    for (;;) {
      const run = await clock.play(runner.execute(runId, more));
      if (run.due_at === undefined) return run;
      await clock.advance(Date.parse(run.due_at) - clock.now().getTime());
    }
  };
  return {
    runner,
    api,
    commands,
    store,
    clock,
    audit,
    start,
    execute,
    run: async (workflow, inputs) => execute(await start(workflow, inputs)),
    events: (runId) => store.readEvents(runId, 0, 100_000),
  };
}

// --- internal ---

let engines = 0;

/** Ids that tell in which engine they were made, and in which order. */
function createCountingEntropy(fraction: number): Entropy {
  engines += 1;
  const engine = engines;
  let ids = 0;
  return {
    id() {
      ids += 1;
      return `id-${engine}-${ids}`;
    },
    fraction: () => fraction,
  };
}

function findWorkflow(workflows: readonly Workflow[], id: string): Workflow {
  const workflow = workflows.find((candidate) => candidate.workflow === id);
  if (workflow === undefined) throw new Error(`The test has no workflow "${id}".`);
  return workflow;
}

function withApproval(commands: CommandSource): CommandSource {
  const approval: FoundCommand = {
    command: approvalCommand,
    catalog: aCatalogSummary({ id: '_oatty', title: 'oatty', vendor: 'oatty' }),
    schemas: {},
  };
  return { ...commands, find: (id) => (id === approvalCommand.id ? approval : commands.find(id)) };
}

/** Saved workflows are commands too. */
function withWorkflows(commands: CommandSource, workflows: readonly Workflow[]): CommandSource {
  const saved = createFakeApi(
    Object.fromEntries(workflows.map((workflow) => [`workflow ${workflow.workflow}`, toRoute(workflow)])),
  );
  return {
    ...commands,
    find: (id) => commands.find(id) ?? saved.commands.find(id),
  };
}

function toRoute(workflow: Workflow): FakeRoute {
  const parameters = Object.entries(workflow.inputs ?? {}).map(([name, input]) => {
    return { name, in: 'body', required: input.optional !== true, schema: {} } as const;
  });
  return {
    answer: () => null,
    command: {
      parameters,
      effect: 'standard',
      execution: { kind: 'workflow', workflow_id: workflow.workflow },
    },
  };
}
