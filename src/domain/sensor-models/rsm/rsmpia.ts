import { readSectionIndex, type SectionIndex } from './section-index.js';

/**
 * Parses the RSMPIA TRE: the grid of image sections of the RSMPCA polynomials and the low-order
 * polynomial that finds a ground point's section (STDI-0002 Volume 1, Appendix U, section 6).
 * @throws TreFormatError
 */
export function parseRsmpia(text: string): SectionIndex {
  return readSectionIndex(
    'RSMPIA',
    {
      row: 'R',
      column: 'C',
      rowSectionCount: 'RNIS',
      columnSectionCount: 'CNIS',
      sectionCount: 'TNIS',
      rowSectionSize: 'RSSIZ',
      columnSectionSize: 'CSSIZ',
    },
    text,
  );
}
