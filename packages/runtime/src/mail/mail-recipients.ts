/**
 * Who may receive mail: where data goes is chosen by a person, and not by a model or by what a model has read.
 *
 *   R1. A person or a program at this machine writes to anybody, by a call of its own.
 *   R2. Over MCP and in runs mail goes to those whom `SMTP_RECIPIENTS` names.
 *   R3. Where it is not set: for the user of this machine to the sender, and to those who share the sender's domain; for
 *       others to nobody. A domain in which anybody gets an address is shared by nobody.
 */
import { OattyError } from '@oatty/types';
import type { HandlerContext } from '@oatty/types';

/** In small letters. */
export interface MailRecipients {
  readonly isAnybody: boolean;
  readonly addresses: ReadonlySet<string>;
  readonly domains: ReadonlySet<string>;
}

/**
 * @param text - `ann@acme.example, acme.example`, or `*`
 * @throws {OattyError} `ARGUMENT_INVALID`
 */
export function parseRecipients(text: string): MailRecipients {
  const parts = text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((part) => part !== '');
  const wrong = parts.find((part) => part !== '*' && !isAddress(part) && !isDomain(part));
  if (wrong !== undefined) throw notUnderstood(wrong);
  return {
    isAnybody: parts.includes('*'),
    addresses: new Set(parts.filter(isAddress)),
    domains: new Set(parts.filter(isDomain).map((part) => part.replace('@', ''))),
  };
}

export type MailCall = Pick<HandlerContext, 'caller' | 'runId'>;

interface MailAddresses {
  readonly from: string;
  /** As they were set up. */
  readonly recipients: MailRecipients | undefined;
}

/** @throws {OattyError} `POLICY_DENIED` */
export function refuseStrangers(settings: MailAddresses, addresses: readonly string[], call: MailCall): void {
  const allowed = whoIsAllowed(settings, call);
  const refused = addresses.filter((address) => !isAmong(allowed, address));
  const [first] = refused;
  if (first === undefined) return;
  const others = refused.length === 1 ? '' : ` and ${refused.length - 1} more`;
  throw new OattyError('POLICY_DENIED', `Mail may not be sent to "${first}"${others}.`, {
    suggestedAction: askForSetting,
    context: { name: 'SMTP_RECIPIENTS', recipients: refused },
  });
}

/** @throws {OattyError} `POLICY_DENIED` where there is nobody to whom this caller may write */
export function requireSomebody(settings: MailAddresses, call: MailCall): void {
  const { isAnybody, addresses, domains } = whoIsAllowed(settings, call);
  if (isAnybody || addresses.size + domains.size > 0) return;
  throw new OattyError('POLICY_DENIED', 'Mail may be sent to nobody: no recipients are set up.', {
    suggestedAction: askForSetting,
    context: { name: 'SMTP_RECIPIENTS' },
  });
}

// --- internal ---

function isAddress(part: string): boolean {
  return /^[^\s<>@;:"*]+@[^\s<>@;:"*]+$/.test(part);
}

function isDomain(part: string): boolean {
  return /^@?[^\s<>@;:"*]+\.[^\s<>@;:"*.]+$/.test(part);
}

const askForSetting =
  'Ask whoever runs this oatty to name the address or its domain in SMTP_RECIPIENTS (* is anybody).';

const anybody: MailRecipients = { isAnybody: true, addresses: new Set(), domains: new Set() };
const nobody: MailRecipients = { ...anybody, isAnybody: false };

function whoIsAllowed({ from, recipients }: MailAddresses, { caller, runId }: MailCall): MailRecipients {
  if (caller.via !== 'mcp' && runId === undefined) return anybody; // R1
  if (recipients !== undefined) return recipients; // R2
  return caller.principal === 'local' ? aroundSender(from.toLowerCase()) : nobody; // R3
}

function aroundSender(from: string): MailRecipients {
  const domain = domainOf(from);
  return { ...nobody, addresses: new Set([from]), domains: new Set(isForAnybody(domain) ? [] : [domain]) };
}

function isAmong({ isAnybody, addresses, domains }: MailRecipients, address: string): boolean {
  const asked = address.toLowerCase();
  return isAnybody || addresses.has(asked) || domains.has(domainOf(asked));
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

/** Names of providers with which anybody gets an address, whatever the country that follows. */
const openProviders: ReadonlySet<string> = new Set(
  `126 163 aol btinternet comcast fastmail free freenet gmail gmx googlemail hey hotmail icloud laposte libero live mac
  mail mailbox me msn naver o2 orange outlook pm posteo proton protonmail qq rediffmail seznam t-online tuta tutanota
  uol wanadoo web wp ya yahoo yandex ymail zoho zohomail`.split(/\s+/),
);

/** Of the large ones; whoever is with another one names recipients. */
function isForAnybody(domain: string): boolean {
  const [, name = ''] = /^([^.]+)\.(?:com?\.)?[^.]+$/.exec(domain) ?? [];
  return openProviders.has(name);
}

function notUnderstood(part: string): OattyError {
  return new OattyError(
    'ARGUMENT_INVALID',
    `The setting SMTP_RECIPIENTS has "${part}", which is neither an address nor a domain.`,
    {
      suggestedAction: 'Write addresses and domains (ann@acme.example, acme.example), or * for anybody.',
      context: { name: 'SMTP_RECIPIENTS' },
    },
  );
}
