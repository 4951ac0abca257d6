import { Problem } from '../errors.ts';

/** Names a state of a document. */
export const documentTag = ({ version }: { version: number }): string => `"${version}"`;

/**
 * `*` matches whatever is there; otherwise one of the listed tags must be the one of now.
 *
 * @throws Problem `PRECONDITION_FAILED`
 */
export const checkIfMatch = (ifMatch: string | undefined, tag: string): void => {
  const tags = ifMatch?.split(',').map(one => one.trim()) ?? ['*'];
  if (!tags.includes('*') && !tags.includes(tag)) throw changedSince();
};

export const changedSince = (): Problem =>
  new Problem('PRECONDITION_FAILED', 'It has changed since; read it again', [
    { path: 'headers.if-match', reason: 'names an earlier state' },
  ]);
