import type { ObjectStore } from './object-store.ts';
import { type XmlContent, xmlDocument } from './xml.ts';

interface Page {
  keys: string[];
  prefixes: string[];
  last?: string;
  more: boolean;
}

const rolledUp = (key: string, prefix: string, delimiter: string): string | undefined => {
  const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
  return end < 0 ? undefined : key.slice(0, end + delimiter.length);
};

const after = (key: string, start: string): boolean => Buffer.compare(Buffer.from(key), Buffer.from(start)) > 0;

/** Keys and common prefixes behind `start`, at most `limit` of both together. */
const page = (keys: string[], prefix: string, delimiter: string, start: string, limit: number): Page => {
  const found: Page = { keys: [], prefixes: [], more: false };
  for (const key of keys) {
    if (!key.startsWith(prefix)) continue;
    const common = rolledUp(key, prefix, delimiter);
    if (!after(key, start) || (common !== undefined && start.startsWith(common))) continue;
    if (common !== undefined && common === found.prefixes.at(-1)) {
      found.last = key;
      continue;
    }
    if (found.keys.length + found.prefixes.length === limit) return { ...found, more: true };
    if (common === undefined) found.keys.push(key);
    else found.prefixes.push(common);
    found.last = key;
  }
  return found;
};

/** Answers `ListObjectsV2` (and, with `marker`, `ListObjects`) as XML. */
export const listObjects = (store: ObjectStore, bucket: string, query: URLSearchParams): string => {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const token = query.get('continuation-token');
  const start = token
    ? Buffer.from(token, 'base64url').toString()
    : (query.get('start-after') ?? query.get('marker') ?? '');
  const limit = Math.min(Number(query.get('max-keys') ?? 1000), 1000);
  const { keys, prefixes, last, more } = page(store.sortedKeys(bucket), prefix, delimiter, start, limit);
  const encoded = (text: string) => (query.get('encoding-type') === 'url' ? encodeURIComponent(text) : text);
  const contents = keys.map((key): XmlContent => {
    const { etag, size, lastModified } = store.facts(bucket, key);
    return {
      Key: encoded(key),
      LastModified: new Date(lastModified).toISOString(),
      ETag: etag,
      Size: size,
      StorageClass: 'STANDARD',
    };
  });
  return xmlDocument('ListBucketResult', {
    Name: bucket,
    Prefix: encoded(prefix),
    Delimiter: delimiter ? encoded(delimiter) : undefined,
    MaxKeys: limit,
    KeyCount: keys.length + prefixes.length,
    IsTruncated: more,
    EncodingType: query.get('encoding-type') ?? undefined,
    ContinuationToken: token ?? undefined,
    NextContinuationToken: more && last ? Buffer.from(last).toString('base64url') : undefined,
    NextMarker: more && last ? encoded(last) : undefined,
    Contents: contents,
    CommonPrefixes: prefixes.map((common): XmlContent => ({ Prefix: encoded(common) })),
  });
};
