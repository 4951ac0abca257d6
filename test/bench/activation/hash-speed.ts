import { platforms } from '../../../core/engines/activation/platforms/platforms.ts';
import { sha256 } from '../../../functions/adapters/sha256.ts';
import { consentedMember } from '../../fixtures/fake-destinations.ts';

export interface HashSpeed {
  hashesPerSecond: number;
  /** Of rows of eight identifiers. */
  rowsPerSecond: number;
}

const perSecond = (count: number, run: () => void): number => {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (count * 1e6) / (user + system);
};

/** How fast one core hashes addresses, and makes rows of eight identifiers for Facebook; by processor time. */
export const hashSpeed = (hashes: number, rows: number): HashSpeed => {
  const addresses = Array.from({ length: 1000 }, (_, index) => `someone.number${index}@example-domain.com`);
  const members = addresses.map((email, index) => ({
    ...consentedMember({ id: `profile-${index}`, email, phone: `+1212555${String(index).padStart(4, '0')}` }),
    ...{
      firstName: `Ann-${index}`,
      lastName: "O'Hara",
      city: 'New York',
      state: 'NY',
      postalCode: '10001-1234',
      country: 'US',
    },
  }));
  const pick = <Value>(values: readonly Value[], index: number): Value => values[index % values.length] as Value;
  let characters = 0;
  const hashAll = (count: number) => {
    for (let index = 0; index < count; index += 1) characters += sha256(pick(addresses, index)).length;
  };
  const makeRows = (count: number) => {
    for (let index = 0; index < count; index += 1) {
      const row = platforms.facebook.row(pick(members, index), { sha256 });
      if (Object.keys(row ?? {}).length !== 9) throw new Error('a row does not have eight identifiers and the id');
    }
  };
  hashAll(20_000);
  makeRows(5_000);
  const speed = {
    hashesPerSecond: perSecond(hashes, () => hashAll(hashes)),
    rowsPerSecond: perSecond(rows, () => makeRows(rows)),
  };
  if (characters === 0) throw new Error('nothing was hashed');
  return speed;
};
