/** Small documents with valid defaults; a test names what matters to it. */
import type { Command, CommandParameter, Effect, HttpMethod, Step, Workflow } from '@oatty/types';

/** `aWorkflow({ steps: [aStep('list', 'shop orders:list')] })` */
export function aWorkflow(parts: Partial<Workflow> & Pick<Workflow, 'steps'>): Workflow {
  return { workflow: 'orders', ...parts };
}

export function aStep(id: string, run: string, parts: Partial<Step> = {}): Step {
  return { id, run, ...parts };
}

/** An HTTP command that takes any body, and the optional parameters `id`, `value` and `n` of any type. */
export function aCommand(id: string, method: HttpMethod = 'GET', parts: Partial<Command> = {}): Command {
  return {
    id,
    summary: id,
    effect: effectOf(method),
    parameters: ['id', 'value', 'n'].map((name) => aParameter(name)),
    body: { media_type: 'application/json', schema: {}, required: false },
    execution: { kind: 'http', method, path: '/' },
    ...parts,
  };
}

export function aParameter(name: string, parts: Partial<CommandParameter> = {}): CommandParameter {
  return { name, in: 'query', required: false, schema: {}, ...parts };
}

// --- internal ---

function effectOf(method: HttpMethod): Effect {
  if (method === 'DELETE') return 'destructive';
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS' ? 'safe' : 'standard';
}
