import { SensorModelError } from '../errors.js';
import type { GroundToImage } from './polynomial-function.js';
import type { RsmPoint } from './rsmida.js';
import { roughPosition, type RowColumn, type SectionIndex } from './section-index.js';

export interface Section {
  /** Both count from 1. */
  rowSection: number;
  columnSection: number;
  groundToImage: GroundToImage;
}

/** The functions of an image's sections. */
export interface Sections {
  /** The function of the section in which the image position lies; outside of the image, that of the nearest one. */
  ofImage: (position: RowColumn) => GroundToImage;
  /** The function of the section in which the ground point is seen, roughly. */
  ofGround: (point: RsmPoint) => GroundToImage;
}

/**
 * Finds sections by position: they divide the image from its first valid row and column (RSMIDA's
 * MINR and MINC) on into equal parts (STDI-0002 Volume 1, Appendix U, section 6.2). `index` may
 * be null when there is one section only.
 * @throws SensorModelError when a section of the index has no function.
 */
export function createSections(treName: string, index: SectionIndex | null, first: RowColumn, sections: readonly Section[]): Sections {
  const [only, second] = sections;
  if (only === undefined) throw new SensorModelError(`There is no ${treName}.`);
  if (index === null) {
    if (second !== undefined) throw new SensorModelError(`Several ${treName} need an index of their sections, which is missing.`);
    return { ofImage: () => only.groundToImage, ofGround: () => only.groundToImage };
  }

  const { rowSectionCount, columnSectionCount, rowSectionSize, columnSectionSize } = index;
  const functions: GroundToImage[][] = [];
  for (let row = 1; row <= rowSectionCount; row++) {
    functions.push([]);
    for (let column = 1; column <= columnSectionCount; column++) {
      const section = sections.find(({ rowSection, columnSection }) => rowSection === row && columnSection === column);
      if (section === undefined) throw new SensorModelError(`The ${treName} of section ${row}, ${column} is missing.`);
      functions.at(-1)?.push(section.groundToImage);
    }
  }

  function ofImage({ row, column }: RowColumn): GroundToImage {
    const rowIndex = clampedIndex((row - first.row) / rowSectionSize, rowSectionCount);
    const columnIndex = clampedIndex((column - first.column) / columnSectionSize, columnSectionCount);
    return functions[rowIndex]?.[columnIndex] ?? (() => null);
  }

  return { ofImage, ofGround: (point) => ofImage(roughPosition(index, point)) };
}

function clampedIndex(position: number, count: number): number {
  return Math.min(Math.max(Math.floor(position), 0), count - 1);
}
