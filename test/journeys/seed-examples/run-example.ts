import { runInNewContext } from 'node:vm';
import { answer, requestOf } from '../../fixtures/platform-gateway.ts';

interface Sent {
  method?: string;
  body?: string;
}

export interface ExampleOptions {
  key: string;
  /** Called before each request, with `POST /api/cdp/profiles` and the like. */
  before: (request: string) => Promise<void>;
  /** What the example takes for the time. Epoch ms. */
  now: () => number;
}

const codePattern = /```javascript\n(.*?)```/s;

/** The code of a Markdown example. */
export const readExample = (markdown: string): string => {
  const [, code] = codePattern.exec(markdown) ?? [];
  if (code === undefined) throw new Error('the example has no code');
  return code;
};

/** Runs the code of an example; its requests go to the services of the process. */
export const runExample = async (code: string, { key, before, now }: ExampleOptions): Promise<void> => {
  const fetch = async (address: string, { method = 'GET', body }: Sent = {}) => {
    await before(`${method} ${address}`);
    const answered = await answer(requestOf(`${method} ${address}`, { body, key }, key));
    if (answered.status >= 400) throw new Error(`${method} ${address} is answered ${answered.status} ${answered.text}`);
    return { json: async () => answered.body };
  };
  class ExampleDate extends Date {
    constructor() {
      super(now());
    }
  }
  await runInNewContext(`(async () => {\n${code}\n})()`, { fetch, Date: ExampleDate });
};
