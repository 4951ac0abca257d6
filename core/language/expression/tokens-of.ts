import { NoExpression } from './expression.ts';

export interface Token {
  kind: 'number' | 'text' | 'name' | 'sign' | 'end';
  /** A text without its quotes; the names of a path joined by dots. */
  text: string;
  at: number;
}

/** A name, or a path of names; a name with blanks in it stands in brackets: `attributes.customFields["first plan"]`. */
const name = /[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*|\["[^"\]]{1,100}"\])*/y;
const kinds: readonly (readonly [Token['kind'] | 'blank', RegExp])[] = [
  ['blank', /\s+/y],
  ['number', /\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?/y],
  ['text', /'(?:[^'\\]|\\['"\\])*'|"(?:[^"\\]|\\['"\\])*"/y],
  ['name', name],
  ['sign', /<=|>=|!=|==|&&|\|\||[=<>+\-*/%(),?:!]/y],
];

const plain: Partial<Record<Token['kind'], (text: string) => string>> = {
  text: text => text.slice(1, -1).replace(/\\(.)/g, '$1'),
  name: text => text.replace(/\["([^"\]]+)"\]/g, '.$1'),
};

/** The words, numbers, texts and signs of an expression. @throws NoExpression for anything else */
export const tokensOf = (text: string): Token[] => {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const [kind, found] = tokenAt(text, at);
    if (kind !== 'blank') tokens.push({ kind, text: plain[kind]?.(found) ?? found, at });
    at += found.length;
  }
  return [...tokens, { kind: 'end', text: '', at: text.length }];
};

const tokenAt = (text: string, at: number): [Token['kind'] | 'blank', string] => {
  for (const [kind, pattern] of kinds) {
    pattern.lastIndex = at;
    const [found] = pattern.exec(text) ?? [];
    if (found !== undefined) return [kind, found];
  }
  throw new NoExpression(at, /['"]/.test(text[at] ?? '') ? 'a text has no end' : `${text[at]} means nothing here`);
};
