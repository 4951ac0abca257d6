import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LocalError } from '../local-error.ts';
import type { Stack } from './stack.ts';
import { isMap, mapOf, type Template, textOf } from './template.ts';

/** A synthesised CDK app: every stack of it, nested ones included, parents before children. */
export interface Assembly {
  stacks: Stack[];
  /** Where the content of an asset lies on disk, by its hash (taken from the asset manifests). */
  assets: Map<string, string>;
}

interface Manifest {
  artifacts?: Record<string, { type: string; properties?: Record<string, unknown>; displayName?: string }>;
}

const readJson = <Shape>(file: string): Shape => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Shape;
  } catch (error) {
    throw new LocalError(`Cannot read ${file} of the synthesised app (${String(error)}). Synthesise it again.`);
  }
};

const nestedStacks = (stack: Stack): Stack[] =>
  Object.entries(stack.template.Resources ?? {}).flatMap(([logicalId, resource]) => {
    if (resource.Type !== 'AWS::CloudFormation::Stack') return [];
    const file = textOf(resource.Metadata?.['aws:asset:path']);
    if (!file)
      throw new LocalError(
        `The nested stack ${stack.path}/${logicalId} names no template file. Set "aws:cdk:enable-asset-metadata": true in cdk.json.`,
      );
    const nested = openStack(`${stack.path}/${logicalId}`, stack.directory, file, {
      parent: stack,
      parameters: mapOf(mapOf(resource.Properties).Parameters),
    });
    stack.nested.set(logicalId, nested[0] as Stack);
    return nested;
  });

/** The stack of one template file, followed by its nested stacks. */
const openStack = (
  path: string,
  directory: string,
  file: string,
  place: { parent?: Stack; parameters: Record<string, unknown> },
): Stack[] => {
  const template = readJson<Template>(join(directory, file));
  const stack: Stack = { path, template, directory, nested: new Map(), ...place };
  return [stack, ...nestedStacks(stack)];
};

const readAssets = (directory: string, file: string, assets: Map<string, string>): void => {
  const manifest = readJson<{ files?: Record<string, { source?: { path?: string } }> }>(join(directory, file));
  for (const [hash, asset] of Object.entries(manifest.files ?? {}))
    if (asset.source?.path) assets.set(hash, resolve(directory, asset.source.path));
};

/**
 * Reads the directory which `cdk synth` writes (`manifest.json`, templates of stacks and nested stacks, asset
 * manifests, assemblies of stages). Throws a `LocalError` when a file is missing or is no JSON.
 */
export const readAssembly = (directory: string): Assembly => {
  if (!existsSync(join(directory, 'manifest.json')))
    throw new LocalError(`${directory} holds no synthesised CDK app (no manifest.json). Run the synth first.`);
  const assembly: Assembly = { stacks: [], assets: new Map() };
  const { artifacts = {} } = readJson<Manifest>(join(directory, 'manifest.json'));
  for (const [id, artifact] of Object.entries(artifacts)) {
    const properties = isMap(artifact.properties) ? artifact.properties : {};
    const file = textOf(properties.templateFile) ?? textOf(properties.file);
    if (artifact.type === 'aws:cloudformation:stack' && file)
      assembly.stacks.push(...openStack(textOf(properties.stackName) ?? id, directory, file, { parameters: {} }));
    if (artifact.type === 'cdk:asset-manifest' && file) readAssets(directory, file, assembly.assets);
    if (artifact.type === 'cdk:cloud-assembly') {
      const stage = readAssembly(join(directory, textOf(properties.directoryName) ?? ''));
      assembly.stacks.push(...stage.stacks);
      for (const [hash, path] of stage.assets) assembly.assets.set(hash, path);
    }
  }
  return assembly;
};
