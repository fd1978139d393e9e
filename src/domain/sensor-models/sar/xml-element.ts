import { parseXml, XmlElement as ParsedElement } from '@rgrove/parse-xml';
import { SensorModelError } from '../errors.js';

/** Longest text of a number; the pattern below would take quadratic time on much longer ones. */
const MAX_NUMBER_CHARACTERS = 64;
/** Longest XML document that is parsed, in characters: real SICD and SIDD metadata stays below one million. */
const MAX_XML_CHARACTERS = 8 * 1024 * 1024;

/**
 * One element of a metadata document. Names are local names: namespaces and
 * prefixes, which differ between versions of a standard, do not count.
 * What demands something throws a SensorModelError that names the full path.
 */
export interface XmlElement {
  /** Where the element stands, such as `SICD/Grid/Row/SS`. */
  readonly path: string;
  /** The first element at a relative path such as `Row/SS`; throws when there is none. */
  at(relativePath: string): XmlElement;
  /** The first element at a relative path, or null. */
  find(relativePath: string): XmlElement | null;
  /** All child elements of that name, in document order. */
  children(name: string): XmlElement[];
  /** The value of an attribute, or null. */
  attribute(name: string): string | null;
  /** The text content without surrounding white space. */
  text(): string;
  /** The text content as a finite number (XML Schema double without INF and NaN); throws for anything else. */
  number(): number;
}

/**
 * Parses an XML document and returns its root element, which must have the given local name.
 *
 * Document type declarations are skipped unread and no entity but XML's own five is known, so that
 * nothing can be expanded or fetched. Padding after the document (blanks and NULs, as in fixed-length
 * fields) is ignored. Throws a SensorModelError for a document that is too long, nested too deeply or not well-formed.
 */
export function parseXmlRoot(xml: string, rootName: string): XmlElement {
  if (xml.length > MAX_XML_CHARACTERS) throw new SensorModelError(`${rootName} XML: longer than ${MAX_XML_CHARACTERS} characters`);
  const root = parse(withoutPadding(xml), rootName);
  if (localName(root.name) !== rootName) throw new SensorModelError(`${rootName} XML: the root element is ${localName(root.name)}`);
  return wrap(root, rootName);
}

/** Without the blanks around it and the NULs behind it. Not by a pattern: those take quadratic time on long runs of blanks. */
function withoutPadding(xml: string): string {
  let end = xml.length;
  while (end > 0 && (xml[end - 1] === '\0' || xml[end - 1]?.trim() === '')) end--;
  return xml.slice(0, end).trimStart();
}

function parse(xml: string, rootName: string): ParsedElement {
  let root: ParsedElement | null;
  try {
    root = parseXml(xml).root;
  } catch (cause) {
    // The parser recurses: a hostile depth ends as a RangeError of the call stack.
    const reason = cause instanceof RangeError ? 'elements nested too deeply' : firstLine(cause);
    throw new SensorModelError(`${rootName} XML: ${reason}`, { cause });
  }
  if (root === null) throw new SensorModelError(`${rootName} XML: no root element`);
  return root;
}

/** The parser's message without the excerpt of the document that follows it. */
function firstLine(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return message.split('\n', 1)[0] ?? message;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function wrap(element: ParsedElement, path: string): XmlElement {
  const children = (name: string): XmlElement[] =>
    element.children
      .filter((child) => child instanceof ParsedElement)
      .filter((child) => localName(child.name) === name)
      .map((child) => wrap(child, `${path}/${name}`));

  const find = (relativePath: string): XmlElement | null => {
    const [name = '', ...rest] = relativePath.split('/');
    const child = children(name)[0];
    if (child === undefined) return null;
    return rest.length === 0 ? child : child.find(rest.join('/'));
  };

  const text = (): string => element.text.trim();

  return {
    path,
    children,
    find,
    text,
    at(relativePath) {
      const found = find(relativePath);
      if (found === null) throw new SensorModelError(`missing ${path}/${relativePath}`);
      return found;
    },
    attribute: (name) => element.attributes[name] ?? null,
    number() {
      const value = text();
      if (value.length > MAX_NUMBER_CHARACTERS || !/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(value) || !Number.isFinite(Number(value))) {
        throw new SensorModelError(`${path} is not a number: "${value.slice(0, 40)}"`);
      }
      return Number(value);
    },
  };
}
