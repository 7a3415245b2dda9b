/** Every command of the command line, loaded when it is called. */
import type { CliCommand } from './cli-command.ts';

type Load = () => Promise<{ readonly command: CliCommand }>;

const table: Readonly<Record<string, Load>> = {
  import: () => import('./commands/import.ts'),
  search: () => import('./commands/search.ts'),
  run: () => import('./commands/run.ts'),
  exec: () => import('./commands/exec.ts'),
  'runs list': () => import('./commands/runs-list.ts'),
  'runs show': () => import('./commands/runs-show.ts'),
  'runs watch': () => import('./commands/runs-watch.ts'),
  'runs cancel': () => import('./commands/runs-cancel.ts'),
  'runs respond': () => import('./commands/runs-respond.ts'),
  'runs resume': () => import('./commands/runs-resume.ts'),
  'runs replay': () => import('./commands/runs-replay.ts'),
  'runs prune': () => import('./commands/runs-prune.ts'),
  worker: () => import('./commands/worker.ts'),
  mcp: () => import('./commands/mcp.ts'),
  'auth dev': () => import('./commands/auth-dev.ts'),
  doctor: () => import('./commands/doctor.ts'),
  completion: () => import('./commands/completion.ts'),
  'workflow list': () => import('./commands/workflow-list.ts'),
  'workflow show': () => import('./commands/workflow-show.ts'),
  'workflow validate': () => import('./commands/workflow-validate.ts'),
  'workflow inputs': () => import('./commands/workflow-inputs.ts'),
  'workflow plan': () => import('./commands/workflow-plan.ts'),
  'workflow render': () => import('./commands/workflow-render.ts'),
  'workflow run': async () => {
    const { command } = await import('./commands/run.ts');
    return { command: { ...command, path: 'workflow run' } };
  },
  'workflow save': () => import('./commands/workflow-save.ts'),
  'workflow rename': () => import('./commands/workflow-rename.ts'),
  'workflow delete': () => import('./commands/workflow-delete.ts'),
  'workflow export': () => import('./commands/workflow-export.ts'),
  'catalog list': () => import('./commands/catalog-list.ts'),
  'catalog show': () => import('./commands/catalog-show.ts'),
  'catalog preview': () => import('./commands/catalog-preview.ts'),
  'catalog enable': async () => ({ command: (await import('./commands/catalog-toggle.ts')).enableCommand }),
  'catalog disable': async () => ({ command: (await import('./commands/catalog-toggle.ts')).disableCommand }),
  'catalog base-url': () => import('./commands/catalog-base-url.ts'),
  'catalog headers': () => import('./commands/catalog-headers.ts'),
  'catalog auth': () => import('./commands/catalog-auth.ts'),
  'catalog remove': () => import('./commands/catalog-remove.ts'),
  'schedule add': () => import('./commands/schedule-add.ts'),
  'schedule list': () => import('./commands/schedule-list.ts'),
  'schedule pause': async () => ({ command: (await import('./commands/schedule-toggle.ts')).pauseCommand }),
  'schedule resume': async () => ({ command: (await import('./commands/schedule-toggle.ts')).resumeCommand }),
  'schedule remove': () => import('./commands/schedule-remove.ts'),
  'secret set': () => import('./commands/secret-set.ts'),
  'secret bind': () => import('./commands/secret-bind.ts'),
  'secret list': () => import('./commands/secret-list.ts'),
  'secret remove': () => import('./commands/secret-remove.ts'),
};

export const commandPaths: readonly string[] = Object.keys(table);

export interface FoundCliCommand {
  readonly command: CliCommand;
  /** How many words of the call named it. */
  readonly words: number;
}

/** The command that the first words of a call name. */
export async function findCommand(words: readonly string[]): Promise<FoundCliCommand | undefined> {
  for (const count of [2, 1]) {
    const path = words.slice(0, count).join(' ');
    const load = Object.hasOwn(table, path) ? table[path] : undefined;
    if (load !== undefined && words.length >= count) return { command: (await load()).command, words: count };
  }
  return undefined;
}

/** Commands whose path begins so, in the order of the table. */
export async function loadCommands(prefix: string): Promise<CliCommand[]> {
  const loads = Object.entries(table).filter(([path]) => path.startsWith(prefix));
  return Promise.all(loads.map(async ([, load]) => (await load()).command));
}

/** `list`, `show`, … of `workflow`; none where the word is no group. */
export function wordsOfGroup(group: string): readonly string[] {
  return commandPaths.flatMap((path) => (path.startsWith(`${group} `) ? [path.slice(group.length + 1)] : []));
}

/** Words that may begin a call; no vendor can be called by them. */
export const firstWords: ReadonlySet<string> = new Set([
  'help',
  ...commandPaths.map((path) => path.split(' ')[0] ?? ''),
]);

/** How an imported command is called: `shop orders:list`, but `exec search web` where the vendor has a word of ours. */
export function toCallWords(commandId: string): string {
  return firstWords.has(commandId.split(' ')[0] ?? '') ? `exec ${commandId}` : commandId;
}
