import { createHash, randomUUID } from 'node:crypto';
import {
  appendFileSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { noSuchKey, ObjectError, preconditionFailed } from './object-error.ts';
import { footer, type ObjectFacts, readFacts } from './stored-object.ts';

/** What must hold for a write to happen. */
export interface WriteCondition {
  /** `If-None-Match: *`: the object must not exist. */
  absent?: boolean;
  /** `If-Match`: the object must have this entity tag. */
  etag?: string;
}

/** A body that lies in a temporary file, with its MD5 in hexadecimal. */
export interface ReceivedBody {
  file: string;
  size: number;
  md5: string;
}

interface Bucket {
  objects: Map<string, ObjectFacts>;
  sortedKeys?: string[];
}

/**
 * Buckets as directories of `<state>/objects/`. An object is one file (content, then its facts), written under a
 * temporary name and renamed: it is there whole or not at all. The facts are indexed in memory per bucket.
 */
export class ObjectStore {
  #directory: string;
  #buckets = new Map<string, Bucket>();

  constructor(stateDirectory: string) {
    this.#directory = join(stateDirectory, 'objects');
    rmSync(join(this.#directory, '.receiving'), { recursive: true, force: true });
    mkdirSync(join(this.#directory, '.receiving'), { recursive: true });
  }

  /** A directory of the store's own, for the parts of unfinished uploads. */
  get uploadsDirectory(): string {
    return join(this.#directory, '.uploads');
  }

  createBucket(name: string): void {
    mkdirSync(join(this.#directory, name), { recursive: true });
  }

  bucketNames(): string[] {
    return readdirSync(this.#directory).filter(name => !name.startsWith('.'));
  }

  #bucket(name: string): Bucket {
    const known = this.#buckets.get(name);
    if (known) return known;
    const directory = join(this.#directory, name);
    if (name.startsWith('.') || !existsSync(directory))
      throw new ObjectError(404, 'NoSuchBucket', `The bucket ${name} does not exist`);
    const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
    const facts = files.map(entry => readFacts(join(entry.parentPath, entry.name)));
    const bucket = { objects: new Map(facts.map(fact => [fact.key, fact])) };
    this.#buckets.set(name, bucket);
    return bucket;
  }

  #file(bucket: string, key: string): string {
    const hash = createHash('sha256').update(key).digest('hex');
    return join(this.#directory, bucket, hash.slice(0, 2), hash);
  }

  /** Receives a body into a temporary file. */
  async receive(body: Readable): Promise<ReceivedBody> {
    const file = join(this.#directory, '.receiving', randomUUID());
    const hash = createHash('md5');
    let size = 0;
    const count = new Transform({
      transform(bytes: Buffer, _encoding, done) {
        hash.update(bytes);
        size += bytes.length;
        done(null, bytes);
      },
    });
    try {
      await pipeline(body, count, createWriteStream(file));
    } catch (error) {
      rmSync(file, { force: true });
      throw error;
    }
    return { file, size, md5: hash.digest('hex') };
  }

  /** Makes a received body the object's content, if the condition holds at this very moment. */
  commit(
    bucket: string,
    key: string,
    body: ReceivedBody,
    options: { headers: Record<string, string>; condition: WriteCondition; etag?: string },
  ): ObjectFacts {
    const { objects } = this.#bucket(bucket);
    const existing = objects.get(key);
    const { absent, etag } = options.condition;
    if ((absent && existing) || (etag && existing && existing.etag !== etag)) {
      rmSync(body.file, { force: true });
      throw preconditionFailed();
    }
    if (etag && !existing) {
      rmSync(body.file, { force: true });
      throw noSuchKey();
    }
    const facts: ObjectFacts = {
      key,
      size: body.size,
      etag: options.etag ?? `"${body.md5}"`,
      lastModified: Date.now(),
      headers: options.headers,
    };
    appendFileSync(body.file, footer(facts));
    const file = this.#file(bucket, key);
    mkdirSync(dirname(file), { recursive: true });
    renameSync(body.file, file);
    this.#remember(bucket, facts, existing === undefined);
    return facts;
  }

  #remember(bucket: string, facts: ObjectFacts, isNew: boolean): void {
    const held = this.#bucket(bucket);
    held.objects.set(facts.key, facts);
    if (isNew) held.sortedKeys = undefined;
  }

  /** The facts of an object; throws `NoSuchKey` when it does not exist. */
  facts(bucket: string, key: string): ObjectFacts {
    const facts = this.#bucket(bucket).objects.get(key);
    if (!facts) throw noSuchKey();
    return facts;
  }

  /** The bytes from `first` to `last`, both inclusive. The file is opened at once: a later write cannot mix in. */
  content(bucket: string, key: string, first: number, last: number): Readable {
    return last < first ? Readable.from([]) : createReadStream(this.#file(bucket, key), { start: first, end: last });
  }

  /** Removes an object; removing what is not there is no error. */
  remove(bucket: string, key: string): void {
    const held = this.#bucket(bucket);
    if (!held.objects.delete(key)) return;
    held.sortedKeys = undefined;
    rmSync(this.#file(bucket, key), { force: true });
  }

  /** All keys of a bucket in the order of their UTF-8 bytes. */
  sortedKeys(bucket: string): string[] {
    const held = this.#bucket(bucket);
    held.sortedKeys ??= [...held.objects.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    return held.sortedKeys;
  }
}
