/** A command of a document and what the document says it prints. */
export interface Step {
  command: string;
  printed: string;
}

const blockPattern = /```console\n([\s\S]*?)```/g;

const isOpen = (command: string): boolean => (command.match(/'/g)?.length ?? 0) % 2 === 1;

const stepsOf = (block: string): Step[] => {
  const steps: Step[] = [];
  for (const line of block.split('\n')) {
    const last = steps.at(-1);
    if (last && isOpen(last.command)) last.command += `\n${line}`;
    else if (line.startsWith('$ ')) steps.push({ command: line.slice(2), printed: '' });
    else if (last) last.printed += `${line}\n`;
  }
  return steps.map(({ command, printed }) => ({ command, printed: printed.trimEnd() }));
};

/** The commands of all `console` blocks of a Markdown document, in order. A command may go on within single quotes. */
export const readTour = (markdown: string): Step[] =>
  [...markdown.matchAll(blockPattern)].flatMap(([, block = '']) => stepsOf(block));

/** The document with what its commands really print. */
export const writeTour = (markdown: string, printed: readonly string[]): string => {
  let index = 0;
  return markdown.replace(blockPattern, (_whole, block: string) => {
    const lines = stepsOf(block).map(({ command }) => {
      const said = printed[index++] ?? '';
      return `$ ${command}\n${said === '' ? '' : `${said}\n`}`;
    });
    return `\`\`\`console\n${lines.join('')}\`\`\``;
  });
};
