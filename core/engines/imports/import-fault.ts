/** What is wrong with an import as a whole, for whoever asked for it to mend; `field`: the one that it is about. */
export class ImportFault extends Error {
  override readonly name = 'ImportFault';
  readonly field: string | undefined;
  constructor(message: string, field?: string) {
    super(message);
    this.field = field;
  }
}
