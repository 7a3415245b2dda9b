/** The engine, with the world put into its ports. */
import type { CommandExecutor, Dispatcher, PolicyDecider, Runner } from '@oatty/engine';
import { createOperationPrepare } from './authoring/prepare-operation.ts';
import { createHttpExecutor } from './commands/http-executor.ts';
import { createBundledCommands } from './modules/bundled-catalogs.ts';
import { withLocalRole } from './modules/local-role.ts';
import { createModuleExecutor } from './modules/module-executor.ts';
import { createPrepare } from './runs/complete-inputs.ts';
import { createSubWorkflowInputs } from './runs/sub-workflow-inputs.ts';
import { createEnvironmentSource, createSecretSource } from './secrets/secret-source.ts';
import { createWorkflowSource } from './workflows/workflow-source.ts';
import type { World } from './world.ts';

export async function openDispatcher(world: World): Promise<Dispatcher> {
  const { createDispatcher } = await import('@oatty/engine');
  const { options, commandSource, clock } = world;
  return createDispatcher({
    commands: commandSource,
    executors: {
      http: createHttpExecutor(world),
      module: withLocalRole(createModuleExecutor(options.modules ?? [], createBundledCommands(world)), world),
      workflow: createSavedWorkflowExecutor(world),
      approval: createStoredApprovals(world),
    },
    policy: options.policy ?? allowAll,
    audit: options.audit,
    clock,
  });
}

export async function openRunner(world: World): Promise<Runner> {
  const { createRunner } = await import('@oatty/engine');
  return createRunner({
    store: await world.store(),
    commands: world.commandSource,
    dispatcher: await world.dispatcher(),
    secrets: createSecretSource(world),
    environment: createEnvironmentSource(world),
    clock: world.clock,
    entropy: world.entropy,
    prepare: createOperationPrepare(world, createPrepare(world)),
    ...(world.options.limits?.run && { limits: world.options.limits.run }),
  });
}

// --- internal ---

const allowAll: PolicyDecider = { decide: () => Promise.resolve({ kind: 'allow' }) };

/** The journal is opened when it is needed: most commands need none. */
function createStoredApprovals(world: World): CommandExecutor {
  return {
    async execute(call) {
      const { createApprovalExecutor } = await import('@oatty/engine');
      return createApprovalExecutor({ store: await world.store(), clock: world.clock }).execute(call);
    },
  };
}

/** The runner needs the dispatcher, so it is asked for at the first call. */
function createSavedWorkflowExecutor(world: World): CommandExecutor {
  return {
    async execute(call) {
      const { createWorkflowExecutor } = await import('@oatty/engine');
      const runner = await world.runner();
      return createWorkflowExecutor({
        workflows: createWorkflowSource(world),
        resolveInputs: createSubWorkflowInputs(world),
        runner: () => runner,
        commands: world.commandSource,
        store: await world.store(),
        clock: world.clock,
        entropy: world.entropy,
      }).execute(call);
    },
  };
}
