/**
 * What we use of drachtio-srf and drachtio-fsmrf, as it behaves: the one has types that say otherwise in places, the other has none.
 * Both are loaded when the adapter starts, and not before: the default installation never does.
 */

/** A message that came, or was sent. */
export interface SipMessage {
  readonly raw: string;
}

export interface SipRequest {
  readonly method: string;
  readonly uri: string;
  readonly body: string | undefined;
  readonly raw: string;
  readonly source_address: string;
  readonly source_port: number;
  /** `udp`, `tcp`, … */
  readonly protocol: string;
  get(name: string): string | undefined;
  on(event: 'cancel', listener: () => void): void;
  /** Of a request that we sent. */
  cancel(callback: (error: Error | null) => void): void;
}

export interface SipReply {
  readonly status: number;
  readonly body: string | undefined;
  readonly raw: string;
}

export interface SipResponse {
  readonly finalResponseSent: boolean;
  send(
    status: number,
    options: { headers?: HeaderFields; body?: string },
    callback?: (error: Error | null, sent: SipMessage) => void,
  ): void;
}

/** A header with several values is an array. */
export type HeaderFields = Record<string, string | string[]>;

/** Requests within a dialog: `info`, `message`, `modify` (re-INVITE), `refer`, … */
type WithinDialog = 'info' | 'message' | 'modify' | 'refer' | 'update';

export interface SipDialog {
  readonly connected?: boolean;
  readonly local: { sdp: string };
  readonly remote: { sdp: string };
  on(event: 'destroy', listener: (request: SipRequest, reason?: string) => void): void;
  on(event: WithinDialog, listener: (request: SipRequest, response: SipResponse) => void): void;
  /** A re-INVITE; gives the answer, rejects with a SipError when it is refused. */
  modify(sdp: string): Promise<string>;
  /** Rejects when the dialog is unknown to the server. */
  destroy(options?: object): Promise<unknown>;
  request(options: { method: string; headers?: HeaderFields; body?: string }): Promise<SipReply>;
  /** How re-INVITEs wait for each other. One that was refused is never counted down, and everything after it would wait for ever. */
  _reinvitesInProgress: { count: number; admitOne: (() => void)[] };
}

export interface SrfInvitation {
  readonly localSdp: string;
  readonly headers?: HeaderFields;
  readonly proxy?: string;
  readonly auth?: { username: string; password: string };
}

/** The signalling resource framework: one connection to drachtio-server. */
export interface Srf {
  connect(options: { host: string; port: number; secret: string }): void;
  disconnect(): void;
  on(event: 'connect', listener: (error: Error | null, hostPort: string) => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
  on(event: 'disconnect', listener: () => void): this;
  use(method: string, handler: (request: SipRequest, response: SipResponse) => void): void;
  createUAS(
    request: SipRequest,
    response: SipResponse,
    options: { localSdp: string; headers: HeaderFields },
  ): Promise<SipDialog>;
  createUAC(
    uri: string,
    invitation: SrfInvitation,
    progress?: {
      cbRequest?: (error: Error | null, request: SipRequest) => void;
      cbProvisional?: (reply: SipReply) => void;
    },
  ): Promise<SipDialog>;
}

/** An event of FreeSWITCH. */
export interface EslEvent {
  getHeader(name: string): string | null | undefined;
  getBody(): string | undefined;
}

export interface EslConnection {
  readonly socket: { setNoDelay(on: boolean): void; readonly remoteAddress?: string };
  connected(): boolean;
  subscribe(events: string | readonly string[]): void;
  on(event: string, listener: (event: EslEvent) => void): void;
  sendRecv(command: string, callback?: (reply: EslEvent) => void): void;
}

/** One leg in FreeSWITCH with its event socket. */
export interface FsEndpoint {
  readonly uuid: string;
  readonly conn: EslConnection | null;
  readonly dialog: SipDialog;
  readonly local: { readonly sdp: string; readonly mediaIp: string; readonly mediaPort: string };
  readonly connected: boolean;
  on(event: 'destroy', listener: (how?: { reason?: string }) => void): void;
  on(event: 'dtmf', listener: (digit: { dtmf: string; duration: string; source: string }) => void): void;
  api(command: string, args: string): Promise<EslEvent>;
  execute(application: string, args: string): Promise<EslEvent>;
  /** Settles only when FreeSWITCH says goodbye, which it may never do. */
  destroy(): Promise<void>;
}

export interface FsMediaServer {
  readonly conn: EslConnection;
  createEndpoint(options: { remoteSdp: string }): Promise<FsEndpoint>;
  api(command: string): Promise<string>;
  on(event: 'end' | 'error', listener: (error?: Error) => void): void;
  connected(): boolean;
  disconnect(): void;
}

export interface Mrf {
  connect(options: {
    address: string;
    port: number;
    secret: string;
    listenAddress: string;
    advertisedAddress?: string;
    profile: string;
  }): Promise<FsMediaServer>;
}

export interface Packages {
  readonly newSrf: () => Srf;
  readonly newMrf: (srf: Pick<Srf, 'createUAC' | 'createUAS'>) => Mrf;
}

export async function loadPackages(): Promise<Packages> {
  const [srf, mrf] = (await Promise.all([import('drachtio-srf'), import('drachtio-fsmrf' as string)])) as unknown as [
    { default: new () => Srf },
    { default: new (srf: Pick<Srf, 'createUAC' | 'createUAS'>) => Mrf },
  ];
  return { newSrf: () => new srf.default(), newMrf: (signalling) => new mrf.default(signalling) };
}
