/** What is known of an object without reading it. */
export interface ObjectFacts {
  key: string;
  sizeBytes: number;
  /** Changes whenever the object does; opaque. */
  etag: string;
}

export interface StoredObject extends ObjectFacts {
  body: Uint8Array;
}

/** The part of an object to be read, both ends included, in bytes from 0. */
export interface ByteRange {
  first: number;
  last: number;
}

export interface PutOptions {
  contentType?: string;
  /** Refuses to replace an object. */
  onlyIfAbsent?: boolean;
}

/** An object stands where none was to be replaced. */
export class ObjectExists extends Error {
  override readonly name = 'ObjectExists';
}

/** Large things by key: the lake's files, what is uploaded, what is to be downloaded. Absent is an answer. */
export interface ObjectStore {
  facts(key: string): Promise<ObjectFacts | undefined>;
  get(key: string, range?: ByteRange): Promise<StoredObject | undefined>;
  /** The bytes as they come, for what does not fit in memory. */
  read(key: string, range?: ByteRange): Promise<AsyncIterable<Uint8Array> | undefined>;
  /** Whole or not at all. @throws ObjectExists where `onlyIfAbsent` was asked for */
  put(key: string, body: Uint8Array, options?: PutOptions): Promise<ObjectFacts>;
  /** As `put`, of any size, from bytes as they come. */
  write(key: string, body: AsyncIterable<Uint8Array>, options?: PutOptions): Promise<ObjectFacts>;
  /** In the order of their keys; only those after `after` where it is given. */
  list(prefix: string, after?: string): AsyncIterable<ObjectFacts>;
  /** What is not there is no error. */
  delete(keys: readonly string[]): Promise<void>;
  /** Whoever has the address may put this one object until it expires. */
  uploadUrl(key: string, expiresSeconds: number): Promise<string>;
  /** Whoever has the address may read this one object, saved as `fileName`, until it expires. */
  downloadUrl(key: string, expiresSeconds: number, fileName: string): Promise<string>;
}
