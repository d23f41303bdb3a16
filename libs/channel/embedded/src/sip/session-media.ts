/** The offer/answer side of a session, in bytes of SDP. What it says is the owner's business. */
export interface SessionMedia {
  /** A description of what we want now. */
  offer(): Uint8Array;
  /** Our answer to an offer, which takes effect; null when we cannot have it (488, and everything stays as it was). */
  answer(offer: Uint8Array): Uint8Array | null;
  /** The far end's answer to our offer takes effect; false when it cannot be had. */
  accept(answer: Uint8Array): boolean;
}
