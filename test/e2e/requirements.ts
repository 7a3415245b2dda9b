/**
 * What an MCP client can rely on, one entry per behaviour. Scenarios cite the ids (`mcp-scenarios.ts`) and run over every
 * transport; a test fails for an entry that none cites.
 *
 * Sources: `authoring` is the document about workflow authoring and execution over MCP, `design` the design of oatty,
 * `mcp` the specification of 2025-11-25.
 */
export interface Requirement {
  readonly text: string;
  readonly source: string;
}

const table = {
  'server.instructions': [
    'Instructions name the order of work in at most 2 kB.',
    'authoring 5.4.4, design 9',
  ],
  'server.capabilities': [
    'Declares tools, resources with subscription, prompts, completion, tasks.',
    'mcp lifecycle',
  ],
  'tools.names': [
    'Names have no dot; title and metadata carry the dotted id; both are accepted.',
    'design 2.3',
  ],
  'tools.budget': ['The list takes at most 32 kB.', 'design 9'],
  'tools.first': ['The first tool is harmless and needs no argument.', 'design 9'],
  'tools.annotations': ['All four hints are set, and agree with the safety.', 'design 9'],
  'tools.metadata': ['Metadata tells safety, execution type and HTTP method.', 'authoring 5'],
  'tools.task-support': ['Task tools require a task, others forbid it.', 'design 10'],
  'tools.output-schema': ['Results fit the listed schema and the full one, which is a resource.', 'design 9'],
  'tools.text': ['The text of a result is its structure as JSON.', 'mcp tools'],
  'errors.argument': ['Unknown and missing arguments are named, with the nearest name.', 'design 11'],
  'errors.tool-unknown': ['An unknown tool is a JSON-RPC error -32602.', 'mcp tools'],
  'errors.payload': [
    'Failures carry code, category, action, correlation id; the message begins with the code.',
    'authoring 10.1',
  ],
  'errors.violations': ['Validation failures list every violation with its path.', 'authoring 10.2'],
  'errors.execution': ['A failed step tells step, command and answer.', 'authoring 10.3'],
  'workflow.validate': ['An invalid manifest is a result with violations and lines.', 'authoring 5.1'],
  'workflow.save': ['Keeps the text, gives path, id and version.', 'authoring 5.2'],
  'workflow.save-version': ['A version that is not the saved one is a conflict.', 'authoring 5.2'],
  'workflow.save-invalid': ['Nothing invalid is saved.', 'authoring 5.2'],
  'workflow.get': ['Gives text, parsed manifest, format, path and version.', 'authoring 5.1'],
  'workflow.list': ['Lists the saved workflows with metadata.', 'authoring 5.1'],
  'workflow.rename': ['Gives a workflow another id and a new version.', 'authoring 5.2'],
  'workflow.delete': ['Removes the file.', 'authoring 5.3'],
  'workflow.preview-inputs': ['Shows required inputs and defaults.', 'authoring 5.1'],
  'workflow.resolve-inputs': ['Is ready only when everything required is there.', 'authoring 5.2'],
  'workflow.step-plan': ['Shows the steps in order, with conditions and dependencies.', 'authoring 5.2'],
  'workflow.preview-rendered': ['What only a run can tell stays template text, and is listed.', 'design 9'],
  'workflow.as-command': ['A saved workflow is a command that search finds.', 'design 6'],
  'task.created': ['A call with a task gives a task with the run id, at once.', 'design 10'],
  'task.get': ['The state of a task can be asked for.', 'mcp tasks'],
  'task.result': ['The result waits for the end and names its task.', 'mcp tasks'],
  'task.list': ['Tasks are listed.', 'mcp tasks'],
  'task.unknown': ['An unknown task is -32602.', 'mcp tasks'],
  'task.terminal': ['A task that has ended cannot be canceled.', 'mcp tasks'],
  'task.status': ['Status notifications tell run, step and state.', 'authoring 10.4'],
  'task.required': ['Without a task, -32601 with TASK_CAPABILITY_REQUIRED and what to do.', 'authoring 13.2'],
  'task.forbidden': ['A task for another tool is refused before anything runs.', 'mcp tasks'],
  'task.input': ['What is missing is asked for, and the run goes on.', 'design 10'],
  'run.handle': ['Clients without tasks start a run and ask for its status.', 'design 2.6'],
  'run.list': ['Runs are listed, newest first.', 'design 9'],
  'safety.asks': [
    'A person is asked before anything destructive, and a no is respected.',
    'authoring 9, design 9',
  ],
  'safety.confirm': ['Where nobody can be asked, confirm: true is needed.', 'design 9'],
  'safety.safe': ['What is safe refuses all else.', 'authoring 9'],
  'command.search': ['Commands are found by words.', 'design 8'],
  'command.list': ['Commands are listed with their arguments, page by page.', 'authoring 5.1'],
  'command.get': ['A command is described with its schemas.', 'authoring 3.4'],
  'command.run': ['One command gives status, headers and body.', 'design 9'],
  'provider.list': ['Providers are listed with select fields and required arguments.', 'authoring 5.1'],
  'catalog.validate': ['A description is judged without being imported.', 'authoring 5.4.1'],
  'catalog.preview': ['A preview writes nothing.', 'authoring 5.4.1'],
  'catalog.import': ['An import brings commands; over a catalog it needs overwrite.', 'authoring 5.4.2'],
  'catalog.toggle': ['A disabled catalog offers no commands and keeps its files.', 'authoring 5.4.2'],
  'catalog.settings': ['Base URL and headers are set; values are masked in answers.', 'design 9'],
  'catalog.remove': ['A catalog is removed, with its file when asked.', 'authoring 5.4.3'],
  'resources.list': [
    'Specification, schema, manifests and catalogs are listed, each workflow too.',
    'authoring 3',
  ],
  'resources.read': ['Each is read at its address.', 'authoring 3'],
  'resources.unknown': ['An address without a resource is -32002.', 'mcp resources'],
  'resources.updated': [
    'Who subscribed hears of a change, and everybody that the list has changed.',
    'design 9',
  ],
  completion: ['Variables of templates and arguments of prompts are completed.', 'design 9'],
  'prompts.list': ['Four prompts with their arguments.', 'authoring 4'],
  'prompts.get': ['A prompt is one message that suggests nothing destructive.', 'authoring 4, 9'],
  'prompts.arguments': ['A missing argument is -32602.', 'mcp prompts'],
} as const satisfies Readonly<Record<string, readonly [text: string, source: string]>>;

export type RequirementId = keyof typeof table;

export const requirements: ReadonlyMap<string, Requirement> = new Map(
  Object.entries(table).map(([id, [text, source]]) => [id, { text, source }]),
);
