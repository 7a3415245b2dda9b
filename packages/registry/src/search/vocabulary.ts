/**
 * What search knows of English and of APIs: words that say nothing, verbs that mean an action, and synonyms.
 *
 * It is general on purpose: nothing here is about one API. The tables are written in plain words and read as stems.
 */
import { toStem } from './words.ts';

/** What a command does, as far as search is concerned. */
export type Action = 'list' | 'get' | 'create' | 'update' | 'delete';

/** How well each action answers a verb; 1 is a full answer. */
export type ActionWeights = Readonly<Partial<Record<Action, number>>>;

export function actionsOfVerb(stem: string): ActionWeights | undefined {
  verbsByStem ??= new Map(Object.entries(verbs).map(([verb, weights]) => [toStem(verb), weights]));
  return verbsByStem.get(stem);
}

/** Verbs that are as often nouns: beside another verb they are ("list commits"). */
export const nounVerbs: ReadonlySet<string> = new Set(
  'commit post list set view check query search patch upload download invite change'.split(' '),
);

/** Stems that mean nearly the same. */
export function synonymsOf(stem: string): ReadonlySet<string> {
  synonymsByStem ??= collectSynonyms();
  return synonymsByStem.get(stem) ?? noSynonyms;
}

/** `pr` → `['pull', 'request']`; any other word is itself. */
export function expandAbbreviation(word: string): readonly string[] {
  return abbreviations.get(word)?.split(' ') ?? [word];
}

/** Words that carry no meaning in a query or a description. */
export const stopWords: ReadonlySet<string> = new Set(
  (
    'a an the of to for in on at with from by and or is are be was were been has have had do does did how what which ' +
    'that this these those there it its as if when where into onto via please can could would should i want need let ' +
    'us we you your much many some any using use given specified existing s t e g am id not so then than all'
  ).split(' '),
);

/** A word before one of these is a verb, if it may be one: `star a repository`. */
export const determiners: ReadonlySet<string> = new Set('a an the this that my our all'.split(' '));

/** What follows says where to look. */
export const placePrepositions: ReadonlySet<string> = new Set('of in for'.split(' '));

/** Words of the first person mean whoever holds the credentials; descriptions name them by `selfTerms`. */
export const selfWords: ReadonlySet<string> = new Set('my me mine myself our i own'.split(' '));
export const selfTerms: ReadonlyMap<string, number> = new Map([
  ['authenticat', 1],
  ['me', 1],
  ['current', 0.8],
  ['identity', 0.6],
  ['call', 0.4],
]);

/** Words for some person or other; descriptions name them by `personTerms`. */
export const personWords: ReadonlySet<string> = new Set(
  'who whose whom someone somebody anyone people person'.split(' '),
);
export const personTerms: ReadonlyMap<string, number> = new Map([
  ['user', 1],
  ['member', 0.9],
  ['person', 0.8],
  ['people', 0.8],
  ['collaborator', 0.6],
]);

// --- internal ---

