import { existsSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { LocalError } from '../local-error.ts';
import type { Resource } from './stack.ts';
import type { System } from './system.ts';
import { listOf, mapOf, numberOf, textOf } from './template.ts';

/** A function, ready to be loaded: where its code lies and what it runs with. */
export interface DeclaredFunction {
  id: string;
  logicalId: string;
  name: string;
  arn: string;
  /** `file/without/extension.exportName`, as Lambda has it. */
  handler: string;
  codeDirectory: string;
  environment: Record<string, string>;
  timeoutSeconds: number;
  memoryMegabytes: number;
  /** Directories of its layers; Lambda would unpack each to `/opt`. */
  layers: string[];
}

/** Where the asset of a function or layer lies on disk. */
const assetDirectory = (system: System, resource: Resource, code: unknown): string => {
  const recorded = textOf(resource.declaration.Metadata?.['aws:asset:path']);
  const hash = textOf(mapOf(code).S3Key)?.replace(/\.[a-z]+$/, '');
  const directory = recorded
    ? isAbsolute(recorded)
      ? recorded
      : join(resource.stack.directory, recorded)
    : system.assets.get(hash ?? '');
  if (!directory || !existsSync(directory) || !statSync(directory).isDirectory())
    throw new LocalError(
      `The code of ${resource.id} is no directory of the synthesised app (${directory ?? 'no asset'}). Use Code.fromAsset with a directory.`,
    );
  return directory;
};

/** The text of a function written in the template itself (`Code.fromInline`) is not a directory: refuse it clearly. */
const refuseInline = (resource: Resource, code: unknown): void => {
  if (mapOf(code).ZipFile !== undefined)
    throw new LocalError(`${resource.id} carries its code in the template. Use Code.fromAsset with a directory.`);
};

const layersOf = (system: System, resource: Resource): string[] =>
  listOf(resource.declaration.Properties?.Layers).map(layer => {
    const version = system.referred(resource, layer, 'AWS::Lambda::LayerVersion');
    if (!version) throw new LocalError(`${resource.id} uses a layer which the synthesised app does not declare.`);
    return assetDirectory(system, version, system.declared(version).properties.Content);
  });

/** Reads one `AWS::Lambda::Function`; throws a `LocalError` when its code is not there. */
export const declaredFunction = (system: System, resource: Resource): DeclaredFunction => {
  const { properties, name } = system.declared(resource);
  refuseInline(resource, properties.Code);
  const variables = Object.entries(mapOf(mapOf(properties.Environment).Variables));
  return {
    id: resource.id,
    logicalId: resource.logicalId,
    name,
    arn: String(system.resolve(resource, { 'Fn::GetAtt': [resource.logicalId, 'Arn'] })),
    handler: textOf(properties.Handler) ?? 'index.handler',
    codeDirectory: assetDirectory(system, resource, properties.Code),
    environment: Object.fromEntries(variables.map(([key, value]) => [key, String(value)])),
    timeoutSeconds: numberOf(properties.Timeout) ?? 3,
    memoryMegabytes: numberOf(properties.MemorySize) ?? 128,
    layers: layersOf(system, resource),
  };
};
