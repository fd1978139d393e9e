import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a server that can be cut off. */
export interface CuttableProxy {
  /** Base URL, `http://127.0.0.1:<port>`. */
  readonly url: string;
  /** `open` forwards; `refused` breaks connections at once; `silent` takes them and never answers. */
  set(state: 'open' | 'refused' | 'silent'): void;
  close(): Promise<void>;
}

/** Starts a proxy before a server; connections that are open are cut whenever its state changes. */
export async function startCuttableProxy(targetUrl: string): Promise<CuttableProxy> {
  const { hostname, port } = new URL(targetUrl);
  const sockets = new Set<Socket>();
  let current: 'open' | 'refused' | 'silent' = 'open';

  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    keep(client);
    if (current === 'refused') client.destroy();
    if (current !== 'open') return;
    const target = connect(Number(port), hostname);
    keep(target);
    client.pipe(target).pipe(client);
    client.on('close', () => target.destroy());
    target.on('close', () => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cutAll = () => sockets.forEach((socket) => socket.destroy());

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set(state) {
      current = state;
      cutAll();
    },
    async close() {
      server.close();
      cutAll();
      await once(server, 'close');
    },
  };
}
