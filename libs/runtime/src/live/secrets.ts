import type { JsonObject } from '@callwright/kernel';
import type { CompiledNode } from '../compile/compile.js';
import { Mask, MASK } from '../log/mask.js';
import type { Visit } from './flow.js';

/** So many digits typed ahead may be a secret; fewer are a choice, and hiding them would blot out half of the log. */
const SECRET_LENGTH = 3;

/** What of a call nobody may see, and when digits may belong to it. */
export class Secrets {
  readonly mask = new Mask();
  #expected: boolean;

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

  /** Digits that a node gives. */
  learn({ definition }: CompiledNode, config: JsonObject | null, { digits }: JsonObject): void {
    if (typeof digits !== 'string') return;
    const secret = definition.collectsDigits
      ? config?.['secret'] === true
      : this.#expected && digits.length >= SECRET_LENGTH;
    if (secret) this.mask.add(digits);
  }

  /** What a node is told to do. A recording's name stays for ever, so that no secret may be in it. */
  fitForNames({ definition }: CompiledNode, config: JsonObject): JsonObject {
    const { name } = config;
    if (definition.type !== 'record' || typeof name !== 'string') return config;
    return { ...config, name: this.mask.text(name).replaceAll(MASK, 'xxx') };
  }
}
