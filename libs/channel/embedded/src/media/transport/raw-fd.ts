import { constants } from 'node:os';
import koffi from 'koffi';
import { messageOf } from '@callwright/kernel';
import type { Endpoint } from './endpoint.js';
import { AF_INET, AF_INET6, readSockaddr, SOCKADDR_BYTES, writeSockaddr } from './sockaddr.js';
import { PortTaken, type ControlSocket, type MediaTransport, type RtpSocket, type SocketPair } from './transport.js';

const SOCK_DGRAM_NONBLOCK = 2 | 0o4000;
const MSG_DONTWAIT = 0x40;
const IPPROTO_IP = 0;
const IP_TOS = 1;
const IPPROTO_IPV6 = 41;
const IPV6_TCLASS = 67;
/** DSCP "expedited forwarding" (RFC 3246): what networks take for voice. */
const EXPEDITED = 0xb8;
const EPOLL_CTL_ADD = 1;
const EPOLLIN = 1;
const EPOLL_EVENTS = 64;
/** `struct epoll_event` is packed on x86-64 alone. */
const EPOLL_EVENT_BYTES = process.arch === 'x64' ? 12 : 16;
const EPOLL_DATA_AT = process.arch === 'x64' ? 4 : 8;
const BUFFER_BYTES = 2048;
const MAX_EMPTY = 64;
const MAX_THROWN_AWAY = 1024;
/** Takes what is thrown away; the packet that was read last stays in the transport's buffer. */
const SCRAP = new Uint8Array(1);

type Pointer = Uint8Array | null;

/** The few functions of the C library that carry a packet. */
interface LibC {
  socket(domain: number, type: number, protocol: number): number;
  bind(fd: number, address: Pointer, length: number): number;
  connect(fd: number, address: Pointer, length: number): number;
  getsockname(fd: number, address: Pointer, length: Pointer): number;
  setsockopt(fd: number, level: number, name: number, value: Pointer, length: number): number;
  recv(fd: number, buffer: Pointer, length: number, flags: number): number;
  send(fd: number, buffer: Pointer, length: number, flags: number): number;
  recvfrom(
    fd: number,
    buffer: Pointer,
    length: number,
    flags: number,
    address: Pointer,
    addressLength: Pointer,
  ): number;
  sendto(fd: number, buffer: Pointer, length: number, flags: number, address: Pointer, addressLength: number): number;
  close(fd: number): number;
  epollCreate(flags: number): number;
  epollControl(epoll: number, operation: number, fd: number, event: Pointer): number;
  epollWait(epoll: number, events: Pointer, count: number, timeoutMs: number): number;
}

let loaded: LibC | { readonly reason: string } | null = null;

function load(): LibC | { readonly reason: string } {
  if (process.platform !== 'linux') return { reason: `raw sockets are for Linux, this is ${process.platform}` };
  try {
    const libc = koffi.load('libc.so.6');
    return {
      socket: libc.func('int socket(int, int, int)') as LibC['socket'],
      bind: libc.func('int bind(int, void *, int)') as LibC['bind'],
      connect: libc.func('int connect(int, void *, int)') as LibC['connect'],
      getsockname: libc.func('int getsockname(int, void *, void *)') as LibC['getsockname'],
      setsockopt: libc.func('int setsockopt(int, int, int, void *, int)') as LibC['setsockopt'],
      recv: libc.func('int64_t recv(int, void *, size_t, int)') as LibC['recv'],
      send: libc.func('int64_t send(int, void *, size_t, int)') as LibC['send'],
      recvfrom: libc.func('int64_t recvfrom(int, void *, size_t, int, void *, void *)') as LibC['recvfrom'],
      sendto: libc.func('int64_t sendto(int, void *, size_t, int, void *, int)') as LibC['sendto'],
      close: libc.func('int close(int)') as LibC['close'],
      epollCreate: libc.func('int epoll_create1(int)') as LibC['epollCreate'],
      epollControl: libc.func('int epoll_ctl(int, int, int, void *)') as LibC['epollControl'],
      epollWait: libc.func('int epoll_wait(int, void *, int, int)') as LibC['epollWait'],
    };
  } catch (error) {
    return { reason: messageOf(error) };
  }
}

