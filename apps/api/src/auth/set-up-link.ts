import { Injectable } from '@nestjs/common';
import { equalText, newToken } from '../platform/crypto/hashes.js';

/** The one-time token with which the first administrator is made. It lives in memory: a restart prints another. */
@Injectable()
export class SetUpLink {
  #token: string | null = null;

  open(): void {
    this.#token ??= newToken('cwu');
  }

  close(): void {
    this.#token = null;
  }

  get token(): string | null {
    return this.#token;
  }

  opens(token: string): boolean {
    return this.#token !== null && equalText(this.#token, token);
  }
}
