import { decodeUtf8, encodeUtf8, type SipMessage } from '@callwright/sip';
import type { Logger } from '../../logger.js';
import type { IncomingInvite } from '../incoming-invite.js';
import type { OutgoingInvite, OutgoingInviteHandlers } from '../outgoing-invite.js';
import type { Session, SessionEnd, SessionHandlers } from '../session.js';
import type { ServerTransaction } from '../transactions/server-transaction.js';
import { UserAgent } from '../user-agent.js';
import type { Link, LinkHost } from './link.js';

export const OFFER = encodeUtf8(
  'v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n',
);
export const ANSWER = encodeUtf8(decodeUtf8(OFFER).replaceAll('192.0.2.1', '192.0.2.2'));

/** What an agent's calls came to. */
export interface Seen {
  readonly invites: IncomingInvite[];
  readonly sessions: Session[];
  readonly ended: SessionEnd[];
  cancelled: number;
  readonly failures: (number | null)[];
  readonly progress: number[];
  readonly logged: string[];
}

export interface Agent {
  readonly agent: UserAgent;
  readonly host: LinkHost;
  readonly seen: Seen;
  /** What to do with an INVITE. */
  onInvite: (invite: IncomingInvite) => void;
  onRegister: (transaction: ServerTransaction) => void;
  refusesFor: number | null;
  call(to: Agent, options?: Partial<Parameters<UserAgent['invite']>[0]>): OutgoingInvite;
}

/** A user agent on a link. By default it answers every call. */
export async function agentOn(link: Link, address: string): Promise<Agent> {
  const host = link.host(address);
  const seen: Seen = { invites: [], sessions: [], ended: [], cancelled: 0, failures: [], progress: [], logged: [] };
  const log = (message: string, details?: object) => void seen.logged.push(`${message} ${JSON.stringify(details)}`);
  const logger: Logger = { debug: log, info: log, warn: log, error: log };
  const handlers = (): SessionHandlers => ({
    media: { offer: () => OFFER, answer: () => ANSWER, accept: () => true },
    info: () => true,
    message: () => true,
    ended: (why) => seen.ended.push(why),
  });
  const agent = new UserAgent({
    network: host,
    resolver: {
      resolve: (place) => Promise.resolve([{ transport: 'udp', address: place.host, port: place.port ?? 5060 }]),
    },
    clock: link.clock,
    logger,
    egressAllowed: () => true,
    refusesFor: () => self.refusesFor,
    invited: (invite) => {
      seen.invites.push(invite);
      invite.handlers = { cancelled: () => (seen.cancelled += 1) };
      invite.session.handlers = handlers();
      self.onInvite(invite);
    },
    register: (transaction) => self.onRegister(transaction),
  });
  await agent.start();
  const self: Agent = {
    agent,
    host,
    seen,
    refusesFor: null,
    onInvite: (invite) => invite.answer(ANSWER),
    onRegister: (transaction) => transaction.reply(403),
    call: (to, options = {}) => {
      const calls: OutgoingInviteHandlers = {
        progress: (status) => seen.progress.push(status),
        answered: (session) => {
          session.handlers = handlers();
          seen.sessions.push(session);
        },
        failed: (status) => seen.failures.push(status),
      };
      const flow = host.flowTo({ transport: 'udp', address: to.host.address, port: to.host.port });
      return agent.invite(
        {
          uri: `sip:1000@${to.host.address}`,
          from: `<sip:ann@${address}>`,
          flow,
          headers: [],
          body: OFFER,
          digest: null,
          ...options,
        },
        calls,
      );
    },
  };
  return self;
}

/** `INVITE`, `200 INVITE`: a message in short. */
export const short = (message: SipMessage): string =>
  message.kind === 'request'
    ? message.method
    : `${message.status} ${(message.headers.get('CSeq') ?? '').split(' ')[1]}`;
