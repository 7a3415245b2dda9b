/**
 * What people and clients can rely on, one entry per behaviour.
 *
 *   R1. Scenarios cite the ids (`mcp-scenarios.ts`) and run over every transport.
 *   R2. What a test elsewhere shows already names that test, by its file and its exact title.
 *   R3. What nothing shows yet stands in `requirements/missing.ts` with the reason, and is never called covered.
 *
 * Sources: `authoring` is the document about workflow authoring and execution over MCP, `design` the design of oatty,
 * `mcp` the specification of 2025-11-25, `mcp-2026` that of 2026-07-28,
 * `product` the requirements of the product that the tasks are for, `tasks` what is asked of their catalog.
 */
import { authoring } from './requirements/authoring.ts';
import { commandLine } from './requirements/command-line.ts';
import { descriptions } from './requirements/descriptions.ts';
import { errors } from './requirements/errors.ts';
import { http } from './requirements/http.ts';
import { newerRevision } from './requirements/newer-revision.ts';
import { operations } from './requirements/operations.ts';
import { product } from './requirements/product.ts';
import { safety } from './requirements/safety.ts';
import { surface } from './requirements/surface.ts';
import { taskCatalog } from './requirements/task-catalog.ts';
import { tasks } from './requirements/tasks.ts';

export interface Requirement {
  readonly text: string;
  readonly source: string;
  readonly tests: readonly TestReference[];
}

export interface TestReference {
  /** From the root of the repository. */
  readonly file: string;
  readonly title: string;
}

const table = {
  ...surface,
  ...authoring,
  ...tasks,
  ...taskCatalog,
  ...product,
  ...operations,
  ...newerRevision,
  ...http,
  ...errors,
  ...safety,
  ...commandLine,
  ...descriptions,
};

export type RequirementId = keyof typeof table;

export const requirements: ReadonlyMap<string, Requirement> = new Map(
  Object.entries(table).map(([id, [text, source, ...tests]]) => [
    id,
    { text, source, tests: tests.map(toReference) },
  ]),
);

// --- internal ---

function toReference(text: string): TestReference {
  const [file = '', ...title] = text.split(': ');
  return { file, title: title.join(': ') };
}
