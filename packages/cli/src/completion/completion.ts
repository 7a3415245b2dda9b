/** What may stand at the cursor. */
export interface Completion {
  readonly candidates: readonly Candidate[];
  /** The shell offers files besides. */
  readonly files: boolean;
}

export interface Candidate {
  readonly value: string;
  /** Shown beside it, where the shell can. */
  readonly description?: string;
}

export const nothing: Completion = { candidates: [], files: false };

export function toCompletion(candidates: readonly Candidate[]): Completion {
  return { candidates, files: false };
}

/** Keeps what begins as the word does, and what needs no quotes in any shell. */
export function narrow({ candidates, files }: Completion, current: string): Completion {
  return {
    files,
    candidates: candidates.filter(({ value }) => value.startsWith(current) && /^[\w@%+=:,./-]+$/.test(value)),
  };
}

/** One candidate a line, with a tab before its description; a line `:files` asks for files. */
export function formatCompletion({ candidates, files }: Completion): string {
  const lines = candidates.map(({ value, description = '' }) => {
    const text = description
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/\p{Cc}/gu, '')
      .trim()
      .slice(0, 80);
    return text === '' ? value : `${value}\t${text}`;
  });
  return [...lines, ...(files ? [':files'] : [])].map((line) => `${line}\n`).join('');
}
