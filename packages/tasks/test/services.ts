/** Webhooks and commands of other catalogs in memory, whose next answers can be set. */
import { OattyError } from '@oatty/types';
import type { CommandPort, SignedEvent, WebhookPort } from '../src/index.ts';

export class Services implements WebhookPort, CommandPort {
  readonly events: SignedEvent[] = [];
  readonly calls: { readonly command: string; readonly body: unknown; readonly key: string }[] = [];
  /** What the next calls and events meet. */
  answers: unknown[] = [];
  isSetUp = true;

  async check(name: string): Promise<void> {
    if (!this.isSetUp) throw new OattyError('COMMAND_NOT_FOUND', `There is no ${name}.`);
  }

  async send(event: SignedEvent): Promise<number> {
    this.events.push(event);
    this.#next();
    return 204;
  }

  async run(
    command: string,
    given: Parameters<CommandPort['run']>[1],
    { key }: Parameters<CommandPort['run']>[2],
  ): Promise<unknown> {
    this.calls.push({ command, body: given.body ?? given.with, key });
    return this.#next();
  }

  #next(): unknown {
    const answer = this.answers.shift();
    if (answer instanceof OattyError) throw answer;
    return answer;
  }
}
