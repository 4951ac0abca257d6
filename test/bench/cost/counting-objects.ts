import type { ObjectStore } from '../../../core/ports/object-store.ts';
import type { Ledger } from './ledger.ts';

/** What one page of a list holds. */
const keysPerList = 1000;
/** Bodies of more than this are put in parts. */
const partBytes = 8 * 1024 * 1024;

/** Objects that tell a ledger which requests S3 would charge; to delete costs nothing. */
export const countingObjects = (store: ObjectStore, ledger: () => Ledger): ObjectStore => ({
  ...store,
  facts: key => {
    ledger().add('objectReads', 1);
    return store.facts(key);
  },
  get: (...args) => {
    ledger().add('objectReads', 1);
    return store.get(...args);
  },
  read: (...args) => {
    ledger().add('objectReads', 1);
    return store.read(...args);
  },
  put: (...args) => {
    ledger().add('objectWrites', 1);
    return store.put(...args);
  },
  write: async (...args) => {
    const facts = await store.write(...args);
    const parts = Math.ceil(facts.sizeBytes / partBytes);
    ledger().add('objectWrites', parts > 1 ? parts + 2 : 1);
    return facts;
  },
  list: async function* (...args) {
    let keys = 0;
    for await (const facts of store.list(...args)) {
      if (keys % keysPerList === 0) ledger().add('objectWrites', 1);
      keys += 1;
      yield facts;
    }
    if (keys === 0) ledger().add('objectWrites', 1);
  },
});
