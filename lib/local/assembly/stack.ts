import type { Expression, Template, TemplateResource } from './template.ts';

/** A stack of the assembly; a nested stack knows its parent and the parameters which the parent passes to it. */
export interface Stack {
  /** `CdpPlatform`, or `CdpPlatform/ProfilesNested` for a nested stack: unique in the assembly. */
  path: string;
  template: Template;
  /** The directory of the assembly which asset paths are relative to. */
  directory: string;
  parent?: Stack;
  parameters: Record<string, Expression>;
  /** Nested stacks by the logical id which the parent gives them. */
  nested: Map<string, Stack>;
}

/** One resource with the stack it stands in. */
export interface Resource {
  /** `<stack path>/<logical id>`: unique in the assembly. */
  id: string;
  logicalId: string;
  type: string;
  declaration: TemplateResource;
  stack: Stack;
}

/** The resource of this logical id in this stack, if the stack declares it. */
export const resourceIn = (stack: Stack, logicalId: string): Resource | undefined => {
  const declaration = stack.template.Resources?.[logicalId];
  return declaration && { id: `${stack.path}/${logicalId}`, logicalId, type: declaration.Type, declaration, stack };
};

/** All resources of one stack, without those of its nested stacks. */
export const resourcesIn = (stack: Stack): Resource[] =>
  Object.keys(stack.template.Resources ?? {}).flatMap(logicalId => resourceIn(stack, logicalId) ?? []);
