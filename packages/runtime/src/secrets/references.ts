/** References in settings: `${env:NAME}` and `${secret:NAME}`. They are shown, never their values. */
import { OattyError } from '@oatty/types';

const referencePattern = /\$\{(env|secret):([A-Za-z0-9_+-]+)\}/g;

export interface SettingReference {
  readonly kind: 'env' | 'secret';
  readonly name: string;
}

export function referencesIn(text: string): SettingReference[] {
  return [...text.matchAll(referencePattern)].map(([, kind, name]) => ({
    kind: kind === 'env' ? 'env' : 'secret',
    name: name ?? '',
  }));
}

/** Keeps references and hides everything else: `Bearer ${env:TOKEN}` stays, `Bearer abc` becomes `••••`. */
export function maskSetting(text: string): string {
  const references = referencesIn(text);
  if (references.length === 0) return '••••';
  const literal = text.replaceAll(referencePattern, '').trim();
  const isScheme = literal === '' || /^(?:Bearer|Basic|Token|ApiKey)$/i.test(literal);
  return isScheme ? text : references.map(({ kind, name }) => `\${${kind}:${name}}`).join('') + '••••';
}

/** A secret's name, as it may stand in a reference. @throws {OattyError} `ARGUMENT_INVALID` */
export function checkSecretName(name: string): void {
  if (/^[A-Za-z0-9_+-]{1,128}$/.test(name)) return;
  throw new OattyError('ARGUMENT_INVALID', `"${name}" is no name for a secret.`, {
    suggestedAction: 'Use 1 to 128 characters of A-Z a-z 0-9 _ + -.',
  });
}
