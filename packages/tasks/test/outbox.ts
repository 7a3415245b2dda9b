/** A mail server in memory, whose next answers can be set. */
import { OattyError } from '@oatty/types';
import type { Mail, MailPort, MailReceipt } from '../src/index.ts';

export class Outbox implements MailPort {
  /** That were sent. */
  readonly mails: Mail[] = [];
  /** Of each attempt. */
  readonly keys: string[] = [];
  /** What the next attempts meet; then they succeed. */
  troubles: (OattyError | 'unknown' | 'process ends')[] = [];
  isSetUp = true;

  async check(): Promise<void> {
    if (!this.isSetUp) throw new OattyError('ARGUMENT_INVALID', 'No mail server is set up.');
  }

  async send(mail: Mail): Promise<MailReceipt> {
    await this.check();
    this.keys.push(mail.key);
    const trouble = this.troubles.shift();
    if (trouble instanceof OattyError) throw trouble;
    if (trouble === 'process ends') return new Promise(() => undefined);
    this.mails.push(mail);
    if (trouble === 'unknown') throw new OattyError('OUTCOME_UNKNOWN', 'It took the mail and said nothing.');
    return { message_id: `<${mail.key}@oatty.example>`, accepted: [...mail.to, ...mail.cc], rejected: [] };
  }
}
