/** The pages of `specs/`, each a resource of its own: what is true of oatty, word for word. */
import type { Resource } from './resource.ts';

/** The same for everybody. */
interface SpecPage extends Resource {
  read(): ReturnType<Resource['read']>;
}

interface EmbeddedPage {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** A module that `scripts/embed-spec.ts` has written. */
  readonly load: () => Promise<{ readonly page: string }>;
}

const pages: readonly EmbeddedPage[] = [
  {
    name: 'workflows',
    title: 'Workflows',
    description: 'Every key of a manifest, how a run goes, and the rules of the validator.',
    load: () => import('./spec-pages/workflows.ts'),
  },
  {
    name: 'expressions',
    title: 'Expressions',
    description: 'Templates, paths, operators and functions, each with examples.',
    load: () => import('./spec-pages/expressions.ts'),
  },
  {
    name: 'catalogs',
    title: 'Catalogs and commands',
    description:
      'How a description becomes commands, and how they are called: parameters, bodies, credentials.',
    load: () => import('./spec-pages/catalogs.ts'),
  },
  {
    name: 'runs',
    title: 'Runs',
    description: 'What is guaranteed of a run: crashes, queues, waits, resumption, replay, schedules.',
    load: () => import('./spec-pages/runs.ts'),
  },
  {
    name: 'mcp',
    title: 'MCP',
    description: 'The tools, tasks, resources and prompts of this server, their safety and their limits.',
    load: () => import('./spec-pages/mcp.ts'),
  },
  {
    name: 'errors',
    title: 'Errors',
    description: 'Every error code: what it means and what to do.',
    load: () => import('./spec-pages/errors.ts'),
  },
  {
    name: 'arazzo',
    title: 'Arazzo',
    description: 'What becomes of an Arazzo document, and of a workflow that is exported as one.',
    load: () => import('./spec-pages/arazzo.ts'),
  },
  {
    name: 'tasks',
    title: 'Tasks',
    description: 'The catalog of tasks for people that comes with oatty.',
    load: () => import('./spec-pages/tasks.ts'),
  },
];

const mimeType = 'text/markdown';

export const specPages: readonly SpecPage[] = pages.map(({ name, title, description, load }) => ({
  uri: `oatty://spec/${name}`,
  name: `spec.${name}`,
  title,
  description,
  mimeType,
  async read() {
    return [{ mimeType, text: (await load()).page }];
  },
}));
