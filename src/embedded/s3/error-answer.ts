import { textBody, type S3Answer } from './s3-answer.js';
import { element, xmlDocument } from './xml.js';

export interface ErrorAnswerParts {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The answer with S3's XML error document, which, unlike its others, is in no namespace. */
export function errorAnswer(parts: ErrorAnswerParts, resource: string, requestId: string): S3Answer {
  const details = Object.entries(parts.details ?? {}).map(([name, value]) => element(name, value));
  const document = xmlDocument(
    element('Error', [element('Code', parts.code), element('Message', parts.message), ...details, element('Resource', resource), element('RequestId', requestId)]),
  );
  return { status: parts.status, headers: { 'Content-Type': 'application/xml', ...parts.headers }, body: textBody(document) };
}
