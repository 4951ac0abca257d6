import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { until } from '../fixtures/until.ts';

export type Scheme = 'light' | 'dark';

/** What the page’s own check of its accessibility answers. */
interface WithAxe {
  axe: { run(): Promise<AxeResults> };
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const size = { width: 1440, height: 900 };

/** Waiting lines and spinners: as long as one is there the page has not come to rest. */
const restless = '[role="status"][aria-label="Loading …"], .mantine-Loader-root';

/** The console in a window of its own, signed in as the link of `npm start` does it; everything that goes wrong is kept. */
export class ConsolePage {
  readonly page: Page;
  readonly url: string;
  /** What the browser complained of. */
  readonly complaints: string[] = [];

  private constructor(page: Page, url: string) {
    this.page = page;
    this.url = url;
    page.on('console', message => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
    page.on('pageerror', failure => this.complaints.push(failure.message));
  }

  static async open(browser: Browser, url: string, key: string, colorScheme: Scheme = 'light'): Promise<ConsolePage> {
    const context = await browser.newContext({ viewport: size, colorScheme, locale: 'en-US', timezoneId: 'UTC' });
    const opened = new ConsolePage(await context.newPage(), url);
    await opened.page.goto(`${url}/sign-in?key=${encodeURIComponent(key)}`);
    await opened.rest();
    return opened;
  }

  async go(path: string): Promise<void> {
    await this.page.goto(this.url + path);
    await this.rest();
  }

  /** Waits until the page has its title and waits for nothing any more. */
  async rest(): Promise<void> {
    await this.page.locator('main h1').first().waitFor();
    await this.page.getByRole('button', { name: 'Account' }).waitFor();
    await until('the page to come to rest', async () => (await this.page.locator(restless).count()) === 0);
  }

  /** What axe-core finds: one line for each kind of fault, with where it is first. */
  async faults(): Promise<string[]> {
    await this.page.evaluate(axeSource);
    const { violations } = await this.page.evaluate(() => (globalThis as unknown as WithAxe).axe.run());
    return violations.map(({ id, nodes }) => `${id} at ${nodes[0]?.target.join(' ')}: ${nodes[0]?.html.slice(0, 160)}`);
  }

  button(name: string | RegExp) {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' });
  }

  link(name: string | RegExp) {
    return this.page.getByRole('link', { name, exact: typeof name === 'string' });
  }

  field(name: string | RegExp) {
    return this.page.getByRole('textbox', { name, exact: typeof name === 'string' });
  }

  /** Chooses from a list that opens below its field; `typed` narrows it. */
  async choose(label: string, option: string | RegExp, typed?: string): Promise<void> {
    const field = this.page.getByRole('combobox', { name: label }).or(this.page.getByLabel(label)).first();
    await field.click();
    if (typed !== undefined) await field.fill(typed);
    await this.page.getByRole('option', { name: option }).first().click();
  }

  async says(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}
