import type { ProfileState } from '../../../core/model/profile-state.ts';
import { consentChanges } from '../../../core/model/profile-state.ts';
import { IdentifierTaken, ProfileChanged, type ProfileCommit } from '../../../core/ports/profile-store.ts';
import {
  type Condition,
  ConditionRefused,
  type Item,
  type Table,
  TransactionRefused,
  type Write,
} from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';
import { chunkItems } from './event-chunks.ts';
import { headItem, packFingerprints, packHead, personItem, unpackHead } from './profile-items.ts';

/** A head carries this many fingerprints; when it would carry more, the committed ones move to a page. */
const ringLengthMax = 64;

const absent: Condition[] = [{ attribute: 'pk', is: 'absent' }];
const liveAt = (version: number): Condition[] => [
  { attribute: 'h.version', is: '=', value: version },
  { attribute: 'h.life', is: '=', value: 'live' },
];

/**
 * Commits a new state in place of the one that was read: chunk first, page if the ring is full, head last. Whatever a
 * crash leaves behind before the head is changed is named by nobody and hence invisible.
 *
 * @throws IdentifierTaken @throws ProfileChanged
 */
export const commitProfile = async (table: Table, commit: ProfileCommit, attempt: string): Promise<void> => {
  const chunks = chunksOf(commit, attempt);
  await table.writeMany(chunks.map(item => ({ kind: 'put', item })));
  const after = withRoom(commit, chunks.at(-1)?.sk ?? commit.before.head.lastChunk);
  if (after.head.pages > commit.before.head.pages) await writePage(table, commit.before);
  if (after.person.version === commit.before.person.version) return commitHead(table, commit.before, after);
  return commitWhole(table, commit.before, after);
};

const chunksOf = ({ before, after, events = [] }: ProfileCommit, attempt: string): Item[] =>
  events.length === 0
    ? []
    : chunkItems({
        profileId: after.id,
        version: after.head.version,
        attempt,
        previous: before.head.lastChunk,
        events,
        at: after.head.updatedAt,
      });

const withRoom = ({ before, after }: ProfileCommit, lastChunk: string | undefined): ProfileState => {
  const spills = after.head.ring.length > ringLengthMax && before.head.ring.length > 0;
  const ring = spills ? after.head.ring.slice(before.head.ring.length) : after.head.ring;
  const pages = before.head.pages + (spills ? 1 : 0);
  return { ...after, head: { ...after.head, ring, pages, ...(lastChunk === undefined ? {} : { lastChunk }) } };
};

/** The committed ring becomes a page; one of an older version, left by a loser of a race, is replaced. */
const writePage = async (table: Table, { id, head }: ProfileState): Promise<void> => {
  const item = { ...keys.page(id, head.pages), v: head.version, f: packFingerprints(head.ring) };
  try {
    await table.write({ kind: 'put', item, when: [{ attribute: 'pk', is: 'absent' }] });
  } catch (refusal) {
    if (!(refusal instanceof ConditionRefused)) throw refusal;
    await replaceOlderPage(table, item, head.version);
  }
};

const replaceOlderPage = async (table: Table, item: Item, version: number): Promise<void> => {
  try {
    await table.write({ kind: 'put', item, when: [{ attribute: 'v', is: '<=', value: version }] });
  } catch (refusal) {
    throw refusal instanceof ConditionRefused ? new ProfileChanged(item.pk) : refusal;
  }
};

/** The one write of the usual window: events, but nothing new about the person. */
const commitHead = async (table: Table, before: ProfileState, after: ProfileState): Promise<void> => {
  const key = keys.head(after.id);
  try {
    await table.write({ kind: 'update', key, set: { h: packHead(after.head) }, when: liveAt(before.head.version) });
  } catch (refusal) {
    if (!(refusal instanceof ConditionRefused)) throw refusal;
    const there = await table.get(key, true);
    const mine = there && after.head.lastChunk !== undefined && unpackHead(there).lastChunk === after.head.lastChunk;
    if (!mine) throw new ProfileChanged(after.id);
  }
};

const commitWhole = async (table: Table, before: ProfileState, after: ProfileState): Promise<void> => {
  const known = new Set(before.person.identifiers.map(identifier => identifier.key));
  const claims = after.person.identifiers.map(identifier => identifier.key).filter(key => !known.has(key));
  const writes: Write[] = [
    ...headAndPerson(before, after),
    ...claims.map(key => ({ kind: 'put' as const, item: { ...keys.claim(key), profileId: after.id }, when: absent })),
    ...consentWrites(before, after),
  ];
  try {
    await table.transact(writes);
  } catch (refusal) {
    throw refusal instanceof TransactionRefused ? await reasonOf(table, refusal, claims, after.id) : refusal;
  }
};

const headAndPerson = (before: ProfileState, after: ProfileState): Write[] => {
  const person = personItem(after.id, after.head.createdAt, after.person);
  if (before.head.version === 0) {
    return [
      { kind: 'put', item: headItem(after.id, after.head), when: absent },
      { kind: 'put', item: person, when: absent },
    ];
  }
  return [
    { kind: 'update', key: keys.head(after.id), set: { h: packHead(after.head) }, when: liveAt(before.head.version) },
    { kind: 'put', item: person, when: [{ attribute: 'a.version', is: '=', value: before.person.version }] },
  ];
};

const consentWrites = (before: ProfileState, after: ProfileState): Write[] => {
  const changes = consentChanges(before.person, after.person);
  const channels = Object.keys(changes) as (keyof typeof changes)[];
  const [first] = channels;
  const said = first && after.person.consent[first];
  if (!said) return [];
  const item = {
    ...keys.consent(after.id, said.at, after.head.version),
    at: said.at,
    source: said.source,
    id: said.id,
    changes: Object.fromEntries(channels.map(channel => [channel, changes[channel] === true])),
  };
  return [{ kind: 'put', item, when: absent }];
};

/** Was it the profile that changed, or does somebody else have one of the identifiers? */
const reasonOf = async (
  table: Table,
  { refused }: TransactionRefused,
  claims: string[],
  id: string,
): Promise<Error> => {
  const taken = claims.filter((_, index) => refused[index + 2]);
  for (const key of taken) {
    const owner = await table.get(keys.claim(key), true);
    if (owner && owner.profileId !== id) return new IdentifierTaken(key, String(owner.profileId));
  }
  return new ProfileChanged(id);
};
