import { ObjectError } from './object-error.ts';

const signedAt = (date: string): number =>
  Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

/** Refuses a presigned URL whose time has passed, as S3 does: 403 `AccessDenied`. */
export const refuseExpired = (query: URLSearchParams, now: number): void => {
  if (!query.has('X-Amz-Signature')) return;
  const start = signedAt(query.get('X-Amz-Date') ?? '');
  const seconds = Number(query.get('X-Amz-Expires'));
  if (!(start + seconds * 1000 > now)) throw new ObjectError(403, 'AccessDenied', 'Request has expired');
};
