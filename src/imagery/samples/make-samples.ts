import { parseArgs } from 'node:util';
import { BIG_NAMES, BIG_RECIPES, isBigName, makeBig, type BigName } from './big-recipes.js';
import { isSampleName, makeSample, SAMPLE_NAMES, SAMPLE_RECIPES, type SampleName } from './recipes.js';

const USAGE = `Usage: node make-samples.js FOLDER [NAME…] [--big ${BIG_NAMES.join('|')}]…
Writes sample images into FOLDER: the named ones, and the large ones given with --big; all but the large ones when none is named.`;

/** Reads the command line; throws with a sentence for people when it asks for what there is not. */
function readCommandLine(): { folder: string; names: readonly SampleName[]; bigNames: readonly BigName[] } {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { big: { type: 'string', multiple: true, default: [] } } });
  const [folder, ...names] = positionals;
  if (folder === undefined) throw new Error(`No folder given.\n${USAGE}`);
  const unknown = names.filter((name) => !isSampleName(name));
  if (unknown.length > 0) throw new Error(`Unknown sample ${unknown.join(', ')}. There are: ${SAMPLE_NAMES.join(', ')}.`);
  const unknownBig = values.big.filter((name) => !isBigName(name));
  if (unknownBig.length > 0) throw new Error(`Unknown large sample ${unknownBig.join(', ')}. There are: ${BIG_NAMES.join(', ')}.`);
  const nothingNamed = names.length === 0 && values.big.length === 0;
  return { folder, names: nothingNamed ? SAMPLE_NAMES : names.filter(isSampleName), bigNames: values.big.filter(isBigName) };
}

try {
  const { folder, names, bigNames } = readCommandLine();
  for (const name of names) console.log(`${await makeSample(name, folder)}\t${SAMPLE_RECIPES[name].description}`);
  for (const name of bigNames) console.log(`${await makeBig(name, folder)}\t${BIG_RECIPES[name].description}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
