import { Readable } from 'node:stream';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { type ByteRange, ObjectExists, type ObjectFacts, type ObjectStore } from '../../../core/ports/object-store.ts';
import { withoutLogging } from '../without-logging.ts';

const keysPerDeletionMax = 1000;

/** Engines on this machine have no host name for each bucket. */
export const s3Client = (): S3Client =>
  withoutLogging(
    new S3Client({
      forcePathStyle: process.env.AWS_ENDPOINT_URL_S3 !== undefined,
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    }),
  );

/** The address of an object within its bucket. */
interface Address {
  Bucket: string;
  Key: string;
}

const isAbsent = (fault: unknown): boolean => fault instanceof NoSuchKey || fault instanceof NotFound;

const ifThere = async <Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> => {
  try {
    return await ask();
  } catch (fault) {
    if (isAbsent(fault)) return undefined;
    throw fault;
  }
};

/** Tells a refused replacement from every other fault. */
const replacing = async <Answer>(key: string, write: () => Promise<Answer>): Promise<Answer> => {
  try {
    return await write();
  } catch (fault) {
    if (fault instanceof S3ServiceException && fault.$metadata.httpStatusCode === 412)
      throw new ObjectExists(`${key} exists already`);
    throw fault;
  }
};

const rangeHeader = (range?: ByteRange) => range && `bytes=${range.first}-${range.last}`;

const etagOf = ({ ETag }: { ETag?: string | undefined }): string => {
  if (ETag === undefined) throw new Error('The object store answered without an entity tag');
  return ETag;
};

/** Objects in one S3 bucket. */
export const s3ObjectStore = (client: S3Client, bucket: string): ObjectStore => {
  const at = (Key: string): Address => ({ Bucket: bucket, Key });
  const open = (key: string, range?: ByteRange) =>
    ifThere(() => client.send(new GetObjectCommand({ ...at(key), Range: rangeHeader(range) })));
  return {
    facts: async key => {
      const head = await ifThere(() => client.send(new HeadObjectCommand(at(key))));
      return head && { key, sizeBytes: head.ContentLength ?? 0, etag: etagOf(head) };
    },
    get: async (key, range) => {
      const answer = await open(key, range);
      if (!answer?.Body) return undefined;
      const body = await answer.Body.transformToByteArray();
      return { key, sizeBytes: body.byteLength, etag: etagOf(answer), body };
    },
    read: async (key, range) => (await open(key, range))?.Body as Readable | undefined,
    put: async (key, body, { contentType, onlyIfAbsent } = {}) => {
      const condition = onlyIfAbsent ? { IfNoneMatch: '*' } : {};
      const command = new PutObjectCommand({ ...at(key), Body: body, ContentType: contentType, ...condition });
      const answer = await replacing(key, () => client.send(command));
      return { key, sizeBytes: body.byteLength, etag: etagOf(answer) };
    },
    write: (key, body, { contentType, onlyIfAbsent } = {}) => {
      const condition = onlyIfAbsent ? { IfNoneMatch: '*' } : {};
      const counted = countBytes(body);
      const params = { ...at(key), Body: Readable.from(counted.bytes), ContentType: contentType, ...condition };
      const upload = new Upload({ client, params, queueSize: 2 });
      return replacing(key, async () => {
        const answer = await upload.done();
        return { key, sizeBytes: counted.count(), etag: etagOf(answer) };
      });
    },
    list: (prefix, after) => listObjects(client, { Bucket: bucket, Prefix: prefix, StartAfter: after }),
    delete: async keys => {
      for (let start = 0; start < keys.length; start += keysPerDeletionMax) {
        const Objects = keys.slice(start, start + keysPerDeletionMax).map(Key => ({ Key }));
        const command = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } });
        const { Errors: [fault] = [] } = await client.send(command);
        if (fault) throw new Error(`${fault.Key} could not be deleted: ${fault.Code} ${fault.Message}`);
      }
    },
    uploadUrl: (key, expiresIn) => getSignedUrl(client, new PutObjectCommand(at(key)), { expiresIn }),
    downloadUrl: (key, expiresIn, fileName) => {
      const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`;
      const command = new GetObjectCommand({ ...at(key), ResponseContentDisposition: disposition });
      return getSignedUrl(client, command, { expiresIn });
    },
  };
};

const countBytes = (body: AsyncIterable<Uint8Array>) => {
  let count = 0;
  const bytes = async function* () {
    for await (const part of body) {
      count += part.byteLength;
      yield part;
    }
  };
  return { bytes: bytes(), count: () => count };
};

interface Listing {
  Bucket: string;
  Prefix: string;
  StartAfter: string | undefined;
}

async function* listObjects(client: S3Client, listing: Listing): AsyncGenerator<ObjectFacts> {
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, listing))
    for (const { Key = '', Size = 0, ETag } of Contents) yield { key: Key, sizeBytes: Size, etag: etagOf({ ETag }) };
}
