import { createSign, randomUUID, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createSecureContext } from 'node:tls';
import { Agent, buildConnector, type Dispatcher } from 'undici';
import { createCertificateAuthority, type CertificateAuthority, type IssuedCertificate } from './certificate-authority.js';

export const REGION_HOST = 'sns.us-west-2.amazonaws.com';
export const TOPIC = 'arn:aws:sns:us-west-2:123456789012:new-images';
export const OTHER_TOPIC = 'arn:aws:sns:us-west-2:123456789012:other-images';

/** Names of SNS whose servers the stand-in plays. */
const HOSTS = [REGION_HOST, 'sns.eu-central-1.amazonaws.com', 'sns.cn-north-1.amazonaws.com.cn'];

/** What a message says, before it is signed. */
export type Message = Record<string, string | null | object>;

export interface SnsStandIn {
  /** Leads all connections to this server, whatever host they are for; what is answered must be signed by the authority. */
  readonly dispatcher: Dispatcher;
  readonly authority: CertificateAuthority;
  /** Every host that was connected to so far. */
  readonly hostsAsked: string[];
  /** Host and path of every request so far. */
  readonly requests: string[];
  /** What is answered under a path; a text, or whatever the handler does. */
  readonly files: Map<string, string | ((response: ServerResponse) => void)>;
  /** The key and address of a certificate that is as it should be. */
  readonly signer: { key: KeyObject; url: string };
  /** Publishes a certificate file. */
  publish(pem: string, name?: string): string;
  close(): Promise<void>;
}

/** Plays SNS over TLS, with an authority of its own. */
export async function startSns(): Promise<SnsStandIn> {
  const authority = createCertificateAuthority();
  const servers = new Map(HOSTS.map((host) => [host, authority.issue(host)]));
  const files: SnsStandIn['files'] = new Map();
  const hostsAsked: string[] = [];
  const requests: string[] = [];
  const server = createTlsServer(servers, (request, response) => {
    requests.push(`${request.headers.host ?? ''}${request.url ?? ''}`);
    const path = (request.url ?? '').replace(/\?.*/, '');
    const file = files.get(path);
    if (typeof file === 'function') file(response);
    else if (file === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'application/x-pem-file' }).end(file);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const connect = buildConnector({ ca: authority.pem });
  const dispatcher = new Agent({
    connect(options, callback) {
      hostsAsked.push(options.hostname);
      connect({ ...options, servername: options.hostname, hostname: '127.0.0.1', port: String(port) }, callback);
    },
  });
  files.set('/', '<ConfirmSubscriptionResponse/>');

  function publish(pem: string, name = randomUUID().replaceAll('-', '')): string {
    files.set(`/SimpleNotificationService-${name}.pem`, pem);
    return `https://${REGION_HOST}/SimpleNotificationService-${name}.pem`;
  }

  const certificate = authority.issue('sns.amazonaws.com');
  return {
    dispatcher,
    authority,
    hostsAsked,
    requests,
    files,
    signer: { key: certificate.key, url: publish(certificate.pem) },
    publish,
    async close() {
      await dispatcher.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function createTlsServer(servers: ReadonlyMap<string, IssuedCertificate>, answer: (request: IncomingMessage, response: ServerResponse) => void): Server {
  return createServer(
    {
      SNICallback(name, done) {
        const certificate = servers.get(name);
        if (certificate === undefined) done(new Error(`no certificate for ${name}`));
        else done(null, createSecureContext({ cert: certificate.pem, key: certificate.keyPem }));
      },
    },
    answer,
  );
}

export function notification(text: string, changes: Message = {}): Message {
  return { Type: 'Notification', MessageId: randomUUID(), TopicArn: TOPIC, Message: text, Timestamp: new Date().toISOString(), ...changes };
}

export function confirmation(type: 'SubscriptionConfirmation' | 'UnsubscribeConfirmation', changes: Message = {}): Message {
  const Token = randomUUID().replaceAll('-', '');
  return {
    Type: type,
    MessageId: randomUUID(),
    Token,
    TopicArn: TOPIC,
    Message: `You have chosen to subscribe to the topic ${TOPIC}.`,
    SubscribeURL: `https://${REGION_HOST}/?Action=ConfirmSubscription&TopicArn=${TOPIC}&Token=${Token}`,
    Timestamp: new Date().toISOString(),
    ...changes,
  };
}

/** Signs a message as AWS describes it: its lines are written out here, so that nothing of the service vouches for itself. */
export function signed(message: Message, { key, url }: { key: KeyObject; url: string }, version: '1' | '2' = '2'): Message {
  const line = (name: string) => (typeof message[name] === 'string' ? `${name}\n${message[name]}\n` : '');
  const text =
    message['Type'] === 'Notification'
      ? line('Message') + line('MessageId') + line('Subject') + line('Timestamp') + line('TopicArn') + line('Type')
      : line('Message') + line('MessageId') + line('SubscribeURL') + line('Timestamp') + line('Token') + line('TopicArn') + line('Type');
  const signature = createSign(version === '1' ? 'sha1' : 'sha256').update(text, 'utf8').sign(key, 'base64');
  return { ...message, SignatureVersion: version, Signature: signature, SigningCertURL: url };
}

/** The headers that SNS sends along. */
export function snsHeaders(message: Message): Record<string, string> {
  return {
    'content-type': 'text/plain; charset=UTF-8',
    'x-amz-sns-message-type': message['Type'] as string,
    'x-amz-sns-message-id': message['MessageId'] as string,
    'x-amz-sns-topic-arn': message['TopicArn'] as string,
  };
}
