import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { settingNames } from '../../core/model/setting-table.ts';

const sources = ['bin', 'console', 'core', 'functions', 'lib', 'cdk.json', 'package.json', 'package-lock.json'];
const variables = [...settingNames, 'CDK_CONTEXT_JSON', 'DEBUG'].sort();

const filesOf = (path: string): string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => join(entry.parentPath, entry.name))
    : [path];

/** Names everything that the app is synthesised from: the sources below a checkout, the settings, the runtime. */
export const sourceFingerprint = (root: string, environment: NodeJS.ProcessEnv): string => {
  const hash = createHash('sha256').update(`${root}\0${process.version}\0`);
  for (const name of variables) hash.update(`${name}=${environment[name] ?? ''}\0`);
  const files = sources
    .map(name => join(root, name))
    .filter(existsSync)
    .flatMap(filesOf);
  for (const file of files.sort()) hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  return hash.digest('hex').slice(0, 24);
};
