import { success } from '../../kit/answer.ts';

/** Segment’s browser SDK counts its own calls and errors; nothing is done with that, and nothing of it is read. */
export const handler = async () => success(200, { success: true }, { bare: true });
