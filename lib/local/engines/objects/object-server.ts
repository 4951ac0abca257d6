import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { EngineOrder } from '../engine-order.ts';
import { freePort } from '../free-port.ts';
import { decodeChunks } from './decode-chunks.ts';
import { listObjects } from './list-objects.ts';
import { Multipart } from './multipart.ts';
import { ObjectError, preconditionFailed } from './object-error.ts';
import { ObjectStore, type WriteCondition } from './object-store.ts';
import { refuseExpired } from './presigned.ts';
import type { ObjectFacts } from './stored-object.ts';
import { xmlDocument, xmlElements } from './xml.ts';

interface Call {
  request: IncomingMessage;
  response: ServerResponse;
  bucket: string;
  key: string;
  query: URLSearchParams;
  store: ObjectStore;
  multipart: Multipart;
}

type Operation = (call: Call) => void | Promise<void>;

const kept =
  /^(content-type|content-encoding|content-disposition|content-language|cache-control|expires|x-amz-meta-.+)$/;

const keptHeaders = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => kept.test(name))
      .map(([name, value]) => [name, String(value)] as const)
      .map(([name, value]) => [name, name === 'content-encoding' ? value.replace(/aws-chunked,?\s*/, '') : value])
      .filter(([, value]) => value !== ''),
  );

const bodyOf = (request: IncomingMessage): Readable => {
  const framed =
    request.headers['content-encoding']?.includes('aws-chunked') ||
    String(request.headers['x-amz-content-sha256']).startsWith('STREAMING-');
  return framed ? request.pipe(decodeChunks()) : request;
};

const conditionOf = ({ headers }: IncomingMessage): WriteCondition => ({
  absent: headers['if-none-match'] === '*',
  etag: headers['if-match'],
});

const sendXml = (response: ServerResponse, body: string, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/xml', 'content-length': Buffer.byteLength(body) });
  response.end(body);
};

const finish = (response: ServerResponse, status: number, headers: Record<string, string> = {}): void => {
  response.writeHead(status, headers).end();
};

