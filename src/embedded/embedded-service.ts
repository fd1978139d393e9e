/** Where an emulated service listens, and how it is shut down. */
export interface EmbeddedService {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** Cuts all connections and resolves when nothing of the service runs or holds a file any more. */
  close(): Promise<void>;
}

/** Any will do, since nobody checks them; the clients only insist on having some. */
export const EMBEDDED_CREDENTIALS = { accessKeyId: 'embedded', secretAccessKey: 'embedded' } as const;

/**
 * Loads a package that only development needs. Throws an error that says what to do when it is not installed, as in an
 * installation with `npm ci --omit=dev`.
 */
export async function loadDevelopmentPackage<Module>(name: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    if (!isModuleMissing(error)) throw error;
    throw new Error(
      `The embedded AWS needs the package "${name}", which is a development dependency and is not installed. ` +
        'Install development dependencies (npm ci --include=dev), or set VIEWPOINT_BACKEND=aws to use real AWS.',
      { cause: error },
    );
  }
}

function isModuleMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
}
