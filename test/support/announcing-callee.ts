import { createSocket } from 'node:dgram';
import { encodeG711 } from '@callwright/media';
import { header, offer, RawUdp, type SipText } from './raw-sip.js';

const FRAME = 160;
const RTP_HEADER = 12;

/** Somebody who is called, never answers, and is heard before (183 with a description, then RTP), as networks announce things. */
export class AnnouncingCallee {
  private timer: NodeJS.Timeout | null = null;
  private readonly rtp = createSocket('udp4');

  private constructor(private readonly signalling: RawUdp) {}

  static async open(server: string): Promise<AnnouncingCallee> {
    const callee = new AnnouncingCallee(await RawUdp.open(server));
    await new Promise<void>((resolve) => callee.rtp.bind(0, '127.0.0.1', resolve));
    return callee;
  }

  get uri(): string {
    return `sip:callee@${this.signalling.address}`;
  }

  /** Takes the next call: rings, says it with sound of its own, and agrees to its cancelling. */
  async announce(said: Int16Array): Promise<void> {
    const before = new Set(this.signalling.messages);
    const next = (method: string) =>
      this.signalling.saw(method, (message) => message.method === method && !before.has(message), 15_000);
    const invite = await next('INVITE');
    await this.reply(invite, '180 Ringing');
    await this.reply(invite, '183 Session Progress', offer(this.rtp.address().port));
    this.say(said, Number(/^m=audio (\d+)/m.exec(invite.text)?.[1]));
    await this.reply(await next('CANCEL'), '200 OK');
    await this.reply(invite, '487 Request Terminated');
    this.hush();
  }

  close(): void {
    this.hush();
    this.rtp.close();
    this.signalling.close();
  }

  private hush(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  private reply(to: SipText, status: string, body = ''): Promise<void> {
    const copied = ['Via', 'From', 'Call-ID', 'CSeq'].map((name) => `${name}: ${header(to, name)}`);
    const lines = [
      `SIP/2.0 ${status}`,
      ...copied,
      `To: ${header(to, 'To')};tag=callee`,
      `Contact: <${this.uri}>`,
      ...(body ? ['Content-Type: application/sdp'] : []),
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    return this.signalling.send(`${lines.join('\r\n')}\r\n\r\n${body}`);
  }

  /** A packet every 20 ms; those that are late are sent at once. */
  private say(said: Int16Array, port: number): void {
    const codes = encodeG711('PCMU', said);
    const began = performance.now();
    let frame = 0;
    const step = () => {
      for (; frame * 20 <= performance.now() - began && (frame + 1) * FRAME <= codes.length; frame++) {
        const packet = Buffer.alloc(RTP_HEADER + FRAME);
        packet.writeUInt16BE(0x8000, 0); // Version 2, PCMU
        packet.writeUInt16BE(frame, 2);
        packet.writeUInt32BE(frame * FRAME, 4);
        packet.writeUInt32BE(0xca11ee, 8);
        packet.set(codes.subarray(frame * FRAME, (frame + 1) * FRAME), RTP_HEADER);
        this.rtp.send(packet, port, '127.0.0.1');
      }
      this.timer = setTimeout(step, 10);
    };
    step();
  }
}
