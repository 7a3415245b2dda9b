/** What an embedder may choose; every choice has a default. */
import type { HttpLimits } from '@oatty/api';
import type { AuditSink, PolicyDecider, RunLimits, RunStore } from '@oatty/engine';
import type { LoadLimits } from '@oatty/registry-gen';
import type { OattyError } from '@oatty/types';
import type { MailLimits } from './mail/send-mail.ts';
import type { ModuleCatalog } from './modules/define-catalog.ts';
import type { Telemetry } from './telemetry/telemetry.ts';

export interface OattyOptions {
  /** Environment variables; default those of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Directory that relative paths start from; default that of the process. */
  readonly cwd?: string;
  /** Catalogs written in TypeScript, made by `defineCatalog`. */
  readonly modules?: readonly ModuleCatalog[];
  /** Answers allow, ask or deny for each call; default: allow. */
  readonly policy?: PolicyDecider;
  /** Hears of the runs that are started here; it belongs to the caller. Default: nobody does. */
  readonly telemetry?: Telemetry;
  /** Takes the audit trail; default: none is kept. */
  readonly audit?: AuditSink;
  /**
   * The journal. Default: the database that `DATABASE_URL` names, else the state file (`paths.state`); `'memory'`: gone
   * with the process, tasks too. A store that is given keeps runs and nothing else.
   */
  readonly store?: RunStore | 'memory';
  /** Environment variables that every manifest may read as `env.NAME`; others only where an input names them. */
  readonly allowedEnv?: readonly string[];
  /** Bounds on what is read, sent and run, in place of the defaults; each that is passed is `LIMIT_EXCEEDED`. */
  readonly limits?: Limits;
  /**
   * Hears of runs that could not be carried on here: a journal that cannot be written, say. What lasts is told when it
   * begins, and again after a minute, two, four, … up to an hour.
   */
  readonly onBackgroundError?: (error: OattyError) => void;
}

export interface Limits {
  /** Of descriptions and manifests that are imported. */
  readonly source?: Partial<LoadLimits>;
  /** Of one HTTP command. */
  readonly http?: Partial<HttpLimits>;
  /** Of one mail. */
  readonly mail?: Partial<MailLimits>;
  /** Of one run. */
  readonly run?: Partial<RunLimits>;
}
