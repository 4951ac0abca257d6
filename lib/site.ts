import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { mirrorFiles } from './mirror-files.ts';

/** Where the built console is, our pages around the API documents, and where the finished site goes. */
export interface SiteOptions {
  consoleDirectory: string;
  documentsDirectory: string;
  outputDirectory: string;
}

const pageFiles = /\.(?:html|js|css|svg|png|ico|txt|woff2)$/;
const swaggerFiles = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

const filesOf = (directory: string, prefix: string): [string, Uint8Array][] =>
  existsSync(directory)
    ? readdirSync(directory, { recursive: true, encoding: 'utf8' })
        .filter(name => pageFiles.test(name))
        .map(name => [join(prefix, name), readFileSync(join(directory, name))])
    : [];

const swaggerDirectory = (): string => dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

const swaggerFilesOf = (directory: string): [string, Uint8Array][] =>
  swaggerFiles.map(name => [join('docs', name), readFileSync(join(directory, name))]);

/**
 * Puts the site together: the console at its root, and below `docs/` Swagger UI with our own page around it.
 * @throws when the console has no `index.html`
 */
export const buildSite = ({ consoleDirectory, documentsDirectory, outputDirectory }: SiteOptions): void => {
  if (!existsSync(join(consoleDirectory, 'index.html'))) {
    throw new Error(`The console has no page: expected ${join(consoleDirectory, 'index.html')}.`);
  }
  const files = new Map([
    ...swaggerFilesOf(swaggerDirectory()),
    ...filesOf(documentsDirectory, 'docs'),
    ...filesOf(consoleDirectory, ''),
  ]);
  mirrorFiles(outputDirectory, files);
};
