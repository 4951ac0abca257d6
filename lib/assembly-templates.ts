import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';

/** A resource as it stands in a template. */
export interface TemplateResource {
  Type: string;
  Properties?: Record<string, unknown>;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
  Metadata?: Record<string, unknown>;
}

/** The template of a stack or of a nested stack. */
export interface AssemblyTemplate {
  stack: string;
  resources: Readonly<Record<string, TemplateResource>>;
}

const readTemplate = (path: string): { Resources?: Record<string, TemplateResource> } =>
  JSON.parse(readFileSync(path, 'utf8'));

/** `CdpPlatformConsole06AB.nested.template.json` → `CdpPlatformConsole06AB`. */
const stackOf = (file: string): string => file.replace(/(?:\.nested)?\.template\.json$/, '');

const nestedFiles = (resources: Readonly<Record<string, TemplateResource>>): string[] =>
  Object.values(resources)
    .filter(({ Type }) => Type === 'AWS::CloudFormation::Stack')
    .map(({ Metadata }) => String(Metadata?.['aws:asset:path']));

const withNested = (directory: string, file: string): AssemblyTemplate[] => {
  const resources = readTemplate(join(directory, file)).Resources ?? {};
  return [
    { stack: stackOf(file), resources },
    ...nestedFiles(resources).flatMap(nested => withNested(directory, nested)),
  ];
};

/** Every template of an assembly, nested ones after their parents. Needs the assets' metadata (`appContext`). */
export const assemblyTemplates = (assembly: CloudAssembly): AssemblyTemplate[] =>
  assembly.stacks.flatMap(stack => withNested(assembly.directory, stack.templateFile));
