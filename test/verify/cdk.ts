import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { acknowledgements } from '../../lib/acknowledgements.ts';
import { assemblyTemplates } from '../../lib/assembly-templates.ts';
import { resourceCounts, resourcesMax } from '../../lib/resource-counts.ts';
import { accepted, covers, findings } from '../lib/findings.ts';
import { synthesisePlatform } from '../lib/synthesised-platform.ts';
import type { Verify } from './run.ts';

const root = join(import.meta.dirname, '../..');

interface Report {
  pluginReports: { violations: unknown[] }[];
}

/** Synthesises the real app, with handlers and site, offline and with every check; the exit code tells what it says. */
const synthesise = (outputDirectory: string): Promise<number | null> =>
  new Promise((resolve, reject) => {
    const { CDP_VALIDATION: _on, CDK_VALIDATION: _too, ...environment } = process.env;
    const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'bin/app.ts')], {
      cwd: root,
      env: { ...environment, CDK_OUTDIR: outputDirectory },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('error', reject).once('close', resolve);
  });

/** What the checks found and nothing acknowledges; without a report the app ended before it was checked. */
const unacknowledged = (outputDirectory: string): number | undefined => {
  const path = join(outputDirectory, 'validation-report.json');
  if (!existsSync(path)) return undefined;
  const { pluginReports }: Report = JSON.parse(readFileSync(path, 'utf8'));
  return pluginReports.flatMap(({ violations }) => violations).length;
};

/** How many findings on the stacks an acknowledgement covers. */
const acknowledged = (): number => {
  const { app } = synthesisePlatform();
  const reasons = accepted(app);
  return findings(app).filter(finding => reasons.some(one => covers(one, finding))).length;
};

/** Synthesises with all checks on: no finding without a reason, and every stack has room. */
export const verify: Verify = async () => {
  const outputDirectory = mkdtempSync(join(tmpdir(), 'cdp-verify-'));
  const exitCode = await synthesise(outputDirectory);
  const open = unacknowledged(outputDirectory);
  if (open === undefined) return { line: `cdk: synth ended with code ${exitCode} before any check`, holds: false };
  if (exitCode !== 0) return { line: `cdk: ${open} findings, synth ended with code ${exitCode}`, holds: false };
  const [largest] = resourceCounts(assemblyTemplates(new CloudAssembly(outputDirectory)));
  if (!largest) return { line: 'cdk: the assembly has no stack', holds: false };
  const reasons = Object.keys(acknowledgements).length;
  const line = `cdk: ${open} findings, ${acknowledged()} acknowledged with ${reasons} reasons, largest stack ${largest.resources} of ${resourcesMax} resources`;
  return { line, holds: open === 0 && largest.resources < resourcesMax };
};
