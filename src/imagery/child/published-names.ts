import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ARTIFACT_SUFFIXES } from '../../domain/artifacts.js';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A path in the folder in which an image is made, as it will be in the one where it is published; others as they are. */
export function publishedName(path: string, imagePath: string, publishedPath: string): string {
  const [madeIn, publishedIn] = [dirname(imagePath), dirname(publishedPath)];
  return path.startsWith(`${madeIn}/`) ? publishedIn + path.slice(madeIn.length) : path;
}

/**
 * Has an image's `.aux.xml` name the image as it is published: of a file with several images GDAL keeps their names there,
 * which hold the path, and tells them in the place of the right ones. The dataset must be closed.
 */
export async function publishNamesInSideFile(imagePath: string, publishedPath: string): Promise<void> {
  const path = imagePath + ARTIFACT_SUFFIXES.statisticsSidecar;
  if (!existsSync(path)) return;
  const text = await readFile(path, 'utf8');
  const published = text.replaceAll(inXml(`${dirname(imagePath)}/`), inXml(`${dirname(publishedPath)}/`));
  if (published === text) return;
  await writeFile(`${path}.part`, published);
  await rename(`${path}.part`, path);
}

function inXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
