/**
 * Refuses every connection of this process but to what `ALLOWED` names (`127.0.0.1:2525`, separated by spaces), every
 * datagram and every other program, and remembers what was asked for. Imported before anything else.
 */
import { ChildProcess } from 'node:child_process';
import { Socket as DatagramSocket } from 'node:dgram';
import { Socket } from 'node:net';

const allowed = new Set((process.env['ALLOWED'] ?? '').split(' '));

/** In the order in which they were asked for. */
export const asked: string[] = [];

// oxlint-disable-next-line typescript/unbound-method -- it is called with the socket
const connect = Socket.prototype.connect;

Socket.prototype.connect = function guarded(this: Socket, ...args: unknown[]): Socket {
  const address = toAddress(args);
  asked.push(address);
  if (!allowed.has(address)) {
    process.nextTick(() => this.destroy(new Error(`${address} is refused.`)));
    return this;
  }
  return Reflect.apply(connect, this, args) as Socket;
};

DatagramSocket.prototype.send = () => refuse('a datagram');
Object.assign(ChildProcess.prototype, { spawn: () => refuse('a program') });

function refuse(what: string): never {
  asked.push(what);
  throw new Error(`${what} is refused.`);
}

/** Node normalizes arguments into one list of options and listener before it calls this; programs pass them as they are. */
function toAddress(args: readonly unknown[]): string {
  const [first, second] = Array.isArray(args[0]) ? (args[0] as unknown[]) : args;
  if (typeof first === 'object' && first !== null) {
    const { path, host = 'localhost', port } = first as { path?: string; host?: string; port?: unknown };
    return path ?? `${host}:${String(port)}`;
  }
  return typeof second === 'string' ? `${second}:${String(first)}` : String(first);
}
