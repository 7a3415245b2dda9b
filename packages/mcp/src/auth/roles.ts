/** What an authorization server may give to whom: a role is a set of scopes, and a client gets those that it asks for. */
import { adminScope, scopes } from './scopes.ts';

export type Role = 'viewer' | 'member' | 'admin';

const { safe, standard, destructive } = scopes;

export const roleScopes: Readonly<Record<Role, readonly string[]>> = {
  viewer: [safe],
  member: [safe, standard, destructive],
  admin: [safe, standard, destructive, adminScope],
};
