/** May this command run? The answer is a decision. */
import type { Effect } from './command.ts';

export type PolicyDecision =
  | { readonly kind: 'allow' }
  | { readonly kind: 'ask'; readonly reason: string }
  | { readonly kind: 'deny'; readonly reason: string };

/** Who calls, and through which door. */
export interface Caller {
  /** `local` for stdio and the command line. */
  readonly principal: string;
  readonly via: 'cli' | 'library' | 'mcp';
  /** An admin may see what belongs to others. Absent: only what is the caller's own. */
  readonly role?: 'admin';
  /** What the authorization server says of the person. It goes with a call; a run keeps nothing of it. */
  readonly name?: string;
  readonly email?: string;
}

export interface PolicyQuestion {
  readonly caller: Caller;
  readonly command_id: string;
  readonly effect: Effect;
  readonly run_id?: string;
  readonly step_id?: string;
}
