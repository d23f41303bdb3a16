/** A message of a call is seldom longer; the rest is cut. */
const LONGEST = 12_000;

/** What a person may read of a SIP message: no credentials, no keys of media, no digits that somebody typed. */
export function maskedText(text: string): string {
  const masked = text
    // With the lines that continue it (RFC 3261 section 7.3.1).
    .replaceAll(
      /^((?:Proxy-)?Authorization|Authentication-Info)([ \t]*:[ \t]*)(\S*)[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*/gim,
      '$1$2$3 ••••',
    )
    // RFC 4568, RFC 8866 section 5.12 (k=), RFC 8839, RFC 4567.
    .replaceAll(/^(a=crypto:\d+[ \t]+\S+[ \t]+|k=|a=ice-pwd:|a=key-mgmt:)[^\r\n]*/gim, '$1••••')
    // A password in a URI: not recommended (RFC 3261 section 19.1.1), and seen all the same.
    .replaceAll(/(sips?:[^\s:@<>;]+):[^\s@<>]+@/gi, '$1:••••@')
    // Digits in INFO may be those of a secret.
    .replaceAll(/^(Signal[ \t]*=[ \t]*)[^\r\n]*/gim, '$1•');
  const isKey = /^(?:Content-Type|c)[ \t]*:[ \t]*application\/dtmf\b(?!-)/im.test(masked);
  const whole = isKey ? masked.replace(/(\r?\n\r?\n)[\s\S]*$/, '$1•') : masked;
  return whole.length > LONGEST ? `${whole.slice(0, LONGEST)}\r\n…` : whole;
}
