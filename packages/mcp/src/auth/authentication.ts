/** Who may call over HTTP, and what a caller may do. */

/** Where access tokens come from, and what they must say. */
export interface Authentication {
  /** Of the authorization server, exactly as in the tokens: `https://login.example.com/realms/acme`. */
  readonly issuer: string;
  /** Where its keys are; default: what its metadata says. */
  readonly jwksUrl?: string;
  /** What tokens must be made for; default: the address that clients use. */
  readonly audience?: string;
  /** Signatures that count; default: those with a pair of keys. */
  readonly algorithms?: readonly string[];
  /** `at+jwt` (default) takes access tokens of RFC 9068 only; `jwt` also those of servers that do not mark them. */
  readonly tokenType?: TokenType;
  /** How far the clocks may be apart. Default 30. */
  readonly clockSkewSeconds?: number;
}

export type TokenType = 'at+jwt' | 'jwt';

/** The caller of one request. */
export interface Identity {
  /** Issuer and subject: sessions, runs and tasks belong to it. */
  readonly principal: string;
  readonly scopes: readonly string[];
  /** What the authorization server says of the person, where it does. */
  readonly name?: string;
  readonly email?: string;
}

export const signatureAlgorithms: readonly string[] = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
