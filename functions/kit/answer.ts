import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { Problem } from '../../core/errors.ts';

/** What a handler returns when there is more to say than `data`. */
export class Answer<Data> {
  readonly data: Data;
  readonly status: number | undefined;
  readonly headers: Record<string, string>;
  readonly meta: Record<string, unknown> | undefined;

  constructor(
    data: Data,
    {
      status,
      headers = {},
      meta,
    }: { status?: number; headers?: Record<string, string>; meta?: Record<string, unknown> } = {},
  ) {
    this.data = data;
    this.status = status;
    this.headers = headers;
    this.meta = meta;
  }
}

/** What a handler returns in place of an answer that a job looks for. */
export class AnswersLater {
  readonly jobId: string;

  constructor(jobId: string) {
    this.jobId = jobId;
  }
}

const json = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };

/** The one form of every answer that succeeds. */
export const success = (
  status: number,
  data: unknown,
  { bare = false, headers = {}, meta }: { bare?: boolean; headers?: Record<string, string>; meta?: unknown },
): APIGatewayProxyStructuredResultV2 =>
  status === 204
    ? { statusCode: 204, headers: { 'cache-control': 'no-store', ...headers } }
    : {
        statusCode: status,
        headers: { ...json, ...headers },
        body: JSON.stringify(bare ? data : { success: true, data, ...(meta === undefined ? {} : { meta }) }),
      };

/** What says when it may be tried again, says it in a header, too. */
const retryAfter = ({ status, extra: { retryAfterSeconds } }: Problem): Record<string, string> => {
  if (retryAfterSeconds !== undefined) return { 'retry-after': retryAfterSeconds };
  return status === 503 ? { 'retry-after': '5' } : {};
};

/** The one form of every answer that fails. What is no `Problem` is told as an internal error, without its message. */
export const failure = (fault: unknown, requestId: string): APIGatewayProxyStructuredResultV2 => {
  const problem = fault instanceof Problem ? fault : new Problem('INTERNAL', 'Something went wrong on our side');
  const { code, message, details, extra, status } = problem;
  return {
    statusCode: status,
    headers: { ...json, ...retryAfter(problem) },
    body: JSON.stringify({ success: false, error: { code, message, details, requestId, ...extra } }),
  };
};
