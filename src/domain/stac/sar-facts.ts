import { SensorModelError } from '../sensor-models/errors.js';
import { parseXmlRoot, type XmlElement } from '../sensor-models/sar/xml-element.js';

/** What a radar image's document says beside its geometry; null where it does not. */
export interface SarFacts {
  collectionStart: string | null;
  /** At the scene's centre, from the vertical. */
  incidenceDegrees: number | null;
}

/**
 * The begin of the collection and the incidence angle of a SIDD (NGA.STND.0025-1: ExploitationFeatures) or SICD document
 * (NGA.STND.0024-1: Timeline and SCPCOA); all null for a document that cannot be read.
 */
export function sarFacts({ sicd, sidd }: { sicd: string | null; sidd: string | null }): SarFacts {
  try {
    if (sidd !== null) return siddFacts(parseXmlRoot(sidd, 'SIDD'));
    if (sicd !== null) return sicdFacts(parseXmlRoot(sicd, 'SICD'));
  } catch (error) {
    if (!(error instanceof SensorModelError)) throw error;
  }
  return { collectionStart: null, incidenceDegrees: null };
}

function sicdFacts(sicd: XmlElement): SarFacts {
  return {
    collectionStart: sicd.find('Timeline/CollectStart')?.text() ?? null,
    incidenceDegrees: sicd.find('SCPCOA/IncidenceAng')?.number() ?? null,
  };
}

function siddFacts(sidd: XmlElement): SarFacts {
  const collection = sidd.find('ExploitationFeatures/Collection');
  const grazeDegrees = collection?.find('Geometry/Graze')?.number();
  return {
    collectionStart: collection?.find('Information/CollectionDateTime')?.text() ?? null,
    incidenceDegrees: grazeDegrees === undefined ? null : 90 - grazeDegrees,
  };
}
