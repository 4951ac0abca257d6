import type { ProfileCommit, ProfileStore } from '../ports/profile-store.ts';

/** What can be asked for many at once: the answers stand in the order of what was asked. */
type AskMany<Asked, Answer> = (asked: readonly Asked[]) => Promise<Answer[]>;

/** What one task asked, until it is answered. */
interface Waiting<Asked, Answer> {
  asked: readonly Asked[];
  resolve(answers: Answer[]): void;
  reject(fault: unknown): void;
}

/** Questions of one kind, of several tasks, that wait to be asked together. */
class Questions<Asked, Answer> {
  readonly #askMany: AskMany<Asked, Answer>;
  #waiting: Waiting<Asked, Answer>[] = [];

  constructor(askMany: AskMany<Asked, Answer>) {
    this.#askMany = askMany;
  }

  add(waiting: Waiting<Asked, Answer>): void {
    this.#waiting.push(waiting);
  }

  /** Asks everything that waits; returns what hands the answers out. */
  async ask(): Promise<() => void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    try {
      const asked = waiting.flatMap(one => one.asked);
      const answers = (asked.length === 0 ? [] : await this.#askMany(asked)).values();
      return () => {
        for (const one of waiting) one.resolve(one.asked.map(() => answers.next().value as Answer));
      };
    } catch (fault) {
      return () => {
        for (const one of waiting) one.reject(fault);
      };
    }
  }
}

/** Tasks that go on together: as soon as every one waits or has ended, all that they wait for is asked at once. */
class Gathering {
  readonly #profiles: ProfileStore;
  readonly #seenMessages;
  readonly #ownOrders;
  readonly #orders;
  readonly #commits;
  /** Tasks that neither wait nor have ended. */
  #going: number;

  constructor(profiles: ProfileStore, tasks: number) {
    this.#profiles = profiles;
    this.#seenMessages = new Questions(profiles.seenMessages);
    this.#ownOrders = new Questions(profiles.ownOrders);
    this.#orders = new Questions(profiles.orders);
    this.#commits = new Questions(profiles.commitMany);
    this.#going = tasks;
  }

  async run<Result>(task: (profiles: ProfileStore) => Promise<Result>): Promise<Result> {
    try {
      return await task(this.#storeOfTask());
    } finally {
      this.#stop();
    }
  }

  /** A store for one task, whose questions wait for those of the others. */
  #storeOfTask(): ProfileStore {
    let open = 0;
    const goOn = (): void => {
      open -= 1;
      if (open === 0) this.#going += 1;
    };
    const wait = <Asked, Answer>(questions: Questions<Asked, Answer>, asked: readonly Asked[]): Promise<Answer[]> => {
      open += 1;
      if (open === 1) this.#stop();
      return new Promise<Answer[]>((resolve, reject) => questions.add({ asked, resolve, reject })).finally(goOn);
    };
    const commitMany = (commits: readonly ProfileCommit[]) => wait(this.#commits, commits);
    return {
      ...this.#profiles,
      seenMessages: asked => wait(this.#seenMessages, asked),
      ownOrders: asked => wait(this.#ownOrders, asked),
      orders: asked => wait(this.#orders, asked),
      commitMany,
      commit: async commit => {
        const [refusal] = await commitMany([commit]);
        if (refusal) throw refusal;
      },
    };
  }

  /** A task may ask several things before it waits: what is asked is taken up a moment later. */
  #stop(): void {
    this.#going -= 1;
    if (this.#going === 0) void Promise.resolve().then(() => this.#askAll());
  }

  async #askAll(): Promise<void> {
    const kinds = [this.#seenMessages, this.#ownOrders, this.#orders, this.#commits];
    const handOuts = await Promise.all(kinds.map(questions => questions.ask()));
    for (const handOut of handOuts) handOut();
  }
}

/**
 * Runs a task for each value, all at the same time, each with a store of its own. What they ask of it and commit goes
 * out together, in few requests. Fails with the first failure, after all have ended.
 */
export const sharingRequests = async <Value, Result>(
  values: readonly Value[],
  profiles: ProfileStore,
  run: (value: Value, profiles: ProfileStore) => Promise<Result>,
): Promise<Result[]> => {
  const gathering = new Gathering(profiles, values.length);
  const ended = await Promise.allSettled(values.map(value => gathering.run(own => run(value, own))));
  return ended.map(one => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
};