const verbs: Readonly<Record<string, ActionWeights>> = {
  list: { list: 1, get: 0.3 },
  browse: { list: 1 },
  enumerate: { list: 1 },
  search: { list: 0.7 },
  find: { list: 0.8, get: 0.8 },
  lookup: { get: 1, list: 0.6 },
  query: { list: 0.7 },
  get: { get: 1, list: 0.75 },
  read: { get: 1, list: 0.6 },
  retrieve: { get: 1, list: 0.7 },
  return: { get: 0.9, list: 0.9 },
  fetch: { get: 1, list: 0.8 },
  show: { get: 1, list: 0.9 },
  view: { get: 1, list: 0.8 },
  display: { get: 1, list: 0.8 },
  see: { get: 0.9, list: 0.9 },
  check: { get: 0.8, list: 0.4 },
  describe: { get: 1 },
  info: { get: 1 },
  details: { get: 1 },
  information: { get: 1 },
  inspect: { get: 1 },
  download: { get: 0.7, list: 0.4 },
  create: { create: 1 },
  add: { create: 1, update: 0.4 },
  new: { create: 1 },
  make: { create: 1 },
  insert: { create: 1 },
  register: { create: 0.9 },
  generate: { create: 0.8 },
  open: { create: 0.8 },
  start: { create: 0.7 },
  initiate: { create: 0.7 },
  begin: { create: 0.7 },
  launch: { create: 0.7 },
  post: { create: 0.8 },
  publish: { create: 0.7 },
  send: { create: 0.6 },
  submit: { create: 0.6, update: 0.3 },
  upload: { create: 0.7 },
  invite: { create: 0.6 },
  join: { create: 0.7 },
  subscribe: { create: 0.7 },
  attach: { create: 0.6, update: 0.5 },
  write: { create: 0.7, update: 0.8 },
  save: { create: 0.7, update: 0.8 },
  commit: { create: 0.6, update: 0.6 },
  update: { update: 1 },
  edit: { update: 1 },
  change: { update: 1 },
  modify: { update: 1 },
  alter: { update: 1 },
  set: { update: 1, create: 0.5 },
  replace: { update: 1 },
  rename: { update: 0.8 },
  configure: { update: 0.9 },
  adjust: { update: 0.9 },
  patch: { update: 1 },
  assign: { update: 0.6, create: 0.6 },
  move: { update: 0.7 },
  transfer: { create: 0.6, update: 0.6 },
  accept: { update: 0.7, create: 0.4 },
  approve: { update: 0.6, create: 0.6 },
  reject: { update: 0.6, create: 0.4 },
  decline: { update: 0.6, create: 0.4 },
  restore: { update: 0.6, create: 0.6 },
  reopen: { update: 0.8 },
  merge: { update: 0.6, create: 0.6 },
  close: { update: 0.6, delete: 0.3 },
  enable: { update: 0.5 },
  disable: { update: 0.5, delete: 0.4 },
  delete: { delete: 1 },
  remove: { delete: 1 },
  destroy: { delete: 1 },
  erase: { delete: 1 },
  drop: { delete: 0.9 },
  purge: { delete: 1 },
  discard: { delete: 0.9 },
  clear: { delete: 0.8 },
  cancel: { delete: 0.7 },
  revoke: { delete: 0.8 },
  unset: { delete: 0.8 },
  unlink: { delete: 0.8 },
  unpin: { delete: 0.7, update: 0.4 },
  unstar: { delete: 0.7 },
  unfollow: { delete: 0.7 },
  unsubscribe: { delete: 0.7 },
  unblock: { delete: 0.7, update: 0.4 },
  unlock: { delete: 0.6, update: 0.5 },
  unassign: { delete: 0.7, update: 0.4 },
  unarchive: { update: 0.6, delete: 0.4 },
  unpublish: { update: 0.6, delete: 0.4 },
  uninstall: { delete: 0.7 },
  unshare: { delete: 0.7 },
  unmute: { delete: 0.5, update: 0.5 },
  detach: { delete: 0.6 },
  leave: { delete: 0.7 },
  kick: { delete: 0.7 },
};

const synonymGroups: readonly string[] = [
  'repo repository project',
  'org organization company workspace',
  'dir folder directory',
  'file document content attachment',
  'message msg chat',
  'image img picture photo',
  'avatar photo picture',
  'auth authentication authorization login',
  'config configuration settings preferences',
  'env environment',
  'db database',
  'app application',
  'doc docs documentation',
  'info information details',
  'person people user member',
  'user account profile',
  'participant member attendee',
  'customer client buyer',
  'vendor supplier',
  'money balance funds amount',
  'email mail',
  'phone telephone',
  'price cost rate',
  'purchase order buy checkout',
  'ticket issue bug',
  'comment note reply',
  'tag label',
  'branch ref reference',
  'commit revision change',
  'team group',
  'token key credential secret',
  'webhook hook callback',
  'log logs history audit',
  'event activity history',
  'job task run',
  'schedule cron recurring',
  'bill invoice',
  'pay charge payment',
  'refund reimburse',
  'trigger dispatch run start execute invoke',
  'rerun retry repeat',
  'stop cancel abort terminate end halt',
  'enable activate',
  'disable deactivate',
  'approve accept confirm',
  'reject decline deny refuse',
  'upload import',
  'download export',
  'permission access role scope privilege',
  'channel conversation room',
  'move transfer',
  'copy duplicate clone fork',
  'latest recent newest last',
  'stats statistics metrics usage analytics',
  'state status',
  'version release',
  'link url',
  'block ban',
  'collaborator collaboration contributor member',
  'machine server instance host vm',
  'site website domain',
  'speech voice audio',
  'pause suspend hold',
  'resume continue',
  'quota limit',
  'ship shipment delivery fulfillment',
  'stock inventory',
  'product item article',
  'discount coupon promotion',
  'send post share',
];

const abbreviations: ReadonlyMap<string, string> = new Map([
  ['pr', 'pull request'],
  ['prs', 'pull requests'],
  ['mr', 'merge request'],
  ['dm', 'direct message'],
  ['dnd', 'do not disturb'],
  ['2fa', 'two factor authentication'],
  ['mfa', 'multi factor authentication'],
  ['tts', 'text speech'],
  ['k8s', 'kubernetes'],
]);

const noSynonyms: ReadonlySet<string> = new Set();
/** Made at the first search: most commands do without. */
let verbsByStem: ReadonlyMap<string, ActionWeights> | undefined;
let synonymsByStem: ReadonlyMap<string, ReadonlySet<string>> | undefined;

function collectSynonyms(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const group of synonymGroups) {
    const stems = group.split(' ').map(toStem);
    for (const stem of stems) {
      const known = found.get(stem) ?? new Set();
      for (const other of stems) if (other !== stem) known.add(other);
      found.set(stem, known);
    }
  }
  return found;
}
