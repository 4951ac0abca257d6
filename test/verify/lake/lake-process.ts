import type { ObjectStore } from '../../../core/ports/object-store.ts';
import type { Table } from '../../../core/ports/table.ts';
import type { Hold } from '../../fixtures/hold.ts';
import type { SeededRandom } from '../../fixtures/seeded-random.ts';

/** What a process that ended, or whose request failed, gets. */
export class LakeFault extends Error {
  override readonly name = 'LakeFault';
}

const faults = ['refused', 'answer lost', 'crashed before', 'crashed after'] as const;

/** How likely a worker is held before it changes a document, after it has looked at what stood: mostly at the first ones. */
const holdProbability = 0.5;

/**
 * One run of a worker. Any of its requests, to the table or to the objects, may fail, lose its answer, or be the last
 * one: once it has crashed, nothing it does has an effect. It may be held before it changes a document, whatever others
 * do meanwhile.
 */
export class LakeProcess {
  readonly #random: SeededRandom;
  readonly #probability: number;
  readonly #hold: Hold | undefined;
  #crashed = false;

  constructor(random: SeededRandom, probability: number, hold?: Hold) {
    this.#random = random;
    this.#probability = probability;
    this.#hold = hold;
  }

  async #request<Answer>(send: () => Promise<Answer>): Promise<Answer> {
    if (this.#crashed) throw new LakeFault('crashed');
    const fault = this.#random.chance(this.#probability) ? this.#random.pick(faults) : undefined;
    this.#crashed = fault === 'crashed before' || fault === 'crashed after';
    if (fault === 'refused' || fault === 'crashed before') throw new LakeFault(fault);
    const answer = await send();
    if (fault !== undefined) throw new LakeFault(fault);
    return answer;
  }

  table(table: Table): Table {
    return {
      get: (...args) => this.#request(() => table.get(...args)),
      getMany: (...args) => this.#request(() => table.getMany(...args)),
      query: query => this.#request(() => table.query(query)),
      count: query => this.#request(() => table.count(query)),
      write: async write => {
        if (this.#hold && this.#random.chance(holdProbability)) await this.#hold.wait();
        await this.#request(() => table.write(write));
      },
      transact: writes => this.#request(() => table.transact(writes)),
      writeMany: writes => this.#request(() => table.writeMany(writes)),
      writeEach: writes => this.#request(() => table.writeEach(writes)),
    };
  }

  objects(store: ObjectStore): ObjectStore {
    const request = this.#request.bind(this);
    return {
      ...store,
      facts: key => request(() => store.facts(key)),
      get: (...args) => request(() => store.get(...args)),
      read: (...args) => request(() => store.read(...args)),
      put: (...args) => request(() => store.put(...args)),
      write: (...args) => request(() => store.write(...args)),
      delete: keys => request(() => store.delete(keys)),
      list: async function* (...args) {
        yield* await request(async () => store.list(...args));
      },
    };
  }
}