/** The transport, or why this machine cannot have it. */
export function openRawFdTransport(): MediaTransport | { readonly reason: string } {
  loaded ??= load();
  return 'reason' in loaded ? loaded : new RawFdTransport(loaded);
}

/** A socket that another thread of this process has opened and does not use now; `buffer` takes its datagrams. */
export function adoptRtpSocket(descriptor: number, buffer: Uint8Array): RtpSocket {
  loaded ??= load();
  if ('reason' in loaded) throw new Error(loaded.reason);
  const socket = new RawRtpSocket(loaded, descriptor, buffer);
  socket.dissolve();
  return socket;
}

/** Closes what a dead worker left open. */
export function closeDescriptors(descriptors: readonly number[]): void {
  loaded ??= load();
  if ('reason' in loaded) return;
  for (const fd of descriptors) loaded.close(fd);
}

/**
 * One non-blocking socket a leg, read when its turn in the tick comes: no event loop, no event and no buffer per packet.
 * Half of the cost of dgram. RTCP, which comes once in seconds, is waited for by epoll.
 */
class RawFdTransport implements MediaTransport {
  readonly kind = 'raw-fd';
  readonly buffer = new Uint8Array(BUFFER_BYTES);
  readonly #libc: LibC;
  readonly #epoll: number;
  readonly #events = Buffer.alloc(EPOLL_EVENT_BYTES * EPOLL_EVENTS);
  readonly #controls = new Map<number, RawControlSocket>();
  readonly #controlBuffer = new Uint8Array(BUFFER_BYTES);

  constructor(libc: LibC) {
    this.#libc = libc;
    this.#epoll = libc.epollCreate(0);
  }

