/** The built `oatty` binary, with settings of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { emphasize } from './emphasis.ts';

const binary = fileURLToPath(new URL('../../../packages/cli/dist/main.js', import.meta.url));

export interface ProcessCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface OattyProcess {
  /** Prints the call and what it prints. @throws {Error} when it does not exit with 0 */
  show(...args: readonly string[]): Promise<void>;
  /** How to start it, for a client that does so itself. */
  command(...args: readonly string[]): ProcessCommand;
}

export function createOattyProcess(settings: Readonly<Record<string, string>>): OattyProcess {
  const env = { ...inherited(), ...settings };
  return {
    command: (...args) => ({ command: process.execPath, args: [binary, ...args], env }),
    async show(...args) {
      console.log(emphasize(`$ oatty ${args.map(quote).join(' ')}`));
      const child = spawn(process.execPath, [binary, ...args], {
        env,
        stdio: ['ignore', 'inherit', 'inherit'],
      });
      const [code] = (await once(child, 'exit')) as [number | null];
      if (code !== 0) throw new Error(`oatty ${args.join(' ')} ended with ${code}`);
    },
  };
}

// --- internal ---

function inherited(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word}'`;
}
