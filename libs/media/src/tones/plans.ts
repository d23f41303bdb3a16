/** Frequencies that sound together, in Hz. */
export type Chord = readonly number[];

/** One stretch of a tone: `hertz` empty is silence. */
export interface Stretch {
  readonly hertz: Chord;
  readonly ms: number;
}

/** The period of a tone; it goes on for ever. */
export type Cadence = readonly Stretch[];

/** What a network plays to callers. */
export interface TonePlan {
  readonly dial: Cadence;
  readonly ringback: Cadence;
  readonly busy: Cadence;
  readonly congestion: Cadence;
}

const on = (hertz: Chord, ms: number): Stretch => ({ hertz, ms });
const off = (ms: number): Stretch => ({ hertz: [], ms });
const steady = (hertz: Chord): Cadence => [on(hertz, 1000)];

const E425: Chord = [425];

/**
 * National tones (ITU-T E.180 supplement 2), by ISO 3166 country code. `EU` is what ETSI TR 101 041-2 recommends and what most
 * countries of Europe use.
 */
export const TONE_PLANS = {
  EU: {
    dial: steady(E425),
    ringback: [on(E425, 1000), off(4000)],
    busy: [on(E425, 500), off(500)],
    congestion: [on(E425, 250), off(250)],
  },
  US: {
    dial: steady([350, 440]),
    ringback: [on([440, 480], 2000), off(4000)],
    busy: [on([480, 620], 500), off(500)],
    congestion: [on([480, 620], 250), off(250)],
  },
  GB: {
    dial: steady([350, 450]),
    ringback: [on([400, 450], 400), off(200), on([400, 450], 400), off(2000)],
    busy: [on([400], 375), off(375)],
    congestion: [on([400], 400), off(350), on([400], 225), off(525)],
  },
  DE: {
    dial: steady(E425),
    ringback: [on(E425, 1000), off(4000)],
    busy: [on(E425, 480), off(480)],
    congestion: [on(E425, 240), off(240)],
  },
  FR: {
    dial: steady([440]),
    ringback: [on([440], 1500), off(3500)],
    busy: [on([440], 500), off(500)],
    congestion: [on([440], 250), off(250)],
  },
  LT: {
    dial: steady(E425),
    ringback: [on(E425, 1000), off(4000)],
    busy: [on(E425, 350), off(350)],
    congestion: [on(E425, 200), off(200)],
  },
  IT: {
    dial: [on(E425, 200), off(200), on(E425, 600), off(1000)],
    ringback: [on(E425, 1000), off(4000)],
    busy: [on(E425, 500), off(500)],
    congestion: [on(E425, 200), off(200)],
  },
  AU: {
    dial: steady([425, 450]),
    ringback: [on([400, 450], 400), off(200), on([400, 450], 400), off(2000)],
    busy: [on(E425, 375), off(375)],
    congestion: [on(E425, 375), off(375)],
  },
  JP: {
    dial: steady([400]),
    ringback: [on([400, 416], 1000), off(2000)],
    busy: [on([400], 500), off(500)],
    congestion: [on([400], 500), off(500)],
  },
} as const satisfies Readonly<Record<string, TonePlan>>;

export type ToneCountry = keyof typeof TONE_PLANS;
