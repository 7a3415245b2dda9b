/** A keychain of its own, as a Linux desktop has one: a session bus with gnome-keyring on it. */
import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { vi } from 'vitest';

/** Whether the programs are installed. */
export const hasKeychain: boolean = ['dbus-daemon', 'gnome-keyring-daemon'].every(
  (program) => spawnSync(program, ['--version']).error === undefined,
);

export interface Keychain {
  /** What a process needs to find it. */
  readonly env: Readonly<Record<string, string>>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** An unlocked one, with nothing in it. */
export async function openKeychain(): Promise<Keychain> {
  const home = await mkdtemp(join(tmpdir(), 'oatty-keychain-'));
  const bus = spawn('dbus-daemon', [
    '--session',
    '--nofork',
    '--print-address',
    `--address=unix:dir=${home}`,
  ]);
  const [address] = (await once(bus.stdout, 'data')) as [Buffer];
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    XDG_RUNTIME_DIR: home,
    DBUS_SESSION_BUS_ADDRESS: address.toString().trim(),
  };
  const keyring = spawn('gnome-keyring-daemon', ['--unlock', '--daemonize', '--components=secrets'], { env });
  keyring.stdin.end('password');
  await once(keyring, 'exit');
  await vi.waitFor(() => requireOwner(env), 10_000);
  return {
    env,
    async [Symbol.asyncDispose]() {
      bus.kill(); // the keyring ends with it
      await once(bus, 'exit');
      await rm(home, { recursive: true, force: true });
    },
  };
}

// --- internal ---

async function requireOwner(env: Readonly<Record<string, string>>): Promise<void> {
  const question = [
    '/org/freedesktop/DBus',
    'org.freedesktop.DBus.NameHasOwner',
    'string:org.freedesktop.secrets',
  ];
  const { stdout } = await promisify(execFile)(
    'dbus-send',
    ['--session', '--print-reply', '--dest=org.freedesktop.DBus', ...question],
    { env },
  );
  if (!stdout.includes('true')) throw new Error('No keychain is on the bus.');
}
