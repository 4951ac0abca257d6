/** Who says so where nobody is named: on the record of a consent something must stand. */
export const importSource = 'import';
