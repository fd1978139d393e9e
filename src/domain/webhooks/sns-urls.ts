import { ViewpointError } from '../errors.js';
import type { SnsMessage } from './sns-message.js';

/** Hosts of SNS in all regions, China's among them. No other host is ever asked on behalf of a message. */
const SNS_HOST = /^sns\.[a-z]{2}(-[a-z]+)+-\d{1,2}\.amazonaws\.com(\.cn)?$/;
const CERTIFICATE_PATH = /^\/SimpleNotificationService-[A-Za-z0-9]{1,128}\.pem$/;

/**
 * Where the certificate of a message is.
 * @throws ViewpointError `signature_invalid` unless that is a certificate of SNS on a host of SNS.
 */
export function certificateUrl({ SigningCertURL }: SnsMessage): URL {
  const url = snsUrl(SigningCertURL);
  if (url === undefined || !CERTIFICATE_PATH.test(url.pathname) || url.search !== '') {
    throw new ViewpointError('signature_invalid', 'SigningCertURL is not a certificate of Amazon SNS: it must be https://sns.<region>.amazonaws.com/SimpleNotificationService-….pem.');
  }
  return url;
}

/**
 * The address that confirms the subscription which the message asks about, made of nothing but what SNS's API defines.
 * @throws ViewpointError `signature_invalid` unless SubscribeURL is that address on a host of SNS.
 */
export function confirmationUrl({ SubscribeURL, TopicArn, Token }: Extract<SnsMessage, { Type: 'SubscriptionConfirmation' }>): URL {
  const url = snsUrl(SubscribeURL);
  const query = url?.searchParams;
  if (url?.pathname !== '/' || query?.get('Action') !== 'ConfirmSubscription' || query.get('TopicArn') !== TopicArn || query.get('Token') !== Token) {
    throw new ViewpointError('signature_invalid', 'SubscribeURL does not confirm this subscription at Amazon SNS.');
  }
  return url;
}

/** The URL if it is https on a host of SNS, without port, user or fragment. */
function snsUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isPlain = url.protocol === 'https:' && url.port === '' && url.username === '' && url.password === '' && url.hash === '';
  return isPlain && SNS_HOST.test(url.hostname) ? url : undefined;
}
