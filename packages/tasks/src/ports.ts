/** What the tasks need of the world; the runtime puts it in. */
import type { CommandArguments, HandlerContext } from '@oatty/types';
import type { Work } from '@oatty/types/sql';
import type { UserSchedules } from './schedules/user-schedules.ts';

export interface TasksPorts {
  /** With the tables of `tasksTables`; asked for at the first call of a command. */
  readonly database: () => Promise<TasksDatabase>;
  readonly clock: {
    now(): Date;
    /** Rejects with the reason of the signal as soon as it aborts. */
    sleep(ms: number, signal: AbortSignal): Promise<void>;
  };
  /** Time zone of the person at this machine; other users have UTC until they set one. */
  readonly localTimeZone: string;
  readonly schedules: UserSchedules;
  readonly mail: MailPort;
  readonly webhooks: WebhookPort;
  readonly commands: CommandPort;
}

export interface TasksDatabase {
  /** Each statement by itself. */
  run<Result>(work: () => Work<Result>): Promise<Result>;
  /** All statements or none. */
  transact<Result>(work: () => Work<Result>): Promise<Result>;
}

export interface MailPort {
  /**
   * @throws {OattyError} `ARGUMENT_INVALID`: no mail server is set up, or not as it should be; `POLICY_DENIED`: the caller
   *   may write to nobody
   */
  check(context: HandlerContext): Promise<void>;
  /**
   * Sends once.
   *
   * @throws {OattyError} `OUTCOME_UNKNOWN`; with any other code the mail was not sent: `POLICY_DENIED` for a recipient to
   *   whom the caller may not write
   */
  send(mail: Mail, context: HandlerContext): Promise<MailReceipt>;
}

export interface Mail {
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** The same however often it is tried; letters and digits. */
  readonly key: string;
  readonly writtenAt: Date;
}

export interface MailReceipt {
  readonly message_id: string;
  readonly accepted: readonly string[];
  readonly rejected: readonly string[];
}

export interface WebhookPort {
  /** @throws {OattyError} `ARGUMENT_INVALID`: the secret has no value, or none that signs */
  check(secretName: string): Promise<void>;
  /**
   * Sends once; the receiver knows an event that it has by its id.
   *
   * @returns the status of the answer
   */
  send(event: SignedEvent, signal: AbortSignal): Promise<number>;
}

export interface SignedEvent {
  readonly url: string;
  readonly secretName: string;
  readonly id: string;
  /** JSON. */
  readonly body: string;
}

/** Commands of other catalogs. */
export interface CommandPort {
  /** @throws {OattyError} `COMMAND_NOT_FOUND`, `POLICY_DENIED` for one that deletes */
  check(commandId: string): Promise<void>;
  /**
   * Runs once, as the caller, through the policy and into the trail.
   *
   * @throws {OattyError} `OUTCOME_UNKNOWN` when nobody knows whether it was carried out and it may not be repeated; with
   *   any other code of one that may not, it was not
   */
  run(commandId: string, given: CommandArguments, options: CommandOptions): Promise<unknown>;
}

interface CommandOptions {
  readonly context: HandlerContext;
  /** The same on every attempt. */
  readonly key: string;
  /** The arguments themselves see to it that nothing is doubled. */
  readonly isRepeatable?: boolean;
}
