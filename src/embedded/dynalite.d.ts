/** The part of dynalite 4 that is used here; the package has no types of its own. */
declare module 'dynalite' {
  import type { Server } from 'node:http';

  export interface DynaliteOptions {
    /** Folder of the LevelDB database; in memory when absent. */
    path?: string;
    createTableMs?: number;
    deleteTableMs?: number;
    updateTableMs?: number;
  }

  /** The server, not yet listening. Its `close` closes the database after the last connection has ended. */
  export default function dynalite(options?: DynaliteOptions): Server;
}

declare module 'dynalite/db/index.js' {
  interface Level {
    open(): Promise<void>;
    close(): Promise<void>;
  }

  const store: { create(options: { path: string }): { db: Level } };
  export default store;
}
