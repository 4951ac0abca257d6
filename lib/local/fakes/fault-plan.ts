/**
 * What goes wrong with requests: `lost` does what was asked, and the answer does not arrive; `slow` answers too late;
 * `partial` takes all rows but the first.
 */
export const faultKinds = ['429', '500', '503', 'drop', 'slow', 'lost', 'partial'] as const;
export type FaultKind = (typeof faultKinds)[number];

/** What goes wrong with the next requests of a stand-in that change something. */
export class FaultPlan {
  readonly #next: FaultKind[] = [];

  add(kind: FaultKind, times: number): void {
    for (let time = 0; time < times; time += 1) this.#next.push(kind);
  }

  clear(): void {
    this.#next.length = 0;
  }

  take(): FaultKind | undefined {
    return this.#next.shift();
  }
}
