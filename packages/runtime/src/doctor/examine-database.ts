/** Whether the database of `DATABASE_URL` can be reached. User and password are never shown. */
import { connect } from 'node:net';
import { broken, ok } from './finding.ts';
import type { Note } from './finding.ts';

const timeoutMs = 3_000;

export async function examineDatabase(env: Readonly<Record<string, string | undefined>>): Promise<Note[]> {
  const text = env['DATABASE_URL']?.trim() ?? '';
  if (text === '') return [];
  const url = URL.parse(text);
  if (url === null || !/^postgres(?:ql)?:$/.test(url.protocol) || url.hostname === '') {
    return [
      broken(
        'DATABASE_URL',
        'It is no PostgreSQL address.',
        'Write postgres://user:password@host:5432/database.',
      ),
    ];
  }
  const place = `${url.hostname}:${url.port || '5432'}`;
  const failure = await reach(url.hostname, Number(url.port || 5_432));
  if (failure === undefined) return [ok('DATABASE_URL', `${place} answers.`)];
  return [
    broken(
      'DATABASE_URL',
      `${place} does not answer (${failure}).`,
      'Start the database, or correct the address.',
    ),
  ];
}

// --- internal ---

function reach(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: host.replaceAll(/^\[|\]$/g, ''), port, timeout: timeoutMs });
    const settle = (failure: string | undefined) => {
      socket.destroy();
      resolve(failure);
    };
    socket.once('connect', () => settle(undefined));
    socket.once('timeout', () => settle('timeout'));
    socket.once('error', ({ code }: NodeJS.ErrnoException) => settle(code ?? 'unknown'));
  });
}
