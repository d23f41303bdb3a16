import type { CountryCode } from 'libphonenumber-js';

export interface ReadNumber {
  /** `+37060000000` */
  readonly e164: string;
  /** `+370 600 00000` */
  readonly international: string;
  /** Its name in the language of the page. */
  readonly country: string;
}

/** Digits alone may be an extension: a number shows itself by a country code, a national prefix, or by being set in groups. */
const WRITTEN_OUT = /^\s*(?:\+|0|(?=\S*[\s()./-]\s*\d))[\d\s()./-]{6,}$/;

/**
 * A number as people write it, with or without its country code (then that of the locale, `de-AT`). Null: it is no number of the public
 * network, and stays as it is: an extension, an address, an expression. The numbering plans are fetched when they are first asked for.
 */
export async function readNumber(text: string, locale: string): Promise<ReadNumber | null> {
  if (!WRITTEN_OUT.test(text)) return null;
  const { parsePhoneNumberFromString } = await import('libphonenumber-js/min');
  const region = new Intl.Locale(locale).region as CountryCode | undefined;
  const number = parsePhoneNumberFromString(text.trim().replace(/^00/, '+'), region);
  if (!number?.isValid()) return null;
  const name = number.country && new Intl.DisplayNames([locale], { type: 'region' }).of(number.country);
  return {
    e164: number.number,
    international: number.formatInternational(),
    country: name ?? `+${number.countryCallingCode}`,
  };
}
