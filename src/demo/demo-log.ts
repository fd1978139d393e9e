import { join, resolve } from 'node:path';
import { destination, pino, type Logger } from 'pino';
import { LOG_FORMAT } from '../composition/log.js';
import { makeFolder } from '../storage/make-folder.js';

/** The service's log in a file of the state folder, so that the terminal belongs to the demo. */
export async function openDemoLog(level: string, stateFolder: string): Promise<{ log: Logger; path: string }> {
  const path = join(resolve(stateFolder), 'demo.log');
  await makeFolder(stateFolder);
  const log = pino({ ...LOG_FORMAT, level }, destination({ dest: path, sync: true }));
  return { log, path };
}
