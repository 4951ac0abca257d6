/** Days for which the table keeps the events of a commit; the lake keeps them for years. */
export const keptDays = 90;
