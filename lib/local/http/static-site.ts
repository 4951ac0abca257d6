import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import type { DeclaredResource, System } from '../assembly/system.ts';
import { listOf, textOf } from '../assembly/template.ts';
import type { HttpAnswer, HttpRequest } from './http-request.ts';

interface SiteSource {
  directory: string;
  /** The key prefix in the bucket, without slashes at its ends. */
  prefix: string;
}

const contentTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
};

const sourcesOf = (system: System, bucketId: string): SiteSource[] =>
  system
    .ofType('Custom::CDKBucketDeployment')
    .filter(deployment => destination(system, deployment) === bucketId)
    .flatMap(({ properties }) =>
      listOf(properties.SourceObjectKeys).flatMap(key => {
        const directory = system.assets.get(String(key).replace(/\.[a-z]+$/, ''));
        const prefix = (textOf(properties.DestinationBucketKeyPrefix) ?? '').replace(/^\/|\/$/g, '');
        return directory && existsSync(directory) ? [{ directory, prefix }] : [];
      }),
    );

const destination = (system: System, deployment: DeclaredResource): string | undefined =>
  system.referred(deployment, deployment.declaration.Properties?.DestinationBucketName, 'AWS::S3::Bucket')?.id;

/** A path that is not encoded as paths are names no file. */
const decodedOf = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch (malformed) {
    if (malformed instanceof URIError) return '';
    throw malformed;
  }
};

/** The files which the bucket deployments of the app put into one bucket, served from where they were built. */
export class StaticSite {
  #sources: SiteSource[];

  constructor(system: System, bucketId: string) {
    this.#sources = sourcesOf(system, bucketId);
  }

  #file(path: string): string | undefined {
    const wanted = normalize(path).replace(/^\/+/, '');
    for (const { directory, prefix } of this.#sources) {
      if (prefix && wanted !== prefix && !wanted.startsWith(`${prefix}/`)) continue;
      const file = join(directory, wanted.slice(prefix.length));
      if (file.startsWith(directory) && existsSync(file) && statSync(file).isFile()) return file;
    }
    return undefined;
  }

  /** A file of the bucket; undefined when there is none. */
  answer({ method, path }: HttpRequest): HttpAnswer | undefined {
    if (method !== 'GET' && method !== 'HEAD') return undefined;
    const file = this.#file(decodedOf(path));
    if (!file) return undefined;
    const immutable = file.includes('/assets/');
    return {
      status: 200,
      headers: {
        'content-type': contentTypes[extname(file)] ?? 'application/octet-stream',
        'cache-control': immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
      },
      cookies: [],
      body: readFileSync(file),
    };
  }
}
