import { parseArgs } from 'node:util';

export const USAGE = `Usage: npm run demo [-- [--exit] [IMAGE]]

Starts the service with S3, SQS and DynamoDB emulated in this process, puts an image into the bucket, requests a
viewpoint of it as the tile server does, shows how the job gets on and what comes out of it, and goes on serving.

  IMAGE    image file, together with an .ovr and .aux.xml beside it if there are any; a sample image when left out
  --exit   end after the job: with 0 when the viewpoint is READY, with 1 otherwise
  --help   show this

Settings are the service's environment variables, as PORT (8080) and EMBEDDED_STATE_DIR (./.viewpoints, where
viewpoints and log stay until the folder is removed).`;

export interface CommandLine {
  /** As the caller wrote it; null for the sample. */
  image: string | null;
  exitAfterJob: boolean;
  showHelp: boolean;
}

/** @throws Error with a sentence for people when the arguments make no sense. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const { values, positionals } = parse(args);
  if (positionals.length > 1) {
    throw new Error(`The demo takes one image, and there are ${positionals.length}: ${positionals.join(', ')}. A path that holds spaces wants quotes.`);
  }
  return { image: positionals[0] ?? null, exitAfterJob: values.exit, showHelp: values.help };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { exit: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
    });
  } catch (error) {
    // The first sentence names the option; the rest is about dashes in file names.
    const complaint = error instanceof Error ? error.message.replace(/\. To specify .*$/s, '.') : String(error);
    throw new Error(`${complaint}\n\n${USAGE}`, { cause: error });
  }
}
