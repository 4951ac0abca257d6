/** Keeps texts so that nobody but the deployment reads them. */
export interface TextSeals {
  seal(text: string): Promise<string>;
  /** @throws Error for what was not sealed here */
  open(sealed: string): Promise<string>;
}
