/**
 * Tells what changed on disk, whoever changed it: this process, another one, or a person with an editor.
 *
 *   C1. Signs of the file system only make us look; what is told is the difference between two looks.
 *   C2. One look at a time; a sign during a look makes another one follow.
 *   C3. While something cannot be read, nothing is known, and nothing is told.
 */
import { watchPlaces } from '@oatty/registry';
import type { WatchTimes } from '@oatty/registry';
import { basename, dirname } from 'node:path';
import type { World } from '../world.ts';

/** What was added, changed or removed since the last time; never empty. */
export interface Changes {
  /** Ids of workflows, sorted. */
  readonly workflows: readonly string[];
  /** Vendors of catalogs whose commands are others now, sorted. */
  readonly vendors: readonly string[];
}

export interface ChangeWatch {
  close(): void;
}

export function watchChanges(world: World, onChange: (changes: Changes) => void): ChangeWatch {
  const look = new Look(world, onChange);
  look.now();
  const { registryFile, workflowsDir } = world.paths;
  const places = [
    { directory: workflowsDir },
    { directory: dirname(registryFile), file: basename(registryFile) },
  ];
  const watch = watchPlaces(places, () => look.now(), watchTimes);
  const close = () => {
    look.end();
    watch.close();
  };
  world.closing.signal.addEventListener('abort', close, { once: true });
  return {
    close() {
      world.closing.signal.removeEventListener('abort', close);
      close();
    },
  };
}

// --- internal ---

const watchTimes: WatchTimes = { pollMs: 3_000, settleMs: 100 };

/** Name → what it is like: a difference means a change. */
type Marks = ReadonlyMap<string, string>;

interface Sight {
  readonly workflows: Marks;
  readonly vendors: Marks;
}

class Look {
  readonly #world: World;
  readonly #onChange: (changes: Changes) => void;
  #seen: Sight | undefined;
  #state: 'idle' | 'looking' | 'looking again' | 'ended' = 'idle';

  constructor(world: World, onChange: (changes: Changes) => void) {
    this.#world = world;
    this.#onChange = onChange;
  }

  /** C2 */
  now(): void {
    if (this.#state === 'idle') void this.#run();
    else if (this.#state === 'looking') this.#state = 'looking again';
  }

  end(): void {
    this.#state = 'ended';
  }

  async #run(): Promise<void> {
    this.#state = 'looking';
    const sight = await look(this.#world).catch(() => undefined); // C3
    if (this.#hasEnded()) return;
    const again = this.#isCalledAgain();
    this.#state = 'idle';
    if (sight !== undefined) this.#tell(sight);
    if (again) this.now();
  }

  #hasEnded(): boolean {
    return this.#state === 'ended';
  }

  #isCalledAgain(): boolean {
    return this.#state === 'looking again';
  }

  #tell(sight: Sight): void {
    const before = this.#seen;
    this.#seen = sight;
    if (before === undefined) return;
    const workflows = differences(before.workflows, sight.workflows);
    const vendors = differences(before.vendors, sight.vendors);
    if (workflows.length + vendors.length > 0) this.#onChange({ workflows, vendors });
  }
}

async function look({ workflowStore, catalogStore }: World): Promise<Sight> {
  const { items } = await workflowStore.list();
  const vendors = new Map<string, string>();
  for (const { id, title, vendor, enabled, manifest_sha256: sha256 } of await catalogStore.list()) {
    vendors.set(vendor, `${vendors.get(vendor) ?? ''}${JSON.stringify([id, title, enabled, sha256])}`);
  }
  return { workflows: new Map(items.map(({ workflow_id, version }) => [workflow_id, version])), vendors };
}

function differences(before: Marks, after: Marks): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name)).sort();
}
