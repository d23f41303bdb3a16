import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { ROOT } from './product.js';

export const RESULTS = join(ROOT, 'test-results');

const PROGRAMS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export interface WindowOptions {
  readonly width?: number;
  readonly height?: number;
  /** What the page may do without asking the person: `clipboard-read`, `microphone`. */
  readonly permissions?: readonly string[];
}

/** A real Chromium with one window. What the page complains about on its console is kept. */
export class BrowserWindow {
  readonly complaints: string[] = [];

  private constructor(
    private readonly browser: Browser,
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(`${message.text()} ${message.location().url}`.trim());
    });
  }

  static async open(
    url: string,
    { width = 1440, height = 900, permissions = [] }: WindowOptions = {},
  ): Promise<BrowserWindow> {
    const executablePath = PROGRAMS.find((path) => existsSync(path));
    if (!executablePath) throw new Error('Chromium is not installed');
    // Chromium's sandbox refuses to run as root, as machines of CI often do.
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    // A microphone that hears a beep, and is allowed at once to who may use one.
    const args = [...sandbox, '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
    const browser = await chromium.launch({ executablePath, args, headless: true });
    const context = await browser.newContext({
      viewport: { width, height },
      baseURL: url,
      reducedMotion: 'reduce',
      permissions: [...permissions],
    });
    context.setDefaultTimeout(20_000);
    return new BrowserWindow(browser, context, await context.newPage());
  }

  /** Whoever is not logged in yet is told so (401), and the browser writes that down. Everything else stays a complaint. */
  forgetLogIn(): void {
    const others = this.complaints.filter((text) => !/401 .*\/api\/auth\/me$/.test(text));
    this.complaints.splice(0, Infinity, ...others);
  }

  /** Keeps a picture of what is shown, for the guides (`node scripts/pictures.mjs`) or for a person who looks at a failure. */
  async picture(name: string, folder = process.env['PICTURES'] ?? RESULTS): Promise<void> {
    mkdirSync(folder, { recursive: true });
    await this.page.mouse.move(0, 0);
    await this.page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  }

  async close(): Promise<void> {
    await this.context.close();
    await this.browser.close();
  }
}
