import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { threadId } from 'node:worker_threads';
import type { ObjectFacts, ObjectStore } from '../../../core/ports/object-store.ts';

export interface FetchedFilesOptions {
  objects: Pick<ObjectStore, 'facts' | 'read'>;
  /** Whose copies these are: nobody else uses the folder. */
  folder: string;
  /** How much the copies may take together; what was used last stays longest. */
  bytesMax: number;
  /** How long an object counts as unchanged after it was looked at. */
  freshMilliseconds?: number;
  now?: () => number;
}

/** Copies that are needed together do not fit on this machine. */
export class FilesTooLarge extends Error {
  override readonly name = 'FilesTooLarge';
}

interface Copy {
  path: string;
  sizeBytes: number;
  usedAt: number;
  /** How many are reading it. */
  holders: number;
}

interface Known {
  copy: string;
  checkedAt: number;
}

/** The folder of this function on this machine. */
export const ownFolder = (): string =>
  join(tmpdir(), 'cdp-lake', `${process.env.AWS_LAMBDA_FUNCTION_NAME ?? `process-${process.pid}`}-${threadId}`);

const partEnding = '.part';

/** The same bytes have the same name, whoever fetched them and when. */
const nameOf = ({ key, etag }: ObjectFacts): string => {
  const ending = /\.[a-z0-9.]{1,16}$/i.exec(key)?.[0] ?? '';
  return createHash('sha256').update(`${key}\n${etag}`).digest('hex').slice(0, 40) + ending;
};

/**
 * Copies of objects on this machine, named after key and entity tag: fetched once, used again while the function is
 * warm, and given up for others when the folder is full. Copies that somebody holds stay.
 */
export class FetchedFiles {
  readonly #options: Required<FetchedFilesOptions>;
  readonly #copies = new Map<string, Copy>();
  readonly #known = new Map<string, Known>();
  readonly #underWay = new Map<string, Promise<Copy | undefined>>();
  #opened: Promise<void> | undefined;
  #parts = 0;

  constructor(options: FetchedFilesOptions) {
    this.#options = { freshMilliseconds: 30_000, now: Date.now, ...options };
  }

  /** The path of an object's copy; `undefined` where there is no such object. It may be given up after the next fetch. */
  async fetch(key: string): Promise<string | undefined> {
    return (await this.#copyOf(key))?.path;
  }

  /**
   * Lends the copies of objects, by key, for the time of some work; objects that are not there are missing.
   * @throws FilesTooLarge
   */
  async holding<Answer>(
    keys: readonly string[],
    work: (paths: ReadonlyMap<string, string>) => Promise<Answer>,
  ): Promise<Answer> {
    const held: Copy[] = [];
    const hold = async (key: string): Promise<[string, string][]> => {
      const copy = await this.#copyOf(key, held);
      return copy ? [[key, copy.path]] : [];
    };
    try {
      const paths = await Promise.all([...new Set(keys)].map(hold));
      return await work(new Map(paths.flat()));
    } finally {
      for (const copy of held) copy.holders -= 1;
    }
  }

  /** Forgets where copies are: somebody else has cleared the folder. */
  forget(): void {
    this.#copies.clear();
    this.#known.clear();
    this.#opened = undefined;
  }

  /** Removes every copy. */
  async clear(): Promise<void> {
    this.forget();
    await rm(this.#options.folder, { recursive: true, force: true });
  }

  async #copyOf(key: string, held?: Copy[]): Promise<Copy | undefined> {
    this.#opened ??= this.#open();
    await this.#opened;
    const underWay = this.#underWay.get(key) ?? this.#find(key);
    this.#underWay.set(key, underWay);
    const copy = await underWay.finally(() => this.#underWay.delete(key));
    if (!copy) return undefined;
    copy.usedAt = this.#options.now();
    if (held) {
      copy.holders += 1;
      held.push(copy);
    }
    return copy;
  }

  async #find(key: string): Promise<Copy | undefined> {
    const { objects, now, freshMilliseconds } = this.#options;
    const known = this.#known.get(key);
    const fresh = known && now() - known.checkedAt < freshMilliseconds && this.#copies.get(known.copy);
    if (fresh) return fresh;
    const facts = await objects.facts(key);
    if (!facts) {
      this.#known.delete(key);
      return undefined;
    }
    const name = nameOf(facts);
    const copy = this.#copies.get(name) ?? (await this.#bring(facts, name));
    if (copy) this.#known.set(key, { copy: name, checkedAt: now() });
    return copy;
  }

  async #bring(facts: ObjectFacts, name: string): Promise<Copy | undefined> {
    await this.#makeRoom(facts);
    const { objects, folder, now } = this.#options;
    const bytes = await objects.read(facts.key);
    if (!bytes) return undefined;
    const part = join(folder, `${this.#parts++}${partEnding}`);
    const path = join(folder, name);
    /** Counted while it is still coming, so that others leave it the room. */
    const copy: Copy = { path, sizeBytes: facts.sizeBytes, usedAt: now(), holders: 1 };
    this.#copies.set(name, copy);
    try {
      await pipeline(Readable.from(bytes), createWriteStream(part));
      await rename(part, path);
    } catch (fault) {
      this.#copies.delete(name);
      await rm(part, { force: true });
      throw fault;
    }
    copy.holders -= 1;
    return copy;
  }

  async #makeRoom({ key, sizeBytes }: ObjectFacts): Promise<void> {
    const { bytesMax } = this.#options;
    let left = bytesMax - sizeBytes - [...this.#copies.values()].reduce((sum, copy) => sum + copy.sizeBytes, 0);
    const idle = [...this.#copies].filter(([, { holders }]) => holders === 0);
    for (const [name, copy] of idle.sort(([, one], [, other]) => one.usedAt - other.usedAt)) {
      if (left >= 0) return;
      this.#copies.delete(name);
      left += copy.sizeBytes;
      await rm(copy.path, { force: true });
    }
    if (left < 0) throw new FilesTooLarge(`${key} and what is in use do not fit into ${bytesMax} bytes`);
  }

  /** Copies of an earlier process are used again; what it left half done goes. */
  async #open(): Promise<void> {
    const { folder } = this.#options;
    await mkdir(folder, { recursive: true });
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      if (name.endsWith(partEnding)) {
        await rm(path, { force: true });
        continue;
      }
      const { size, mtimeMs } = await stat(path);
      this.#copies.set(name, { path, sizeBytes: size, usedAt: mtimeMs, holders: 0 });
    }
  }
}
