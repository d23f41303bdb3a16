import type { Json, JsonObject } from '@callwright/kernel';
import { MASK } from '@callwright/expression';
import { Mask } from '../log/mask.js';
import type { SecretField } from './evaluation.js';
import type { Visit } from './visit.js';

/** So many digits typed ahead may be a secret; fewer are a choice, and hiding them would blot out half of the log. */
const SECRET_LENGTH = 3;
/** Texts made of secrets that are looked for everywhere: longer ones, and more of them, are hidden where they stand. */
const LONGEST_TEXT = 64;
const MOST_TEXTS = 200;

/** What of a call nobody may see, and when digits may belong to it. */
export class Secrets {
  readonly mask = new Mask();
  #expected: boolean;
  #derived = 0;

  constructor(expected: boolean) {
    this.#expected = expected;
  }

  /** A subflow begins that may ask for secrets. */
  expect(expected: boolean): void {
    this.#expected ||= expected;
  }

  /** A digit is shown when it cannot belong to a secret: nobody asks for secrets here, or a node takes it that does not. */
  hidesDigits(visit: Visit | null): boolean {
    if (!this.#expected) return false;
    return !(
      visit?.node.definition.collectsDigits === true &&
      visit.config !== null &&
      visit.config['secret'] !== true
    );
  }

  /** Some fields of a node's configuration were made of secrets. */
  hide(visit: Visit, fields: readonly SecretField[]): void {
    for (const { secrets } of fields) for (const secret of secrets) this.#learnAll(secret);
    visit.hide(fields);
  }

  /** Digits that a node gives. */
  learn(visit: Visit, { digits }: JsonObject): void {
    if (typeof digits !== 'string') return;
    const { node, config } = visit;
    // What a subflow gives is known from the places that its outputs were made of.
    if (node.definition.dynamicOutcomes === 'subflow') return;
    if (node.definition.collectsDigits ? config?.['secret'] !== true : !this.#expected) return;
    visit.secretOutputs.add('digits');
    if (node.definition.collectsDigits || digits.length >= SECRET_LENGTH) this.mask.add(digits);
  }

  /** What was made of a secret is hidden wherever it comes up as a text, unless that text is an everyday one. */
  #learnAll(value: Json): void {
    if (Array.isArray(value)) value.forEach((inner: Json) => this.#learnAll(inner));
    else if (typeof value === 'object' && value !== null)
      Object.values(value).forEach((inner) => this.#learnAll(inner));
    else if (typeof value === 'string' || typeof value === 'number') {
      const text = String(value);
      if (
        text.length >= SECRET_LENGTH &&
        text.length <= LONGEST_TEXT &&
        /\d/.test(text) &&
        this.#derived++ < MOST_TEXTS
      )
        this.mask.add(text);
    }
  }

  /** What a node is told to do. A recording's name stays for ever, so that no secret may be in it. */
  fitForNames(visit: Visit, config: JsonObject): JsonObject {
    const { name } = visit.shown(config);
    if (visit.node.definition.type !== 'record' || typeof name !== 'string') return config;
    return { ...config, name: this.mask.text(name).replaceAll(MASK, 'xxx') };
  }
}
