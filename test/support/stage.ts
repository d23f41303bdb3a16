import { afterAll, afterEach, beforeAll } from 'vitest';
import type { LiveView, Api } from './api.js';
import { BaresipPhone, type PhoneOptions } from './baresip.js';
import { Product, type ProductOptions } from './product.js';

/** What a test file of calls needs: the product, its administrator, what the socket tells, and phones that go away after each test. */
export class Stage {
  product!: Product;
  api!: Api;
  live!: LiveView;
  private phones: BaresipPhone[] = [];

  /** Switches a phone on. With a password it is made known to the product first, and registers. */
  async phone(
    username: string,
    options: Partial<PhoneOptions> & { readonly registers?: boolean } = {},
  ): Promise<BaresipPhone> {
    const { registers = false, ...rest } = options;
    const password = registers ? `${username}-secret` : undefined;
    if (password !== undefined && !this.known.has(username)) {
      await this.api.addPhone(username, password);
      this.known.add(username);
    }
    const phone = await BaresipPhone.start({
      username,
      server: this.product.sipAddress,
      ...(password !== undefined && { password }),
      ...rest,
    });
    this.phones.push(phone);
    return phone;
  }
  private readonly known = new Set<string>();

  async switchOffPhones(): Promise<void> {
    await Promise.all(this.phones.splice(0).map((phone) => phone.stop()));
  }
}

/** To be called at the top of a test file; `prepare` runs once after the product is up. */
export function useStage(prepare: (stage: Stage) => Promise<void>, options: ProductOptions = {}): Stage {
  const stage = new Stage();
  beforeAll(async () => {
    stage.product = await Product.start(options);
    stage.api = await stage.product.admin();
    await prepare(stage);
    stage.live = await stage.api.live();
  });
  afterEach(() => stage.switchOffPhones());
  afterAll(async () => {
    stage.live?.close();
    await stage.product?.stop();
  });
  return stage;
}
