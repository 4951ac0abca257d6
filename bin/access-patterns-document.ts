import { type ItemKind, itemKinds } from '../functions/adapters/stores/item-kinds.ts';

const code = (text: string): string => `\`${text}\``;

const row = ({ title, pk, sk, list, personal, answers }: ItemKind): string =>
  `| ${[title, code(pk), code(sk), list ? code(list) : '', personal ? 'yes' : '', answers].join(' | ')} |`;

/** The text of `docs/access-patterns.md`. */
export const accessPatternsDocument = (): string => {
  const kinds: ItemKind[] = Object.values(itemKinds);
  return `# Access patterns

<!-- Written by \`npx tsx bin/write-access-patterns.ts\` from \`functions/adapters/stores/item-kinds.ts\`. -->

Everything is kept in one table with the keys \`pk\` and \`sk\`, and one index, \`list\`, over \`lpk\` and \`lsk\`, which holds
keys only and follows within moments. Each kind of item answers one question. What is marked as personal stands in the
registry of personal stores (\`functions/adapters/stores/personal-stores.ts\`), which knows how it is held, swept and
verified.

| Item | pk | sk | In the list index | Personal | Which question it answers |
|---|---|---|---|---|---|
${kinds.map(row).join('\n')}
`;
};
