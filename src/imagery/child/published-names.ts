import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ARTIFACT_SUFFIXES } from '../../domain/artifacts.js';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A name with the path of a file beside the image (`NITF_IM:1:/folder/image.ntf`), as it will be where the image is published. */
export function publishedName(name: string, imagePath: string, publishedPath: string): string {
  return name.replaceAll(`${dirname(imagePath)}/`, `${dirname(publishedPath)}/`);
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
