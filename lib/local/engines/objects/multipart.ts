import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { ObjectError } from './object-error.ts';
import type { ObjectStore, ReceivedBody, WriteCondition } from './object-store.ts';
import type { ObjectFacts } from './stored-object.ts';

interface Upload {
  bucket: string;
  key: string;
  headers: Record<string, string>;
}

/** Uploads in parts. Parts lie under `<state>/objects/.uploads/<upload id>/` until the upload is completed or aborted. */
export class Multipart {
  #store: ObjectStore;

  constructor(store: ObjectStore) {
    this.#store = store;
  }

  create(upload: Upload): string {
    const id = randomUUID();
    mkdirSync(this.#directory(id), { recursive: true });
    writeFileSync(join(this.#directory(id), 'upload.json'), JSON.stringify(upload));
    return id;
  }

  /** Keeps one part (a later one of the same number replaces it) and answers its entity tag. */
  putPart(id: string, number: number, body: ReceivedBody): string {
    this.#upload(id);
    renameSync(body.file, join(this.#directory(id), `part-${number}`));
    writeFileSync(join(this.#directory(id), `part-${number}.md5`), body.md5);
    return `"${body.md5}"`;
  }

  /** Joins the listed parts into the object. */
  async complete(
    id: string,
    parts: { number: number; etag: string }[],
    condition: WriteCondition,
  ): Promise<ObjectFacts> {
    const { bucket, key, headers } = this.#upload(id);
    const sums = parts.map(part => this.#checkedSum(id, part));
    const files = parts.map(({ number }) => join(this.#directory(id), `part-${number}`));
    const body = await this.#store.receive(Readable.from(joined(files)));
    const sum = createHash('md5')
      .update(Buffer.from(sums.join(''), 'hex'))
      .digest('hex');
    const facts = this.#store.commit(bucket, key, body, { headers, condition, etag: `"${sum}-${parts.length}"` });
    this.abort(id);
    return facts;
  }

  abort(id: string): void {
    rmSync(this.#directory(id), { recursive: true, force: true });
  }

  #directory(id: string): string {
    return join(this.#store.uploadsDirectory, id.replace(/[^0-9a-f-]/g, ''));
  }

  #upload(id: string): Upload {
    const file = join(this.#directory(id), 'upload.json');
    if (!existsSync(file)) throw new ObjectError(404, 'NoSuchUpload', 'The specified upload does not exist');
    return JSON.parse(readFileSync(file, 'utf8')) as Upload;
  }

  #checkedSum(id: string, { number, etag }: { number: number; etag: string }): string {
    const file = join(this.#directory(id), `part-${number}.md5`);
    const sum = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (sum === '' || sum !== etag.replaceAll('"', ''))
      throw new ObjectError(400, 'InvalidPart', `Part ${number} could not be found or has another entity tag`);
    return sum;
  }
}

async function* joined(files: string[]): AsyncGenerator<Buffer> {
  for (const file of files) yield* createReadStream(file) as AsyncIterable<Buffer>;
}
