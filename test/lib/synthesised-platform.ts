import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { appContext } from '../../lib/app-context.ts';
import { type AssemblyTemplate, assemblyTemplates, type TemplateResource } from '../../lib/assembly-templates.ts';
import { readPlacement } from '../../lib/placement.ts';
import { addPlatform, type PlatformStacks } from '../../lib/platform-app.ts';
import { readSettings } from '../../lib/settings.ts';

/** A resource with the stack that it stands in and its logical id. */
export interface Placed extends TemplateResource {
  stack: string;
  id: string;
  Properties: Record<string, unknown>;
}

/** The platform as CloudFormation would see it. */
export interface SynthesisedPlatform {
  app: App;
  stacks: PlatformStacks;
  templates: AssemblyTemplate[];
  /** Every resource of a type, in all stacks. */
  all: (type: string) => Placed[];
  /** The only resource of a type. */
  one: (type: string) => Placed;
}

/** A site of one page, for tests that need some directory. */
export const siteDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'cdp-site-'));
  writeFileSync(join(directory, 'index.html'), '<!doctype html><title>site</title>');
  return directory;
};

const placed = (templates: readonly AssemblyTemplate[]): Placed[] =>
  templates.flatMap(({ stack, resources }) =>
    Object.entries(resources).map(([id, resource]) => ({ Properties: {}, ...resource, stack, id })),
  );

const synthesise = (environment: Record<string, string>, context: Record<string, unknown>): SynthesisedPlatform => {
  const app = new App({
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
    context: appContext(),
    outdir: mkdtempSync(join(tmpdir(), 'cdp-assembly-')),
  });
  const source = { environment, context: (name: string) => context[name] };
  const stacks = addPlatform(app, {
    settings: readSettings(source),
    placement: readPlacement(source),
    code: () => Code.fromInline('exports.handler = async () => {};'),
    siteDirectory: siteDirectory(),
    queryLayerDirectory: siteDirectory(),
  });
  const templates = assemblyTemplates(app.synth());
  const all = (type: string): Placed[] => placed(templates).filter(({ Type }) => Type === type);
  const one = (type: string): Placed => {
    const [found, ...others] = all(type);
    if (!found || others.length > 0) throw new Error(`Expected exactly one ${type}.`);
    return found;
  };
  return { app, stacks, templates, all, one };
};

const known = new Map<string, SynthesisedPlatform>();

/** Synthesises both stacks with a few lines of code in place of the handlers; each kind once, for reading. */
export const synthesisePlatform = (
  environment: Record<string, string> = {},
  context: Record<string, unknown> = {},
): SynthesisedPlatform => {
  const kind = JSON.stringify([environment, context]);
  const platform = known.get(kind) ?? synthesise(environment, context);
  known.set(kind, platform);
  return platform;
};
