/** Days for which the table keeps the events of a commit; the lake keeps them for years. */
export const keptDays = 90;

/** As many days the counters tell apart; one more, since days end at other times elsewhere. */
export const keptDaysOfCounts = 63;
