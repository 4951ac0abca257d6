/** What was learnt last; there is one document. The model itself is an object of the lake. */
export interface StoredMatchModel {
  id: string;
  version: number;
  key: string;
  /** From how many records. */
  records: number;
  /** ISO 8601. */
  learntAt: string;
}
