/** A real number as the RSM TREs write it: 21 characters, ±d.ddddddddddddddE±dd. */
export function real21(value: number): string {
  const [mantissa = '', exponent = ''] = Math.abs(value).toExponential(14).split('e');
  const power = Number(exponent);
  const text = `${value < 0 ? '-' : '+'}${mantissa}E${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  if (text.length !== 21) throw new Error(`${value} does not fit 21 characters: ${text}`);
  return text;
}

/** A whole number, zero-filled. */
export function digits(value: number, length: number): string {
  const text = String(Math.abs(value)).padStart(value < 0 ? length - 1 : length, '0');
  return value < 0 ? `-${text}` : text;
}

export function blank(length: number): string {
  return ' '.repeat(length);
}
