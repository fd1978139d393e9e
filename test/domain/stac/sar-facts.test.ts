import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sarFacts } from '../../../src/domain/stac/sar-facts.js';

const SICD = '<SICD xmlns="urn:SICD:1.2.1"><Timeline><CollectStart>2020-01-02T03:04:05Z</CollectStart></Timeline><SCPCOA><IncidenceAng>42.25</IncidenceAng></SCPCOA></SICD>';
const SIDD =
  '<SIDD><ExploitationFeatures><Collection><Information><CollectionDateTime>2021-01-02T03:04:05Z</CollectionDateTime></Information><Geometry><Graze>40.5</Graze></Geometry></Collection></ExploitationFeatures></SIDD>';

test('a document tells when the collection began, and the incidence angle', () => {
  assert.deepEqual(sarFacts({ sicd: SICD, sidd: null }), { collectionStart: '2020-01-02T03:04:05Z', incidenceDegrees: 42.25 });
  assert.deepEqual(sarFacts({ sicd: SICD, sidd: SIDD }), { collectionStart: '2021-01-02T03:04:05Z', incidenceDegrees: 49.5 });
});

test('what a document does not tell, or cannot be read, is not known', () => {
  assert.deepEqual(sarFacts({ sicd: '<SICD/>', sidd: null }), { collectionStart: null, incidenceDegrees: null });
  assert.deepEqual(sarFacts({ sicd: '<SICD>', sidd: null }), { collectionStart: null, incidenceDegrees: null });
  assert.deepEqual(sarFacts({ sicd: null, sidd: null }), { collectionStart: null, incidenceDegrees: null });
});
