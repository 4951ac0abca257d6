import { ApiError } from '../../core/contract/api-error.ts';

const aboutTheContent = new Set([400, 409, 413, 422]);

/** Whether an answer refuses what was sent, rather than who sent it or where to. */
export const isRefusal = (failure: unknown): failure is ApiError =>
  failure instanceof ApiError && aboutTheContent.has(failure.status);
