import type { Condition, Key, LoneWrite, Write } from '../../../core/ports/table.ts';
import { keyId } from './key-id.ts';
import { keyOf } from './key-of.ts';

const transactionWritesMax = 100;
/** Ends the range of a prefix, see `queryInput`. */
const noCharacter = '\u{10ffff}';

const checkKey = ({ pk, sk }: Key): void => {
  if (typeof pk !== 'string' || typeof sk !== 'string' || pk === '' || sk === '')
    throw new Error('table: pk and sk must be strings of at least one character');
  if (sk.includes(noCharacter)) throw new Error('table: sk may not hold U+10FFFF, which is no character');
};

const checkPath = (path: string): void => {
  if (path.split('.').includes('')) throw new Error(`table: "${path}" is not a dotted path of attribute names`);
};

const checkCondition = (condition: Condition): void => {
  checkPath(condition.attribute);
  if ('value' in condition && typeof condition.value === 'boolean' && condition.is !== '=')
    throw new Error(`table: ${condition.attribute} ${condition.is} ${condition.value}: booleans have no order; use =`);
};

/** Two paths of one update may not be equal nor lead through one another: their order would decide. */
const checkApart = (paths: string[]): void => {
  const known = new Set(paths);
  if (known.size < paths.length) throw new Error('table: an update names one attribute twice');
  for (const path of paths)
    for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1))
      if (known.has(path.slice(0, dot))) throw new Error(`table: an update changes ${path} and a map around it`);
};

const checkUpdate = ({ set, add, remove }: Extract<Write, { kind: 'update' }>): void => {
  const paths = [...Object.keys(set ?? {}), ...Object.keys(add ?? {}), ...(remove ?? [])];
  if (paths.length === 0) throw new Error('table: an update needs something to set, add or remove');
  for (const path of paths) {
    checkPath(path);
    if (path === 'pk' || path === 'sk') throw new Error(`table: ${path} is part of the key and cannot be updated`);
  }
  checkApart(paths);
};

/** Refuses, before anything is sent, a write that no table could carry out. @throws Error a mistake of the caller's code */
export const checkWrite = (write: Write): void => {
  checkKey(write.kind === 'put' ? write.item : write.key);
  for (const condition of write.when ?? []) checkCondition(condition);
  if (write.kind === 'update') checkUpdate(write);
  if (write.kind === 'check' && write.when.length === 0) throw new Error('table: a check needs a condition');
};

/** As `checkWrite`, for all writes of a transaction together. @throws Error a mistake of the caller's code */
export const checkTransaction = (writes: Write[]): void => {
  if (writes.length === 0 || writes.length > transactionWritesMax)
    throw new Error(`table: a transaction has 1 to ${transactionWritesMax} writes, not ${writes.length}`);
  for (const write of writes) checkWrite(write);
  if (!areDistinct(writes))
    throw new Error('table: a transaction may touch an item only once; join its writes into one');
};

const areDistinct = (writes: readonly Write[]): boolean =>
  new Set(writes.map(write => keyId(keyOf(write)))).size === writes.length;

const wantsAbsence = ([first, ...others]: readonly Condition[]): boolean =>
  first?.attribute === 'pk' && first.is === 'absent' && others.length === 0;

const setsOneAttribute = ({ set = {}, add, remove }: Extract<Write, { kind: 'update' }>): boolean => {
  const [path = '.', ...others] = Object.keys(set);
  return others.length === 0 && !path.includes('.') && add === undefined && remove === undefined;
};

/** As `checkWrite`, for writes that are done or refused one by one. @throws Error a mistake of the caller's code */
export const checkEach = (writes: LoneWrite[]): void => {
  for (const write of writes) {
    checkWrite(write);
    if (write.kind === 'put' && !wantsAbsence(write.when ?? []))
      throw new Error('table: a put that stands alone wants nothing but absence');
    if (write.kind === 'update' && !setsOneAttribute(write))
      throw new Error('table: an update that stands alone sets one attribute and nothing else');
  }
  if (!areDistinct(writes)) throw new Error('table: writes that stand alone may touch an item only once');
};
