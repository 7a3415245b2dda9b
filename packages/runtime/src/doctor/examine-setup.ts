/**
 * Looks at everything that oatty depends on, and says what is wrong with it and what to do.
 *
 *   D1. Nothing of the user's is changed; caches may be written.
 *   D2. One thing that is broken hides no other: each area is examined for itself.
 *   D3. No value of a secret is read into a finding, only whether it is there.
 */
import { OattyError } from '@oatty/types';
import type { OattyOptions } from '../options.ts';
import { createWorld } from '../world.ts';
import type { World } from '../world.ts';
import { examineCatalogs } from './examine-catalogs.ts';
import { databaseUrlOf, examineDatabase } from './examine-database.ts';
import { examineEnvironment } from './examine-environment.ts';
import { examineFiles } from './examine-files.ts';
import { examineSecrets } from './examine-secrets.ts';
import { examineState } from './examine-state.ts';
import { examineWorkflows } from './examine-workflows.ts';
import { broken } from './finding.ts';
import type { DoctorDocument, Finding, Note } from './finding.ts';

export interface ExamineOptions extends Pick<OattyOptions, 'env' | 'cwd'> {
  /** Variables that the program around the library reads, besides those of the library. */
  readonly knownVariables?: readonly string[];
}

export async function examineSetup({
  knownVariables = [],
  ...options
}: ExamineOptions): Promise<DoctorDocument> {
  const world = createWorld(options);
  const findings: Finding[] = [];
  for (const [area, examine] of Object.entries(examinations) as [Finding['area'], Examination][]) {
    const notes = await examine(world, knownVariables).catch((thrown: unknown) => [toNote(thrown, area)]);
    findings.push(...notes.map((note) => ({ area, ...note })));
  }
  return { healthy: findings.every(({ status }) => status !== 'broken'), findings };
}

// --- internal ---

type Examination = (world: World, knownVariables: readonly string[]) => Promise<readonly Note[]>;

/** In the order in which they are told: what comes first explains what comes later. */
const examinations: Readonly<Partial<Record<Finding['area'], Examination>>> = {
  environment: async ({ env }, knownVariables) => examineEnvironment(env, knownVariables),
  files: ({ paths }) => examineFiles(paths),
  catalogs: examineCatalogs,
  secrets: examineSecrets,
  workflows: examineWorkflows,
  state: async ({ paths, env }) => (databaseUrlOf(env) === '' ? examineState(paths.stateFile) : []),
  database: ({ env }) => examineDatabase(databaseUrlOf(env)),
};

function toNote(thrown: unknown, area: string): Note {
  const error = OattyError.from(thrown);
  return broken(area, error.message, error.suggestedAction);
}
