import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Noticed, Subject } from './notice.ts';

const root = join(import.meta.dirname, '../..');
const patches = join(import.meta.dirname, 'controls');
const run = promisify(execFile);
const outputBytesMax = 64 * 1024 * 1024;

/** What each patch takes out of the real code, by the name of its file. The simulations must notice every one. */
export const controls: Readonly<Record<string, string>> = {
  'head-version': 'the version condition of the head is dropped',
  'live-check': 'nobody asks whether the profile is live',
  'claim-condition': 'the condition of claims is dropped',
  'message-memory': 'what was folded before is not remembered',
  'page-before-ring': 'the ring is cleared before its page is written',
  'chunk-named': 'a chunk that nobody names is taken as real',
  'order-identity': 'the owner of an order is decided by existence instead of identity',
  'order-with-commit': 'an order is kept although its commit is refused',
  'order-refunds': 'what was given back of an order is not kept',
  'plain-add': 'what events add up to is added without asking what was there',
  'sweep-again': 'an erased profile is swept once',
  'membership-version': 'a membership is kept whatever stands by then, and whoever the profile is by then',
  'definition-again': 'whoever decided by rules that were replaced meanwhile leaves it at that',
  'person-followed': 'memberships do not follow who somebody is',
  'merged-claims': 'a merge leaves identifiers with whoever was merged',
  'merge-version': 'a merge does not ask whether somebody changed the profiles meanwhile',
  'members-flat': 'whoever was merged before leads to somebody who was merged',
  'member-messages': 'what members have folded is not remembered',
  'member-orders': 'orders of members are not asked for',
  'shared-orders': 'an order that both had counts twice',
  'hold-ignored': 'nobody waits for a merge that is under way',
  'held-claims': 'an event is resolved while identifiers change hands',
  'members-erased': 'an erasure leaves members',
  'consent-permissive': 'a merge brings back a consent that was taken back',
  'fresh-survivor': 'who survives is taken as it was before the merge',
  'stale-owner': 'whoever was given an identifier is taken as it was before',
  'part-events': 'what named who comes back stays with the survivor',
  'part-claims': 'an identifier is not given back',
  'part-edits': 'what was written by hand since a merge is forgotten with it',
  'part-ledger': 'the survivor keeps what the other has said',
  'orders-apart': 'orders since a merge are kept over what was there before',
  'part-messages': 'what came since a merge is not remembered once it is undone',
  'names-kept': 'an event is kept under the name of the survivor',
  'projector-bypassed': 'a handler answers without the projector',
  'rules-forgotten': 'rules of single fields are not asked for',
  'flip-timer': 'nobody waits for when time changes something',
  'events-followed': 'memberships do not follow what somebody does',
  'definitions-followed': 'segments do not follow those that they name',
  'hands-followed': 'segments do not follow who is put into those that they name',
  'traits-followed': 'traits do not follow what somebody does',
  'trait-timer': 'nobody waits for when time changes a trait',
  'traits-again': 'whoever calculated by traits that were replaced meanwhile leaves it at that',
  'scan-standing': 'a scan leaves whoever stands in a segment already',
};

/** Those that concern memberships; the others concern the fold. */
export const membershipControls: readonly string[] = ['membership-version', 'definition-again', 'person-followed'];
/** Those that concern segments of types that time, events and other segments decide. */
export const segmentControls: readonly string[] = [
  'flip-timer',
  'events-followed',
  'definitions-followed',
  'hands-followed',
];
/** Those that concern traits. */
export const traitControls: readonly string[] = ['traits-followed', 'trait-timer', 'traits-again'];
/** Those that concern definitions that are held against everybody by scans. */
export const scanControls: readonly string[] = ['scan-standing'];
/** Those that concern merges under faults, and those that concern what undoing one gives back. */
export const mergeControls: readonly string[] = [
  ...['merged-claims', 'merge-version', 'members-flat', 'member-messages', 'member-orders', 'shared-orders'],
  ...['hold-ignored', 'held-claims', 'members-erased', 'consent-permissive', 'fresh-survivor', 'stale-owner'],
  'part-claims',
];
export const unmergeControls: readonly string[] = [
  ...['part-events', 'part-edits', 'part-ledger', 'orders-apart', 'part-messages', 'names-kept'],
];
/** Those that concern what leaves of whom. */
export const governanceControls: readonly string[] = ['projector-bypassed', 'rules-forgotten'];
const otherControls: ReadonlySet<string> = new Set([
  ...membershipControls,
  ...segmentControls,
  ...traitControls,
  ...scanControls,
  ...mergeControls,
  ...unmergeControls,
  ...governanceControls,
]);
export const foldControls = Object.keys(controls).filter(name => !otherControls.has(name));

/** Those that have a patch; the same as above, or a test fails. */
export const patchNames = async (): Promise<string[]> =>
  (await readdir(patches)).map(file => file.replace(/\.patch$/, '')).toSorted();

const copied = ['core', 'functions', 'lib', 'test/fixtures', 'test/simulation', 'package.json', 'tsconfig.json'];

const patched = async (name: string, folder: string): Promise<void> => {
  for (const part of copied) {
    await cp(join(root, part), join(folder, part), { recursive: true });
  }
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  const inside = { cwd: folder, env: { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir() } };
  await run('git', ['apply', join(patches, `${name}.patch`)], inside).catch(fault => {
    throw new Error(`the control ${name} does not fit the code any more: ${fault.stderr || fault.message}`);
  });
};

/** What hinders a control's patch from being applied to the code as it is; empty when nothing does. */
export const misfitOf = (name: string): Promise<string> =>
  run('git', ['apply', '--check', join(patches, `${name}.patch`)], { cwd: root }).then(
    () => '',
    fault => String(fault.stderr || fault.message),
  );

/**
 * Runs seeds over a copy of the code that one patch was applied to, in a process of its own. Tells which of them noticed;
 * with `first` it ends at the first one.
 */
export const noticedBy = async (
  name: string,
  subject: Subject,
  seeds: readonly number[],
  { first = false }: { first?: boolean } = {},
): Promise<Noticed[]> => {
  const folder = await mkdtemp(join(tmpdir(), `cdp-control-${name}-`));
  try {
    await patched(name, folder);
    const program = ['--import', 'tsx', 'test/simulation/notice.ts', subject, first ? 'first' : 'all', seeds.join()];
    const { stdout } = await run(process.execPath, program, { cwd: folder, maxBuffer: outputBytesMax });
    return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
