/** Values that are looked up: ids and names of what is there. Each may fail, and then offers nothing. */
import type { CommandDocument, Oatty } from '@oatty/runtime';
import { toCount } from '../output/count-text.ts';
import type { Candidate } from './completion.ts';
import type { ValueKind } from './value-kind.ts';

export interface LiveValues {
  of(kind: Exclude<ValueKind, 'file'>): Promise<readonly Candidate[]>;
  /** `orders:list`, … of `shop`. */
  commandsOf(vendor: string): Promise<readonly Candidate[]>;
  command(id: string): Promise<CommandDocument | undefined>;
}

/** @param open - called at the first use */
export function createLiveValues(open: () => Promise<Oatty>): LiveValues {
  return {
    of: (kind) => orNone(async () => readers[kind](await open())),
    commandsOf: (vendor) =>
      orNone(async () => {
        const ids = await (await open()).commands.ids(vendor);
        return ids.map((id) => ({ value: id.slice(vendor.length + 1) }));
      }),
    command: async (id) => (await open()).commands.get(id).catch(() => undefined),
  };
}

// --- internal ---

const maxRuns = 50;

const readers: Readonly<Record<Exclude<ValueKind, 'file'>, (oatty: Oatty) => Promise<readonly Candidate[]>>> =
  {
    workflow: async ({ workflows }) =>
      (await workflows.list()).items.map(({ workflow_id, title }) => toCandidate(workflow_id, title)),
    catalog: async ({ catalogs }) =>
      (await catalogs.list()).items.map(({ catalog_id, title }) => toCandidate(catalog_id, title)),
    vendor: async ({ catalogs }) => {
      const enabled = (await catalogs.list()).items.filter((item) => item.enabled);
      return [...new Map(enabled.map(({ vendor, title }) => [vendor, toCandidate(vendor, title)])).values()];
    },
    queue: async ({ runs }) =>
      (await runs.queues()).items.map(({ name, queued }) =>
        toCandidate(name, `${toCount(queued, 'run')} in line`),
      ),
    run: async ({ runs }) =>
      (await runs.list({ limit: maxRuns })).items.map(({ run_id, workflow_id, status }) =>
        toCandidate(run_id, `${workflow_id}, ${status}`),
      ),
  };

function toCandidate(value: string, description: string | null | undefined): Candidate {
  return description ? { value, description } : { value };
}

async function orNone(read: () => Promise<readonly Candidate[]>): Promise<readonly Candidate[]> {
  try {
    return await read();
  } catch {
    return [];
  }
}
