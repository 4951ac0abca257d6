import { plainText } from './plain-text.ts';

/** Titles, degrees and generations: they go with a name and are none; records of one person carry them or not. */
const titles = new Set(
  [
    'mr mrs ms miss mx master sir dame lord lady dr doctor prof professor rev reverend fr father sister brother rabbi imam',
    'hon honourable honorable capt captain col colonel maj major gen general lt lieutenant sgt sergeant cpl adm admiral cdr',
    'jr junior sr senior ii iii iv esq esquire bt bart baronet baron baroness viscount viscountess earl count countess duke',
    'duchess marquess prince princess phd md dds mba ba bsc ma msc llb obe mbe cbe kbe kcb gcb frs mp qc kc',
    'herr frau fraulein dipl ing mag monsieur madame mademoiselle mme mlle senor senora senorita signor signora don dona',
    'of the and',
  ].flatMap(line => line.split(' ')),
);
const ordinal = /^\d+(st|nd|rd|th)$/;

/**
 * The words of a name without titles; a name that is only a title is none.
 *
 * @example nameWords("Dr. Jean-Luc O'Neill") // 'jean luc oneill'
 */
export const nameWords = (name: string): string =>
  plainText(name)
    .split(' ')
    .filter(word => !titles.has(word) && !ordinal.test(word))
    .join(' ');
