import { readSectionIndex, type SectionIndex } from './section-index.js';

/**
 * Parses the RSMGIA TRE: the grid of image sections of the RSMGGA grids and the low-order
 * polynomial that finds a ground point's section (STDI-0002 Volume 1, Appendix U, RSMGIA).
 * @throws TreFormatError
 */
export function parseRsmgia(text: string): SectionIndex {
  return readSectionIndex(
    'RSMGIA',
    {
      row: 'GR',
      column: 'GC',
      rowSectionCount: 'GRNIS',
      columnSectionCount: 'GCNIS',
      sectionCount: 'GTNIS',
      rowSectionSize: 'GRSSIZ',
      columnSectionSize: 'GCSSIZ',
    },
    text,
  );
}
