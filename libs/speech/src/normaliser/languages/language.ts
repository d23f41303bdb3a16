/** A day of the calendar, or a part of one: a month of a year, a day of a month, a year alone. */
export interface CalendarDate {
  readonly year?: number;
  /** 1 to 12. */
  readonly month?: number;
  readonly day?: number;
}

export interface ClockTime {
  /** 0 to 23. */
  readonly hour: number;
  readonly minute: number;
  readonly second?: number;
  /** The twelve-hour clock was asked for, or written. */
  readonly twelveHour: boolean;
}

/** The names of a currency: one and many of the unit, one and many of its hundredth (none: yen). */
export type CurrencyNames =
  readonly [one: string, many: string] | readonly [one: string, many: string, cent: string, cents: string];

export type DateOrder = 'dmy' | 'mdy' | 'ymd';

/**
 * All that the normaliser knows of one language; a file beside this one holds one language and nothing else does.
 * Numbers are whole and between 0 and 10^15 - 1; signs, decimals and longer numbers are composed from `words` and digits.
 */
export interface Language {
  /** ISO 639-1. */
  readonly code: string;
  readonly decimalMark: '.' | ',';
  /** Characters that may stand between groups of three digits. */
  readonly groupMarks: string;
  /** What makes a number an ordinal when it follows it directly ("1st"), as the source of a regular expression. */
  readonly ordinalMark: string;
  /** How a number that is written as `20/11/2026` is read. */
  dateOrder(tag: string): DateOrder;
  readonly words: {
    readonly minus: string;
    readonly plus: string;
    readonly decimal: string;
    readonly percent: string;
    readonly extension: string;
    /** What a number is multiplied by, when it is a word before the currency is named: "5 million dollars". */
    readonly magnitudes: readonly string[];
  };
  readonly digits: readonly [string, string, string, string, string, string, string, string, string, string];
  /** Characters that are spelled by another name than themselves. */
  readonly characters: Readonly<Record<string, string>>;
  /** Lower-case month names, January first; used to recognise dates. */
  readonly months: readonly string[];
  readonly currencies: Readonly<Record<string, CurrencyNames>>;
  cardinal(value: number): string;
  ordinal(value: number): string;
  date(date: CalendarDate): string;
  time(time: ClockTime): string;
  /** `units` and `cents` of one currency, whose names are given. */
  money(units: number, cents: number, names: CurrencyNames): string;
  /** Reading rules of this language alone; tried before the common ones, in order. */
  readonly own?: readonly OwnRule[];
}

export interface OwnRule {
  /** Source of a regular expression (flags `iu`) without capturing groups; must match in time linear in what it matches. */
  readonly pattern: string;
  /** The words for a match, or undefined when it is not what it looked like. */
  speak(match: string): string | undefined;
}
