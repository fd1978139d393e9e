import { xmlDocument, type XmlElement } from './xml.js';

/** The bytes of an answer, read only while the client takes them. */
export interface AnswerBody {
  readonly sizeBytes: number;
  read(): AsyncIterable<Uint8Array>;
  /** Gives back what the body holds. Called once, whether it was read or not. */
  release(): void;
}

/** What an action wants sent. Described, not written, so that faults can be worked into it. */
export interface S3Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: AnswerBody;
}

export function textBody(text: string): AnswerBody {
  const bytes = Buffer.from(text);
  return {
    sizeBytes: bytes.length,
    // eslint-disable-next-line @typescript-eslint/require-await -- a generator of one chunk that is already here
    read: async function* () {
      yield bytes;
    },
    release: () => undefined,
  };
}

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** 200 with an XML document whose root carries S3's namespace. */
export function xmlAnswer(root: XmlElement, headers: Readonly<Record<string, string>> = {}): S3Answer {
  return { status: 200, headers: { 'Content-Type': 'application/xml', ...headers }, body: textBody(xmlDocument(root, NAMESPACE)) };
}
