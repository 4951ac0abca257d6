/** One question of a tree: at least, or at most, so much of a feature. */
export interface Question {
  feature: number;
  operator: '>=' | '<=';
  value: number;
}

/** Rules as alternatives, each of questions that all hold; and how well they find whom they are to find. */
export interface RuleTree {
  paths: Question[][];
  precision: number;
  recall: number;
  found: number;
}

interface Leaf {
  questions: Question[];
  rows: Uint32Array;
  inside: number;
}

const [depthMax, cutsTried, leafShareMin] = [3, 24, 0.01];

/** How mixed a leaf is (Gini), times its size. */
const mixed = (inside: number, all: number): number => (all === 0 ? 0 : (2 * inside * (all - inside)) / all);

const holds = ({ feature, operator, value }: Question, rows: Float64Array, width: number, row: number): boolean => {
  const seen = rows[row * width + feature] ?? Number.NaN;
  return operator === '>=' ? seen >= value : seen <= value;
};

/** Round numbers read better than exact ones: three digits that count. */
const readable = (value: number): number => (value === 0 ? 0 : Number(value.toPrecision(3)));

const cutsOf = (rows: Float64Array, width: number, leaf: Leaf, feature: number): number[] => {
  const values = Float64Array.from(leaf.rows, row => rows[row * width + feature] ?? Number.NaN)
    .filter(Number.isFinite)
    .sort();
  const cuts = Array.from({ length: cutsTried }, (_, place) =>
    readable(values[Math.floor(((place + 1) * values.length) / (cutsTried + 1))] ?? 0),
  );
  return [...new Set(cuts)];
};

interface Split {
  gain: number;
  cut: number;
  feature: number;
}

const bestSplit = (rows: Float64Array, width: number, isInside: Uint8Array, leaf: Leaf): Split | undefined => {
  let best: Split | undefined;
  const before = mixed(leaf.inside, leaf.rows.length);
  const least = Math.max(5, isInside.length * leafShareMin);
  for (let feature = 0; feature < width; feature += 1)
    for (const cut of cutsOf(rows, width, leaf, feature)) {
      let [above, inside] = [0, 0];
      for (const row of leaf.rows) {
        if (!((rows[row * width + feature] ?? Number.NaN) >= cut)) continue;
        above += 1;
        inside += isInside[row] ?? 0;
      }
      const below = leaf.rows.length - above;
      if (above < least || below < least) continue;
      const gain = before - mixed(inside, above) - mixed(leaf.inside - inside, below);
      if (gain > (best?.gain ?? 1e-9 * isInside.length)) best = { gain, cut, feature };
    }
  return best;
};

/** `<=` in place of `<`: the largest value below the cut, so that whoever knows no value is on neither side. */
const belowOf = (rows: Float64Array, width: number, leaf: Leaf, { feature, cut }: Split): number =>
  leaf.rows.reduce((most, row) => {
    const value = rows[row * width + feature] ?? Number.NaN;
    return value < cut && value > most ? value : most;
  }, Number.NEGATIVE_INFINITY);

const leafOf = (questions: Question[], rows: Uint32Array, isInside: Uint8Array): Leaf => ({
  questions,
  rows,
  inside: rows.reduce((sum, row) => sum + (isInside[row] ?? 0), 0),
});

const grown = (rows: Float64Array, width: number, isInside: Uint8Array, leaf: Leaf): Leaf[] => {
  const isPure = leaf.inside === 0 || leaf.inside === leaf.rows.length;
  const split = isPure || leaf.questions.length === depthMax ? undefined : bestSplit(rows, width, isInside, leaf);
  if (!split) return [leaf];
  const { feature, cut } = split;
  const sides: Question[] = [
    { feature, operator: '>=', value: cut },
    { feature, operator: '<=', value: belowOf(rows, width, leaf, split) },
  ];
  return sides.flatMap(question => {
    const kept = leaf.rows.filter(row => holds(question, rows, width, row));
    return grown(rows, width, isInside, leafOf([...leaf.questions, question], kept, isInside));
  });
};

/** Of two questions of one kind about a feature the stricter one. */
const simplified = (questions: readonly Question[]): Question[] => {
  const kept = new Map<string, Question>();
  for (const question of questions) {
    const key = `${question.feature} ${question.operator}`;
    const known = kept.get(key);
    const isStricter =
      question.operator === '>=' ? question.value > (known?.value ?? 0) : question.value < (known?.value ?? 0);
    if (!known || isStricter) kept.set(key, question);
  }
  return [...kept.values()];
};

/** A tree of at most three questions that finds those who are inside; its rules are the leaves with more of them than not. */
export const ruleTree = (rows: Float64Array, width: number, isInside: Uint8Array): RuleTree => {
  const everybody = leafOf(
    [],
    Uint32Array.from(isInside, (_, row) => row),
    isInside,
  );
  const leaves = grown(rows, width, isInside, everybody).filter(
    ({ inside, rows: some, questions }) => questions.length > 0 && inside * 2 > some.length,
  );
  const paths = leaves.map(({ questions }) => simplified(questions));
  const isFound = (row: number) => paths.some(path => path.every(question => holds(question, rows, width, row)));
  let [found, right] = [0, 0];
  for (let row = 0; row < isInside.length; row += 1) {
    if (!isFound(row)) continue;
    found += 1;
    right += isInside[row] ?? 0;
  }
  return {
    paths,
    found,
    precision: found === 0 ? 0 : right / found,
    recall: everybody.inside === 0 ? 0 : right / everybody.inside,
  };
};
