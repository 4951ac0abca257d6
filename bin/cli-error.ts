/** What the person at the keyboard can mend: printed as one message without a stack, exit code 1. */
export class CliError extends Error {
  override readonly name = 'CliError';
}
