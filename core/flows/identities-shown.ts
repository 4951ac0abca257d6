import { identifierPath, ruledViewAt } from '../contract/view-at.ts';
import type { FieldPolicy } from '../model/caller.ts';
import { hiddenValue } from '../model/hidden-value.ts';
import type { ShownIdentity } from './profile-identities.ts';

/** What somebody is known by as far as rules of single fields let the caller see it; their class comes later. */
export const identitiesShown = (identities: readonly ShownIdentity[], policy: FieldPolicy): ShownIdentity[] =>
  identities.flatMap(identity => {
    const view = ruledViewAt(policy, identifierPath(identity.type)) ?? 'show';
    if (view === 'drop') return [];
    return [view === 'show' ? identity : { ...identity, value: String(hiddenValue(view, identity.value)) }];
  });
