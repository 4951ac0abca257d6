import { RequestSubject } from '../model/request-subject.ts';
import type { TextSeals } from '../ports/text-seals.ts';

interface SealTools {
  requestSeals: TextSeals;
}

export const sealSubject = (subject: RequestSubject, { requestSeals }: SealTools): Promise<string> =>
  requestSeals.seal(JSON.stringify(subject));

/** Whose request it is; nobody's as soon as it is answered. */
export const openSubject = async (
  { sealed }: { sealed?: string | undefined },
  { requestSeals }: SealTools,
): Promise<RequestSubject> =>
  sealed === undefined ? { identifiers: [] } : RequestSubject.parse(JSON.parse(await requestSeals.open(sealed)));
