import { platforms } from '../../core/engines/activation/platforms/platforms.ts';
import type { Platform } from '../../core/model/platform-config.ts';
import type { ProfileState } from '../../core/model/profile-state.ts';
import { profileKey } from '../../core/ports/suppressions.ts';
import { sha256 } from '../../functions/adapters/sha256.ts';
import type { PlatformDouble } from '../fixtures/platform-double.ts';
import type { Loop } from '../fixtures/run-loop.ts';

/** Whom a platform has that it must not have, and in how many people it differs from whom it ought to have. */
export interface ActivationFindings {
  nonConsented: number;
  suppressed: number;
  erased: number;
  differences: number;
  held: number;
}

interface Looked {
  loop: Loop;
  double: PlatformDouble;
  platform: Platform;
  segmentId: string;
  customers: readonly string[];
}

/** The row of a customer as the platform is to have it, by what is known of them and nothing that we recorded. */
const rowOf = (platform: Platform, { id, person }: ProfileState) => {
  const [customerId, email] = ['customerId', 'email'].map(
    type => person.identifiers.find(one => one.type === type)?.value ?? '',
  );
  const { firstName, lastName, country } = person.attributes;
  const member = { profileId: id, customerId, email, firstName, lastName, country };
  return platforms[platform].row(member as never, { sha256 });
};

const emailOf = (platform: Platform, customer: string): string =>
  JSON.stringify(platforms[platform].row({ profileId: '', email: `${customer}@example.com` } as never, { sha256 }))
    .split('"')
    .find(text => text.includes('@') || /^[0-9a-f]{64}$/.test(text)) ?? '';

/** Who is there is told by their address, since an erased person has nothing else that could be compared. */
export const findingsOf = async ({
  loop,
  double,
  platform,
  segmentId,
  customers,
}: Looked): Promise<ActivationFindings> => {
  const { profiles, suppressions, memberships } = loop.services;
  const held = [...double.held().values()].map(row => JSON.stringify(row));
  const findings: ActivationFindings = { nonConsented: 0, suppressed: 0, erased: 0, differences: 0, held: held.length };
  let expected = 0;
  for (const customer of customers) {
    const key = `customerId#${customer}`;
    const id = (await profiles.ownersOf([key])).get(key);
    const state = id === undefined ? undefined : await profiles.get(id);
    const isThere = held.filter(row => row.includes(emailOf(platform, customer))).length;
    if (state?.head.life !== 'live') {
      findings.erased += isThere;
      continue;
    }
    const said = state.person.consent;
    const consents =
      said.email?.granted === true && (!platforms[platform].sharing || said.saleSharing?.granted === true);
    const isBarred = (await suppressions.of([profileKey(state.id)])).size > 0;
    const [stay] = await memberships.ofSegment(segmentId, [state.id]);
    const belongs = stay?.member === true && consents && !isBarred;
    if (!consents) findings.nonConsented += isThere;
    if (isBarred) findings.suppressed += isThere;
    if (belongs) expected += 1;
    const row = JSON.stringify(rowOf(platform, state));
    if (belongs !== held.includes(row)) findings.differences += 1;
  }
  findings.differences += Math.abs(expected - held.length);
  return findings;
};
