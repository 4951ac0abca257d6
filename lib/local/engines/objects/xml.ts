const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
const characters = Object.fromEntries(Object.entries(entities).map(([character, entity]) => [entity, character]));

const escapeXml = (text: string): string => text.replace(/[&<>"']/g, character => entities[character] ?? character);

const unescapeXml = (text: string): string =>
  text
    .replace(/&#(x?)([0-9a-fA-F]+);/g, (_all, hex: string, code: string) =>
      String.fromCodePoint(Number.parseInt(code, hex ? 16 : 10)),
    )
    .replace(/&(?:amp|lt|gt|quot|apos);/g, entity => characters[entity] ?? entity);

/** Content of an XML element: text, or named children; a list repeats the element. Undefined children are left out. */
export type XmlContent = string | number | boolean | { [name: string]: XmlContent | XmlContent[] | undefined };

const element = (name: string, content: XmlContent): string =>
  typeof content === 'object'
    ? `<${name}>${children(content)}</${name}>`
    : `<${name}>${escapeXml(String(content))}</${name}>`;

const children = (content: { [name: string]: XmlContent | XmlContent[] | undefined }): string =>
  Object.entries(content)
    .flatMap(([name, value]) =>
      value === undefined ? [] : (Array.isArray(value) ? value : [value]).map(item => element(name, item)),
    )
    .join('');

/** A whole XML document with one root element. */
export const xmlDocument = (root: string, content: XmlContent): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${element(root, content)}`;

/** The inner text of each element of this name, unescaped when it holds no further elements. */
export const xmlElements = (text: string, name: string): string[] =>
  [...text.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*?)</${name}>`, 'g'))].map(([, inner = '']) =>
    inner.includes('<') ? inner : unescapeXml(inner),
  );
