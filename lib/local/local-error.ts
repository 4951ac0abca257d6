/**
 * A problem the reader can mend: a port in use, a missing engine, an unknown resource type. Its message is one
 * line which says what is wrong and what to do; the program prints it without a stack trace.
 */
export class LocalError extends Error {
  override name = 'LocalError';
}
