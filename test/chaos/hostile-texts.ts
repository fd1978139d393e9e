/** Texts that have harmed services before, as ids, names, keys and buckets. */
export const HOSTILE_TEXTS = [
  '.', '..', '...', '../x', '../../chaos-escape', '/chaos-escape', '//', '\\..\\x', '..\\..\\chaos-escape', './.', '.attempt-1-a', '.scratch-1-a', '.scratch-', 'a/../../b',
  'chaos-escape\0.tif', '\0', '\n', '\r\nX-Injected: 1', '\t', '\u0007', '\u001b[31m', '\u202e\u200b', 'é', '日本', '😀', '\ud800', '\ufffe', 'a\u0301'.repeat(50),
  '%2e%2e', '%2e%2e%2f', '%252e%252e%252f', '%00', '%', '%zz', '%c0%ae%c0%ae', '%ff', '+', ' ', '  x  ', '~', '~root', '-rf', '--help', '$(id)', '`id`', ';id', '|id', '&&id', '"', "'",
  "' OR 1=1 --", '{"$gt":""}', '${jndi:ldap://127.0.0.1/a}', '{{7*7}}', '<script>alert(1)</script>', '/vsicurl/http://127.0.0.1/x.tif', '/vsizip/a.zip/b', 'file:///etc/passwd', 's3://other/x',
  'http://169.254.169.254/latest/meta-data', 'constructor', '__proto__', 'prototype', 'toString', 'hasOwnProperty', 'null', 'undefined', 'NaN', 'true', '0', '-1', '1e999', '9007199254740993',
  'CON', 'nul', 'aux', 'x'.repeat(255), 'x'.repeat(256), 'x'.repeat(1024), 'é'.repeat(512), 'x'.repeat(5000), 'scene.ovr', 'scene.aux.xml', 'scene.stats', 'a.geojson', 'x.METADATA', 'folder/', 'a b.tif', 'a?b#c&d=e.tif',
] as const;
