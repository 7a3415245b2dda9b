/** Whole processes: the built binary, and bare scripts beside it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export const binary = fileURLToPath(new URL('../../packages/cli/dist/main.js', import.meta.url));

/**
 * @returns what it printed
 * @throws {Error} when it does not exit with 0
 */
export async function runNode(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const child = spawn(process.execPath, [...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}: ${errors}`);
  return output;
}

export function runOatty(args: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
  return runNode([binary, ...args], env);
}
