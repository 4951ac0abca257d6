/** Global Privacy Control: the browser asks that what it sends be neither sold nor shared. */
export const asksNotToBeSold = (headers: Readonly<Record<string, string | undefined>>): boolean =>
  headers['sec-gpc'] === '1';