const putObject: Operation = async ({ request, response, bucket, key, store }) => {
  const source = request.headers['x-amz-copy-source'];
  const from = source ? decodeURIComponent(String(source)).replace(/^\//, '') : undefined;
  const [sourceBucket = '', ...sourceKey] = from?.split('/') ?? [];
  const facts = from ? store.facts(sourceBucket, sourceKey.join('/')) : undefined;
  const body = await store.receive(facts ? store.content(sourceBucket, facts.key, 0, facts.size - 1) : bodyOf(request));
  const replace = !facts || request.headers['x-amz-metadata-directive'] === 'REPLACE';
  const headers = replace ? keptHeaders(request) : facts.headers;
  const { etag, lastModified } = store.commit(bucket, key, body, { headers, condition: conditionOf(request) });
  if (!facts) return finish(response, 200, { etag });
  sendXml(
    response,
    xmlDocument('CopyObjectResult', { ETag: etag, LastModified: new Date(lastModified).toISOString() }),
  );
};

/** `bytes=a-b`, `bytes=a-` or `bytes=-n` within an object; undefined when there is no range. */
const rangeOf = (header: string | undefined, size: number): [number, number] | undefined => {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  const first = from === '' ? Math.max(size - Number(to), 0) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (first > last) throw new ObjectError(416, 'InvalidRange', 'The requested range is not satisfiable');
  return [first, last];
};

const isFresh = ({ headers }: IncomingMessage, { etag, lastModified }: ObjectFacts): boolean => {
  const tags = headers['if-none-match'];
  if (tags !== undefined) return tags === '*' || tags.split(/,\s*/).includes(etag);
  const since = Date.parse(headers['if-modified-since'] ?? '');
  return Math.floor(lastModified / 1000) * 1000 <= since;
};

const getObject: Operation = async ({ request, response, bucket, key, query, store }) => {
  const facts = store.facts(bucket, key);
  const ifMatch = request.headers['if-match'];
  if (ifMatch && ifMatch !== '*' && ifMatch !== facts.etag) throw preconditionFailed();
  if (isFresh(request, facts)) return finish(response, 304, { etag: facts.etag });
  const range = rangeOf(request.headers.range, facts.size);
  const [first, last] = range ?? [0, facts.size - 1];
  const overrides = [...query].flatMap(([name, value]) =>
    name.startsWith('response-') ? [[name.slice('response-'.length), value]] : [],
  );
  response.writeHead(range ? 206 : 200, {
    'content-type': 'application/octet-stream',
    ...facts.headers,
    ...Object.fromEntries(overrides),
    'content-length': last - first + 1,
    'accept-ranges': 'bytes',
    etag: facts.etag,
    'last-modified': new Date(facts.lastModified).toUTCString(),
    ...(range && { 'content-range': `bytes ${first}-${last}/${facts.size}` }),
  });
  if (request.method === 'HEAD') response.end();
  else await pipeline(store.content(bucket, key, first, last), response);
};

const deleteObject: Operation = ({ request, response, bucket, key, store }) => {
  const ifMatch = request.headers['if-match'];
  if (ifMatch && ifMatch !== '*' && store.facts(bucket, key).etag !== ifMatch) throw preconditionFailed();
  store.remove(bucket, key);
  finish(response, 204);
};

const deleteObjects: Operation = async ({ request, response, bucket, store }) => {
  const keys = xmlElements(await text(bodyOf(request)), 'Object').flatMap(object => xmlElements(object, 'Key'));
  for (const key of keys) store.remove(bucket, key);
  sendXml(response, xmlDocument('DeleteResult', { Deleted: keys.map(key => ({ Key: key })) }));
};

const createUpload: Operation = ({ request, response, bucket, key, multipart }) => {
  const id = multipart.create({ bucket, key, headers: keptHeaders(request) });
  sendXml(response, xmlDocument('InitiateMultipartUploadResult', { Bucket: bucket, Key: key, UploadId: id }));
};

const putPart: Operation = async ({ request, response, query, store, multipart }) => {
  const body = await store.receive(bodyOf(request));
  finish(response, 200, {
    etag: multipart.putPart(query.get('uploadId') ?? '', Number(query.get('partNumber')), body),
  });
};

const completeUpload: Operation = async ({ request, response, bucket, key, query, multipart }) => {
  const parts = xmlElements(await text(bodyOf(request)), 'Part').map(part => ({
    number: Number(xmlElements(part, 'PartNumber')[0]),
    etag: xmlElements(part, 'ETag')[0] ?? '',
  }));
  const { etag } = await multipart.complete(query.get('uploadId') ?? '', parts, conditionOf(request));
  sendXml(response, xmlDocument('CompleteMultipartUploadResult', { Bucket: bucket, Key: key, ETag: etag }));
};

const onBucket: Record<string, Operation> = {
  PUT: ({ response, bucket, store }) => {
    store.createBucket(bucket);
    finish(response, 200);
  },
  HEAD: ({ response, bucket, store }) => {
    store.sortedKeys(bucket);
    finish(response, 200);
  },
  GET: ({ response, bucket, query, store }) => sendXml(response, listObjects(store, bucket, query)),
  POST: deleteObjects,
};

const onObject: Record<string, Operation> = {
  PUT: call => (call.query.has('uploadId') ? putPart(call) : putObject(call)),
  GET: getObject,
  HEAD: getObject,
  POST: call => (call.query.has('uploads') ? createUpload(call) : completeUpload(call)),
  DELETE: call => {
    const upload = call.query.get('uploadId');
    if (!upload) return deleteObject(call);
    call.multipart.abort(upload);
    finish(call.response, 204);
  },
};

const answerError = (response: ServerResponse, request: IncomingMessage, error: unknown): void => {
  const known = error instanceof ObjectError ? error : new ObjectError(500, 'InternalError', String(error));
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (request.method === 'HEAD') finish(response, known.status);
  else sendXml(response, xmlDocument('Error', { Code: known.code, Message: known.message }), known.status);
};

const serve = async (store: ObjectStore, multipart: Multipart, request: IncomingMessage, response: ServerResponse) => {
  const url = new URL(request.url ?? '/', 'http://objects');
  const [bucket = '', ...key] = url.pathname.slice(1).split('/').map(decodeURIComponent);
  const call = { request, response, bucket, key: key.join('/'), query: url.searchParams, store, multipart };
  response.setHeader('access-control-allow-origin', request.headers.origin ?? '*');
  response.setHeader('access-control-expose-headers', 'etag');
  if (request.method === 'OPTIONS')
    return finish(response, 204, {
      'access-control-allow-methods': 'GET, PUT, HEAD',
      'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '',
    });
  refuseExpired(call.query, Date.now());
  const operation = (call.key === '' ? onBucket : onObject)[request.method ?? ''];
  if (!operation) throw new ObjectError(405, 'MethodNotAllowed', `${request.method} is not supported here`);
  await operation(call);
};

/** Starts the object server over `<state>/objects/`; it speaks the part of the S3 protocol which the product uses. */
export const startObjectServer = async (
  { stateDirectory }: EngineOrder,
  wantedPort: number,
): Promise<{ port: number; stop: () => Promise<void> }> => {
  const store = new ObjectStore(stateDirectory);
  const multipart = new Multipart(store);
  const server = createServer((request, response) => {
    serve(store, multipart, request, response).catch((error: unknown) => answerError(response, request, error));
  });
  const port = await freePort(wantedPort);
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));
  const stop = (): Promise<void> =>
    new Promise(resolve => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { port, stop };
};
