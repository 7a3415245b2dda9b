/** What an examination of the set-up found. */

export interface Finding {
  readonly area:
    | 'environment'
    | 'files'
    | 'catalogs'
    | 'secrets'
    | 'workflows'
    | 'state'
    | 'database'
    | 'server';
  /** What it is about: a path, an id, the name of a variable. */
  readonly subject: string;
  /** `warning`: it works, and somebody may wonder; `broken`: something will fail. */
  readonly status: 'ok' | 'warning' | 'broken';
  readonly message: string;
  /** What to do, where something is to be done. */
  readonly suggested_action?: string;
}

export interface DoctorDocument {
  /** Nothing is broken. */
  readonly healthy: boolean;
  readonly findings: readonly Finding[];
}

/** Findings of one area. */
export type Note = Omit<Finding, 'area'>;

export function ok(subject: string, message: string): Note {
  return { subject, status: 'ok', message };
}

export function warning(subject: string, message: string, action: string): Note {
  return { subject, status: 'warning', message, suggested_action: action };
}

export function broken(subject: string, message: string, action: string): Note {
  return { subject, status: 'broken', message, suggested_action: action };
}
