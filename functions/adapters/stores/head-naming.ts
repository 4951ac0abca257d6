import type { Head, ProfileState } from '../../../core/model/profile-state.ts';
import type { Item } from '../../../core/ports/table.ts';
import { pageDaysAfter, type Spill } from './fingerprint-pages.ts';

interface Written {
  before: ProfileState;
  after: ProfileState;
  spill: Spill;
  /** How many pages the profile has then. */
  pages: number;
  chunks: readonly Item[];
}

/** The head to be committed: it names the pages and the chunks that were written for it. */
export const headNaming = ({ before, after, spill, pages, chunks }: Written): Head => {
  const lastChunk = chunks.at(-1)?.sk ?? before.head.lastChunk;
  return {
    ...after.head,
    ...spill.ring,
    pages,
    ...(spill.pages.length > 0 ? { pageDays: pageDaysAfter(before.head, after.head.updatedAt) } : {}),
    ...(lastChunk === undefined ? {} : { lastChunk }),
  };
};
