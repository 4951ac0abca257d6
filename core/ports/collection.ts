import type { Write } from './table.ts';

/** Documents of one kind that are few enough to be listed in one partition. */
export interface Document {
  id: string;
  /** Raised by one with every change. */
  version: number;
}

/** Someone else changed the document since it was read. */
export class DocumentChanged extends Error {
  override readonly name = 'DocumentChanged';
}

export interface DocumentPage<D> {
  items: D[];
  total: number;
  nextCursor?: string;
}

export interface Paged {
  limit: number;
  offset?: number | undefined;
  cursor?: string | undefined;
}

/** Ids sort by time of creation, so the newest come first. */
export interface Collection<D extends Document> {
  get(id: string): Promise<D | undefined>;
  /** All of them as they are now, newest first. */
  all(): Promise<D[]>;
  page(paging: Paged, keep?: (document: D) => boolean): Promise<DocumentPage<D>>;
  /** Adds a document that is not there yet. @throws DocumentChanged */
  add(document: D): Promise<void>;
  /** Replaces the document whose version is one lower. @throws DocumentChanged */
  replace(document: D): Promise<void>;
  /** As `add` and `replace`, to be committed together with others. */
  adding(document: D): Write;
  replacing(document: D): Write;
  /** Removes the document as it was read, to be committed together with others. */
  removing(document: D): Write;
}

/** Commits writes of several documents wholly or not at all. @throws DocumentChanged */
export type CommitTogether = (writes: readonly Write[]) => Promise<void>;
