import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type Browser, chromium, type Page, type Request } from 'playwright-core';
import { until } from '../../fixtures/until.ts';
import type { Sdk, SdkClient, SdkOptions, Values } from './sdk-client.ts';

const flags = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--disable-background-networking'];

/** An SDK may wait so long before it sends. */
const quietMilliseconds = 1_500;

const bundledPage = async (): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'page.js')],
    bundle: true,
    format: 'iife',
    platform: 'browser',
    write: false,
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
};

/** A shop on an origin of its own, so that what its pages send crosses origins. */
class Shop {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(): Promise<Shop> {
    const script = await bundledPage();
    const server = createServer(({ url = '' }, response) => {
      const isScript = url.startsWith('/page.js');
      response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html; charset=utf-8' });
      response.end(isScript ? script : '<!doctype html><title>Shop</title><script src="/page.js"></script>');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Shop(server);
  }

  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

interface SdkWindow {
  openSdk(name: string, options: SdkOptions): Promise<string[]>;
  callSdk(call: string, given: unknown[]): Promise<void>;
}

/**
 * Waits until everything that the page has asked for was answered, and nothing was asked for a while. An answer need
 * not have been read: some SDKs look at its status only.
 */
const quietOf = (page: Page): (() => Promise<void>) => {
  const open = new Set<Request>();
  let lastAt = Date.now();
  const ended = (request: Request): void => {
    open.delete(request);
    lastAt = Date.now();
  };
  page.on('request', request => void open.add(request));
  page.on('response', response => ended(response.request())).on('requestfailed', ended);
  return () => until('the page to be quiet', () => open.size === 0 && Date.now() - lastAt > quietMilliseconds, 60);
};

const clientIn = (page: Page, calls: readonly string[], options: SdkOptions, flush: () => Promise<void>): SdkClient => {
  const call =
    (name: string) =>
    async (...given: [string, Values] | [string]): Promise<void> => {
      await page.evaluate(([called, values]) => (globalThis as unknown as SdkWindow).callSdk(called, values), [
        name,
        given,
      ] as const);
    };
  return {
    anonymousId: async () => options.anonymousId,
    page: call('page'),
    identify: call('identify'),
    track: call('track'),
    group: call('group'),
    ...(calls.includes('screen') ? { screen: call('screen') } : {}),
    ...(calls.includes('alias') ? { alias: call('alias') } : {}),
    flush,
    close: () => page.context().close(),
  };
};

const inPage = { where: 'browser', retries: true, flushes: false, batches: true } as const;

/** Chromium with a shop's pages in it. */
export class ShopBrowser {
  readonly #browser: Browser;
  readonly #shop: Shop;

  private constructor(browser: Browser, shop: Shop) {
    this.#browser = browser;
    this.#shop = shop;
  }

  static async open(executablePath: string): Promise<ShopBrowser> {
    return new ShopBrowser(await chromium.launch({ executablePath, args: flags }), await Shop.open());
  }

  get sdks(): Sdk[] {
    return [
      { name: '@segment/analytics-next', ...inPage, open: options => this.#open('segment', options) },
      { name: '@rudderstack/analytics-js', ...inPage, open: options => this.#open('rudder', options) },
      {
        name: '@jitsu/js (browser)',
        ...inPage,
        ...{ retries: false, batches: false },
        open: options => this.#open('jitsu', options),
      },
    ];
  }

  async #open(name: string, options: SdkOptions): Promise<SdkClient> {
    const context = await this.#browser.newContext();
    const page = await context.newPage();
    const quiet = quietOf(page);
    page.on('console', message => {
      if (message.type() === 'error') console.error(`${name} in the browser: ${message.text()}`);
    });
    await page.goto(`${this.#shop.url}/sale?utm_source=news&utm_medium=email&utm_campaign=spring`);
    const calls = await page.evaluate(([sdk, given]) => (globalThis as unknown as SdkWindow).openSdk(sdk, given), [
      name,
      options,
    ] as const);
    return clientIn(page, calls, options, quiet);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#shop.close();
  }
}
