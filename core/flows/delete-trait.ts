import type { StoredSegment } from '../contract/segments.ts';
import { notFound, Problem } from '../errors.ts';
import { fieldsOfExpression } from '../language/expression/expression.ts';
import { readExpression } from '../language/expression/read-expression.ts';
import { traitIn } from '../model/trait.ts';
import { type Collection, DocumentChanged } from '../ports/collection.ts';
import { type TraitTools, traitJob } from './create-trait.ts';
import { ownCondition } from './resolve-segment.ts';
import { traitsNamedIn } from './trait-kinds.ts';

interface DeleteTools extends TraitTools {
  segments: Pick<Collection<StoredSegment>, 'all'>;
}

/** What uses a trait: a segment, or the formula of another trait. */
interface TraitUser {
  kind: 'segment' | 'trait';
  id: string;
  name: string;
}

/**
 * Deletes a trait; a job clears what was calculated of it.
 *
 * @throws Problem `NOT_FOUND` @throws Problem `CONFLICT` naming what uses it
 */
export const deleteTrait = async (name: string, tools: DeleteTools): Promise<void> => {
  const trait = await tools.traits.get(name);
  if (!trait) throw notFound('Trait', name);
  const users = await usersOf(name, tools);
  if (users.length > 0) throw usedBy(name, users);
  const job = traitJob('trait.clear', name, tools.now().toISOString(), tools);
  try {
    await tools.commitTogether([tools.traits.removing(trait), tools.jobs.adding(job)]);
  } catch (fault) {
    if (fault instanceof DocumentChanged) throw notFound('Trait', name);
    throw fault;
  }
};

const usersOf = async (name: string, { segments, traits }: DeleteTools): Promise<TraitUser[]> => {
  const [allSegments, allTraits] = await Promise.all([segments.all(), traits.all()]);
  const asking = allSegments.filter(segment => {
    const condition = ownCondition(segment);
    return condition !== undefined && traitsNamedIn(condition).includes(name);
  });
  const reading = allTraits.filter(({ formula }) => formula !== undefined && reads(formula, name));
  return [
    ...asking.map(({ id, name: own }): TraitUser => ({ kind: 'segment', id, name: own })),
    ...reading.map(({ id }): TraitUser => ({ kind: 'trait', id, name: id })),
  ];
};

const reads = (formula: string, name: string): boolean =>
  fieldsOfExpression(readExpression(formula)).some(field => traitIn(field) === name);

const usedBy = (name: string, users: readonly TraitUser[]): Problem =>
  new Problem(
    'CONFLICT',
    `Trait ${name} is used by ${users.map(user => `${user.kind} "${user.name}"`).join(', ')}`,
    users.map(({ kind, id, name: own }) => ({ path: `${kind}s.${id}`, reason: `"${own}" uses it` })),
  );
