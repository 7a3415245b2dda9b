/** Mail servers on this machine: one that works, and one that behaves as it is told. */
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { onTestFinished } from 'vitest';

export interface MailServer {
  readonly port: number;
  /** What was taken, headers and all. */
  readonly mails: readonly TakenMail[];
}

interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
}

/** The certificate of its TLS is its own. Takes mail from `ada` with the password `correct horse`, for everybody but those at `nowhere.example`. */
export async function startMailServer({ offersTls = false } = {}): Promise<MailServer> {
  const mails: TakenMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: offersTls ? [] : ['STARTTLS'],
    allowInsecureAuth: true,
    logger: false,
    onAuth({ username, password }, _session, done) {
      const isRight = username === 'ada' && password === 'correct horse';
      if (isRight) done(null, { user: username });
      else done(Object.assign(new Error('Invalid login'), { responseCode: 535 }));
    },
    onRcptTo({ address }, _session, done) {
      const isKnown = !address.endsWith('@nowhere.example');
      done(isKnown ? null : Object.assign(new Error('No such mailbox'), { responseCode: 550 }));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString(),
        });
        done();
      });
    },
  });
  server.on('error', () => undefined); // clients that leave early
  const port = await listen(server.server);
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  return { port, mails };
}

export type Stage = 'greeting' | 'EHLO' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'message';

/** @param behaviours - a reply, `silence` or `cut` where it does not do as usual */
export async function startAwkwardServer(
  behaviours: Readonly<Partial<Record<Stage, string>>>,
  onSilence: () => void = () => undefined,
): Promise<{ readonly port: number; connections(): number }> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    const reach = (stage: Stage) => {
      const behaviour = behaviours[stage] ?? usualReplies[stage];
      if (behaviour === 'cut') socket.destroy();
      else if (behaviour === 'silence') onSilence();
      else socket.write(`${behaviour}\r\n`);
    };
    reach('greeting');
    listenTo(socket, reach);
  });
  const port = await listen(server);
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return { port, connections: () => connections };
}

// --- internal ---

const usualReplies: Readonly<Record<Stage, string>> = {
  greeting: '220 awkward.example ESMTP',
  EHLO: '250-awkward.example\r\n250 AUTH PLAIN',
  AUTH: '235 2.7.0 Welcome',
  MAIL: '250 2.1.0 Ok',
  RCPT: '250 2.1.5 Ok',
  DATA: '354 Go on',
  message: '250 2.0.0 Taken',
};

function listenTo(socket: Socket, reach: (stage: Stage) => void): void {
  let isMessage = false;
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    for (;;) {
      const end = isMessage ? '\r\n.\r\n' : '\r\n';
      const at = text.indexOf(end);
      if (at < 0) return;
      const line = text.slice(0, at);
      text = text.slice(at + end.length);
      const stage = isMessage ? 'message' : stageOf(line);
      isMessage = stage === 'DATA';
      if (stage !== undefined) reach(stage);
    }
  });
}

function stageOf(line: string): Stage | undefined {
  const word = line.split(' ', 1)[0] ?? '';
  return word in usualReplies ? (word as Stage) : undefined; // one of its keys
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port; // listens on TCP
}
