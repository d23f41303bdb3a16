import { node, scenario } from '../../fixtures/scenarios.js';
import { speech, wavOf } from '../../support/audio.js';
import { Product } from '../../support/product.js';
import type { System } from './system.js';

/** The product as a system under load: a scenario for each announcement, deployed as a user does. */
export class ProductSystem implements System {
  readonly name = 'callwright';
  readonly #uploaded = new Set<number>();

  private constructor(readonly product: Product) {}

  static async start(env: Readonly<Record<string, string>> = {}): Promise<ProductSystem> {
    const product = await Product.start({
      env: { RTP_PORT_MIN: '20000', RTP_PORT_MAX: '32000', LOG_LEVEL: 'warn', MAX_CALLS: '4000', ...env },
    });
    return new ProductSystem(product);
  }

  get sipAddress(): string {
    return this.product.sipAddress;
  }

  get pids(): readonly number[] {
    return [this.product.pid];
  }

  get running(): boolean {
    return this.product.running;
  }

  async announce(number: string, seconds: number, times: number): Promise<void> {
    const api = await this.product.admin();
    if (!this.#uploaded.has(seconds)) await api.upload(`speech-${seconds}`, wavOf(speech(seconds, 1)));
    this.#uploaded.add(seconds);
    const play = node('play', { prompt: [{ play: `speech-${seconds}` }], loop: times }, { done: 'bye' });
    const states = { answer: node('answer', {}, { answered: 'play' }), play, bye: node('hang-up') };
    await api.deploy(scenario(`announcement-${number}`, states), number);
  }

  stop(): Promise<void> {
    return this.product.stop();
  }
}
