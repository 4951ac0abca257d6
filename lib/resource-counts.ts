import type { AssemblyTemplate } from './assembly-templates.ts';

/** The most resources that we let a stack have; CloudFormation refuses more than 500. */
export const resourcesMax = 400;

/** How many resources a stack or nested stack has. */
export interface ResourceCount {
  stack: string;
  resources: number;
}

/** Counts the resources of every template, the largest first. */
export const resourceCounts = (templates: readonly AssemblyTemplate[]): ResourceCount[] =>
  templates
    .map(({ stack, resources }) => ({ stack, resources: Object.keys(resources).length }))
    .sort((one, other) => other.resources - one.resources);
