/** An answer of the object server that is an error in S3's terms. */
export class ObjectError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The object does not exist. */
export const noSuchKey = () => new ObjectError(404, 'NoSuchKey', 'The specified key does not exist.');

/** An `If-Match` or `If-None-Match` does not hold. */
export const preconditionFailed = () =>
  new ObjectError(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
