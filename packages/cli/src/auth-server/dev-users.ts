/** Who can log in at the development server: names and roles, and nothing secret. */
import type { Role } from '@oatty/mcp';
import { OattyError } from '@oatty/types';

export interface DevUser {
  readonly name: string;
  readonly role: Role;
}

/** One of each role, and a second member to keep things apart from. */
export const defaultUsers: readonly string[] = ['alice:member', 'bob:member', 'vera:viewer', 'root:admin'];

/**
 * @param texts - `alice`, who is a member, or `vera:viewer`
 * @throws {OattyError} `ARGUMENT_INVALID`
 */
export function parseUsers(texts: readonly string[], roles: readonly Role[]): readonly DevUser[] {
  const users = texts.map((text) => parseUser(text, roles));
  const twice = users.find(({ name }, index) => users.findIndex((other) => other.name === name) < index);
  if (twice === undefined) return users;
  throw new OattyError('ARGUMENT_INVALID', `--user names "${twice.name}" twice.`, {
    suggestedAction: 'Give each user one role.',
  });
}

// --- internal ---

function parseUser(text: string, roles: readonly Role[]): DevUser {
  const [, name, given = 'member'] = /^([a-z\d][\w.@-]{0,63})(?::(.*))?$/i.exec(text) ?? [];
  const role = roles.find((known) => known === given);
  if (name !== undefined && role !== undefined) return { name, role };
  throw new OattyError('ARGUMENT_INVALID', `--user takes NAME:ROLE, not "${text.slice(0, 100)}".`, {
    suggestedAction: `Write a name of letters and digits, and one of ${roles.join(', ')}: alice:member.`,
  });
}
