/**
 * How many batches of writes are under way at once. More would only keep every reader waiting longer where the table
 * takes one write after the other (decision 14).
 */
export const writeLanes = 2;
