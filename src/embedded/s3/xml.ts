import { S3Error } from './s3-error.js';

/** An element already written out. A type of its own, so that no unescaped text is taken for one. */
export type XmlElement = string & { readonly __xml: unique symbol };

export interface ParsedElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly ParsedElement[];
}

const NAMED_ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Escapes markup, and control characters as references: object keys may hold them. */
function escapeText(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replace(/[&<>"\u0000-\u001f\u007f]/g, (char) => {
    switch (char) {
      case '&': return '&amp;';
      case '<': return '&lt;';
      case '>': return '&gt;';
      case '"': return '&quot;';
      default: return `&#x${char.charCodeAt(0).toString(16)};`;
    }
  });
}

function unescapeText(text: string): string {
  return text.replace(/&(#x[0-9a-fA-F]+|#[0-9]+|[a-z]+);/g, (_, entity: string) => {
    if (entity.startsWith('#')) {
      const codePoint = entity[1] === 'x' ? Number.parseInt(entity.slice(2), 16) : Number.parseInt(entity.slice(1), 10);
      if (codePoint > 0x10ffff) throw new S3Error('MalformedXML');
      return String.fromCodePoint(codePoint);
    }
    const char = NAMED_ENTITIES[entity];
    if (char === undefined) throw new S3Error('MalformedXML');
    return char;
  });
}

/** One element; a string is escaped, elements are nested. */
export function element(name: string, content: string | number | boolean | readonly XmlElement[]): XmlElement {
  const inner = Array.isArray(content) ? content.join('') : escapeText(String(content));
  return `<${name}>${inner}</${name}>` as XmlElement;
}

/** A document; `namespace` becomes the root's default namespace. */
export function xmlDocument(root: XmlElement, namespace?: string): string {
  const body = namespace === undefined ? root : root.replace(/^<(\w+)>/, `<$1 xmlns="${namespace}">`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${body}`;
}

/**
 * Reads the small documents that S3 requests carry: elements and text, no DTD and no CDATA; namespaces and attributes are passed over.
 * Throws `MalformedXML` for anything else.
 */
export function parseXml(document: string): ParsedElement {
  interface Open { name: string; text: string; children: ParsedElement[] }
  const top: Open = { name: '', text: '', children: [] };
  const stack: Open[] = [top];
  const token = /<\?[^>]*\?>|<!--[\s\S]*?-->|<(\/?)(?:[\w.-]+:)?([\w.-]+)(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*(\/?)>|([^<]+)/y;
  while (token.lastIndex < document.length) {
    const match = token.exec(document);
    const current = stack.at(-1);
    if (match === null || current === undefined) throw new S3Error('MalformedXML');
    const [, closing, name, selfClosing, text] = match;
    if (text !== undefined) {
      current.text += unescapeText(text);
    } else if (name !== undefined && closing === '/') {
      const parent = stack.at(-2);
      if (current.name !== name || parent === undefined) throw new S3Error('MalformedXML');
      stack.pop();
      parent.children.push(current);
    } else if (name !== undefined) {
      const opened: Open = { name, text: '', children: [] };
      if (selfClosing === '/') current.children.push(opened);
      else stack.push(opened);
    }
  }
  const [root] = top.children;
  if (stack.length !== 1 || root === undefined || top.children.length !== 1 || top.text.trim() !== '') throw new S3Error('MalformedXML');
  return root;
}

/** Text of the first child of that name. */
export function childText(parent: ParsedElement, name: string): string | undefined {
  return parent.children.find((child) => child.name === name)?.text;
}
