/** What a schedule found. */
export interface LakeFindings {
  /** Events that a reader must see and does not, or not any more. */
  lost: string[];
  /** Events that a reader sees more than once. */
  twice: string[];
  /** Anything else that does not hold. */
  wrong: string[];
}

export const findingKinds = ['lost', 'twice', 'wrong'] as const;

export const noFindings = (): LakeFindings => ({ lost: [], twice: [], wrong: [] });

export const isClean = (findings: LakeFindings): boolean => findingKinds.every(kind => findings[kind].length === 0);
