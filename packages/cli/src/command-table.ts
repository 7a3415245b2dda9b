/** Every command of the command line, loaded when it is called. */
import type { CliCommand } from './cli-command.ts';

type Load = () => Promise<{ readonly command: CliCommand }>;

const table: Readonly<Record<string, Load>> = {
  import: () => import('./commands/import.ts'),
  run: () => import('./commands/run.ts'),
  search: () => import('./commands/search.ts'),
  exec: () => import('./commands/exec.ts'),
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
  'catalog remove': () => import('./commands/catalog-remove.ts'),
  'catalog base-url': () => import('./commands/catalog-base-url.ts'),
  'catalog headers': () => import('./commands/catalog-headers.ts'),
  'catalog auth': () => import('./commands/catalog-auth.ts'),
  'secret set': () => import('./commands/secret-set.ts'),
  'secret list': () => import('./commands/secret-list.ts'),
  'secret remove': () => import('./commands/secret-remove.ts'),
  mcp: () => import('./commands/mcp.ts'),
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
    if (load !== undefined) return { command: (await load()).command, words: Math.min(count, words.length) };
  }
  return undefined;
}

export function isCommandGroup(word: string): boolean {
  return commandPaths.some((path) => path.startsWith(`${word} `));
}

/** All commands, for the overview. */
export async function loadCommands(prefix: string): Promise<CliCommand[]> {
  const loads = Object.entries(table).filter(([path]) => path.startsWith(prefix));
  return Promise.all(loads.map(async ([, load]) => (await load()).command));
}
