import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseXmlRoot } from '../../../../src/domain/sensor-models/sar/xml-element.js';

test('elements are found by local name, first come first, and know their path', () => {
  const root = parseXmlRoot('<a:r xmlns:a="urn:a" xmlns:b="urn:b"><b:p><c>1</c></b:p><p><c>2</c></p><q unit="m"> 3.5e-1 </q></a:r>', 'r');
  assert.equal(root.at('p/c').number(), 1);
  assert.equal(root.at('p/c').path, 'r/p/c');
  assert.deepEqual(root.children('p').map((child) => child.at('c').number()), [1, 2]);
  assert.equal(root.at('q').number(), 0.35);
  assert.equal(root.at('q').attribute('unit'), 'm');
  assert.equal(root.at('q').attribute('constructor'), null);
  assert.equal(root.find('p/d'), null);
  assert.throws(() => root.at('p/d'), { name: 'SensorModelError', message: 'missing r/p/d' });
});

test('text keeps what CDATA and the five entities of XML stand for, and drops comments', () => {
  const root = parseXmlRoot('<r><a>x &lt;<!-- no --> <![CDATA[<y>]]> &#65;</a></r>', 'r');
  assert.equal(root.at('a').text(), 'x < <y> A');
});

test('a document type declaration is passed over, and its entities stay unknown', () => {
  assert.equal(parseXmlRoot('<!DOCTYPE r [<!ENTITY e "1">]><r><a>2</a></r>', 'r').at('a').number(), 2);
  const bomb = '<!DOCTYPE r [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><r><a>&c;</a></r>';
  assert.throws(() => parseXmlRoot(bomb, 'r'), { name: 'SensorModelError', message: /&c;/ });
  const external = '<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/hostname">]><r><a>&e;</a></r>';
  assert.throws(() => parseXmlRoot(external, 'r'), { name: 'SensorModelError', message: /&e;/ });
});

test('hostile depth and length end in an error at once', () => {
  const depth = 200_000;
  assert.throws(() => parseXmlRoot('<r>'.repeat(depth) + '</r>'.repeat(depth), 'r'), { name: 'SensorModelError', message: 'r XML: elements nested too deeply' });
  assert.throws(() => parseXmlRoot(`<r>${' '.repeat(8 * 1024 * 1024)}</r>`, 'r'), { name: 'SensorModelError', message: /longer than 8388608 characters/ });
});

test('long runs of digits and blanks are dealt with in linear time', { timeout: 20_000 }, () => {
  const digits = '1'.repeat(2_000_000);
  assert.throws(() => parseXmlRoot(`<r>${digits}x</r>`, 'r').number(), { name: 'SensorModelError', message: `r is not a number: "${'1'.repeat(40)}"` });
  assert.equal(parseXmlRoot(`<r>${' '.repeat(2_000_000)}1</r>`, 'r').number(), 1);
  assert.throws(() => parseXmlRoot(`${' '.repeat(2_000_000)}x`, 'r'), { name: 'SensorModelError' });
});

test('what is not well-formed is refused with the place, on one line', () => {
  for (const xml of ['', 'SICD', '<r>', '<r></s>', '<r/><r/>', '<r a=1/>', '<r a="1" a="2"/>', '<r>\0</r>', '<r>&nbsp;</r>']) {
    assert.throws(() => parseXmlRoot(xml, 'r'), { name: 'SensorModelError', message: /^r XML: [^\n]+\(line 1, column \d+\)$/ });
  }
});

test('another root element is refused by its name', () => {
  assert.throws(() => parseXmlRoot('<x:SIDD xmlns:x="urn:SIDD:2.0.0"/>', 'SICD'), { name: 'SensorModelError', message: 'SICD XML: the root element is SIDD' });
});
