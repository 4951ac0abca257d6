/** Rings when something arrived in an engine, so that whoever reads it sleeps in between. */
export class Bell {
  #waiting = new Set<() => void>();
  #rings = 0;

  /** How often it has rung; read it before looking for work, and wait with it afterwards. */
  get rings(): number {
    return this.#rings;
  }

  ring(): void {
    this.#rings++;
    for (const wake of [...this.#waiting]) wake();
  }

  /** Resolves at the next ring after `seen`, after the time, or when the signal is aborted. */
  wait(seen: number, milliseconds: number, signal: AbortSignal): Promise<void> {
    if (seen !== this.#rings || signal.aborted) return Promise.resolve();
    return new Promise(resolve => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      signal.addEventListener('abort', done);
      this.#waiting.add(done);
    });
  }
}

/** Bells by name; asking for one creates it. */
export class Bells {
  #bells = new Map<string, Bell>();

  of(name: string): Bell {
    const bell = this.#bells.get(name) ?? new Bell();
    this.#bells.set(name, bell);
    return bell;
  }
}