  // Async because dgram cannot be otherwise.
  async open(address: string, port: number): Promise<SocketPair> {
    const rtpFd = this.#bound(address, port);
    let rtcpFd: number;
    try {
      rtcpFd = this.#bound(address, port === 0 ? 0 : port + 1);
    } catch (error) {
      this.#libc.close(rtpFd);
      throw error;
    }
    const rtcp = new RawControlSocket(this.#libc, rtcpFd);
    const event = Buffer.alloc(EPOLL_EVENT_BYTES);
    event.writeUInt32LE(EPOLLIN, 0);
    event.writeInt32LE(rtcpFd, EPOLL_DATA_AT);
    this.#libc.epollControl(this.#epoll, EPOLL_CTL_ADD, rtcpFd, event);
    this.#controls.set(rtcpFd, rtcp);
    return {
      rtp: new RawRtpSocket(this.#libc, rtpFd, this.buffer),
      rtcp,
      descriptors: [rtpFd, rtcpFd],
      close: () => {
        if (!this.#controls.delete(rtcpFd)) return;
        this.#libc.close(rtpFd);
        this.#libc.close(rtcpFd);
      },
    };
  }

  pollControl(): void {
    if (this.#controls.size === 0) return;
    const count = this.#libc.epollWait(this.#epoll, this.#events, EPOLL_EVENTS, 0);
    for (let n = 0; n < count; n++) {
      const fd = this.#events.readInt32LE(n * EPOLL_EVENT_BYTES + EPOLL_DATA_AT);
      this.#controls.get(fd)?.read(this.#controlBuffer);
    }
  }

  close(): void {
    this.#libc.close(this.#epoll);
  }

  #bound(address: string, port: number): number {
    const name = writeSockaddr({ address, port });
    const six = name.length === SOCKADDR_BYTES;
    const fd = this.#libc.socket(six ? AF_INET6 : AF_INET, SOCK_DGRAM_NONBLOCK, 0);
    if (fd < 0) throw new Error(`socket: error ${koffi.errno()}`);
    if (this.#libc.bind(fd, name, name.length) < 0) {
      const error = koffi.errno();
      this.#libc.close(fd);
      if (error === constants.errno.EADDRINUSE) throw new PortTaken();
      throw new Error(`bind to ${address}:${port}: error ${error}`);
    }
    const value = Buffer.alloc(4);
    value.writeInt32LE(EXPEDITED);
    this.#libc.setsockopt(fd, six ? IPPROTO_IPV6 : IPPROTO_IP, six ? IPV6_TCLASS : IP_TOS, value, 4);
    return fd;
  }
}

class RawRtpSocket implements RtpSocket {
  readonly localPort: number;
  readonly descriptor: number;
  readonly #libc: LibC;
  readonly #fd: number;
  readonly #buffer: Uint8Array;
  readonly #from = new Uint8Array(SOCKADDR_BYTES);
  readonly #fromLength = new Int32Array(1);
  readonly #fromLengthBytes = new Uint8Array(this.#fromLength.buffer);
  #peer: Endpoint = { address: '0.0.0.0', port: 0 };
  #peerName: Uint8Array = new Uint8Array(0);
  #locked = false;

  constructor(libc: LibC, fd: number, buffer: Uint8Array) {
    this.#libc = libc;
    this.#fd = fd;
    this.descriptor = fd;
    this.#buffer = buffer;
    this.#fromLength[0] = SOCKADDR_BYTES;
    libc.getsockname(fd, this.#from, this.#fromLengthBytes);
    this.localPort = readSockaddr(this.#from).port;
  }

  receive(): number {
    // An empty datagram is nothing, but those behind it are something.
    for (let n = 0; n < MAX_EMPTY; n++) {
      const length = this.#locked
        ? this.#libc.recv(this.#fd, this.#buffer, BUFFER_BYTES, MSG_DONTWAIT)
        : this.#receiveFrom(this.#buffer);
      if (length !== 0) return length < 0 ? 0 : length;
    }
    return 0;
  }

  source(): Endpoint {
    return this.#locked ? this.#peer : readSockaddr(this.#from);
  }

  target(peer: Endpoint): void {
    this.#peer = peer;
    this.#peerName = writeSockaddr(peer);
  }

  send(packet: Uint8Array, length: number): void {
    if (this.#locked) this.#libc.send(this.#fd, packet, length, MSG_DONTWAIT);
    else this.#libc.sendto(this.#fd, packet, length, MSG_DONTWAIT, this.#peerName, this.#peerName.length);
  }

  lock(): void {
    if (this.#libc.connect(this.#fd, this.#peerName, this.#peerName.length) < 0) return;
    // What came before `connect` is still in the queue, whoever sent it. A packet of the peer's own may be among it; it is not missed.
    for (let n = 0; n < MAX_THROWN_AWAY && this.#receiveFrom(SCRAP) >= 0; n++);
    this.#locked = true;
  }

  unlock(): void {
    if (this.#locked) this.dissolve();
  }

  /** Whoever has locked it, in whichever thread. */
  dissolve(): void {
    // Connecting to "no family" dissolves the association (connect(2)).
    this.#libc.connect(this.#fd, new Uint8Array(16), 16);
    this.#locked = false;
  }

  #receiveFrom(buffer: Uint8Array): number {
    this.#fromLength[0] = SOCKADDR_BYTES;
    return this.#libc.recvfrom(this.#fd, buffer, buffer.length, MSG_DONTWAIT, this.#from, this.#fromLengthBytes);
  }
}

class RawControlSocket implements ControlSocket {
  onMessage: ((bytes: Uint8Array, source: Endpoint) => void) | null = null;
  readonly #libc: LibC;
  readonly #fd: number;
  readonly #from = new Uint8Array(SOCKADDR_BYTES);
  readonly #fromLength = new Int32Array(1);
  readonly #fromLengthBytes = new Uint8Array(this.#fromLength.buffer);

  constructor(libc: LibC, fd: number) {
    this.#libc = libc;
    this.#fd = fd;
  }

  send(packet: Uint8Array, peer: Endpoint): void {
    const name = writeSockaddr(peer);
    this.#libc.sendto(this.#fd, packet, packet.length, MSG_DONTWAIT, name, name.length);
  }

  /** A few at a time: a flood of reports is not worth more. */
  read(buffer: Uint8Array): void {
    for (let n = 0; n < 4; n++) {
      this.#fromLength[0] = SOCKADDR_BYTES;
      const length = this.#libc.recvfrom(
        this.#fd,
        buffer,
        buffer.length,
        MSG_DONTWAIT,
        this.#from,
        this.#fromLengthBytes,
      );
      if (length <= 0) return;
      this.onMessage?.(buffer.subarray(0, length), readSockaddr(this.#from));
    }
  }
}
