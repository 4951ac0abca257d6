/** When time alone is next to change what segments somebody is in: one timer for each profile. */
export interface FlipTimers {
  /** When (epoch ms) it goes off. */
  get(profileId: string): Promise<number | undefined>;
  /**
   * Sets the timer in place of what was read, or removes it. Refused (false) unless that one still stands and the
   * profile is live at the version that was decided by.
   */
  keep(
    timer: { profileId: string; dueAt: number | undefined; profileVersion: number },
    read: number | undefined,
  ): Promise<boolean>;
  /** Whose timers of a partition have gone off; nobody else is handed them before `until` (epoch ms). */
  takeDue(partition: number, now: number, until: number, limit: number): Promise<string[]>;
}
