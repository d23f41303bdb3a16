import { io, type Socket } from 'socket.io-client';
import { until } from './until.js';

/** A page or a program that listens to `/live`. */
export class Listener {
  readonly heard: { name: string; callId: string; seq: number; [field: string]: unknown }[] = [];

  private constructor(readonly socket: Socket) {
    socket.onAny((name: string, payload: { name: string; callId: string; seq: number }) => {
      if (payload.name === name) this.heard.push(payload);
    });
  }

  /** Rejects with the server's refusal. */
  static connect(url: string, auth: object, headers: Record<string, string> = {}): Promise<Listener> {
    const socket = io(`${url}/live`, {
      auth,
      extraHeaders: headers,
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
    });
    const listener = new Listener(socket);
    return new Promise((resolve, reject) => {
      socket.once('connect', () => resolve(listener));
      socket.once('connect_error', (error) => {
        socket.close();
        reject(error);
      });
    });
  }

  // The reply is what the test says it is.
  ask(
    name: 'subscribe' | 'unsubscribe' | 'edit' | 'leave' | 'watch' | 'unwatch' | 'listen' | 'stop-listening',
    wanted: unknown,
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
  ): Promise<any> {
    return this.socket.timeout(20_000).emitWithAck(name, wanted);
  }

  names(callId: string): string[] {
    return this.heard.filter((event) => event.callId === callId).map((event) => event.name);
  }

  async gone(): Promise<void> {
    await until(() => this.socket.disconnected);
  }

  close(): void {
    this.socket.close();
  }
}
