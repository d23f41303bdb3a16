/** Without the letters and digits that look like each other: it is typed by hand, on a desk phone with its keys. */
const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789';
const LENGTH = 12;

/** 59 bits: nobody guesses it over SIP, where failed attempts are slowed down. */
export function newPassword(): string {
  const password: string[] = [];
  const byte = new Uint8Array(1);
  while (password.length < LENGTH) {
    crypto.getRandomValues(byte);
    // What is above the last full round would come more often.
    if (byte[0]! < 256 - (256 % SIGNS.length)) password.push(SIGNS[byte[0]! % SIGNS.length]!);
  }
  return password.join('');
}
